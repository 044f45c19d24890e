using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Rules;
using Nabla.Formulas.Trees;
using Range = Nabla.Formulas.Trees.Range;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>What an operator runs over.</summary>
/// <param name="Scope">The letters inside.</param>
/// <param name="Indices">Those that run over this operator's range.</param>
internal sealed record Entered(Scope Scope, IReadOnlyList<Running> Indices)
{
    /// <summary>0 where the range does not reach; null if it reaches everywhere.</summary>
    public Quantity? Mask { get; init; }

    /// <summary>Whether nothing runs, and the operator takes all numbers of its body.</summary>
    public bool OverBody => Indices.Count == 0;

    /// <summary>The axes of the indices.</summary>
    public Axis[] Axes => [.. Indices.Select(index => index.Axis!)];
}

/// <summary>Finds out what an operator runs over: as written, or as the lengths of the lists inside say.</summary>
internal static class RangeReader
{
    private const int MostValues = 2_000_000;

    /// <summary>The letters of a range run from here on.</summary>
    /// <exception cref="FormulaException">How far they run cannot be told.</exception>
    public static Entered Enter(Interpreter c, Range range, Expression body, Scope scope)
    {
        List<string> names = Names(range);
        if (range.Condition is not null)
            names = names.ConvertAll(name => OfEntry(c, name, range, body));
        if (range is { Condition: not null, Domain: null }) // the y of Σ_{j≠y} with y = 2, the k of Σ_k Σ_{i≤k}
        {
            List<string> open = names.FindAll(name => !c.Runs(name, scope)
                && (scope.Find(name) is not null || c.Store.Find(name) is not { Shape.Rank: 0 }));
            names = open.Count > 0 ? open : names;
        }
        range = WithoutSize(c, Neighbours.Of(c, range), body, names);
        if (range.Variables.FirstOrDefault(variable => variable is not (Symbol or Collection)) is { } unknown)
            throw new FormulaException("what runs here is no letter: write the letters that run, as in i, j.",
                unknown.Source.Start, "a letter");
        if (range.Domain is Symbol domain && names.Count > 1
            && c.Store.Find(domain.Name) is { Shape: { Rank: 2 } sizes } pairs && sizes[1] == names.Count)
            return OverRows(c, names, pairs.Quantity(), scope);
        if (range is { Condition: not null, From: null, To: null, Domain: null })
            names.AddRange(OfCondition(c, range.Condition, (body, scope), isAlone: names.Count == 0)
                .Where(letter => !names.Contains(letter)));
        if (names.Count == 0)
            names = Unstated(c, body, scope);
        var indices = new List<Running>();
        Scope inner = scope;
        Quantity? mask = scope.Mask;
        foreach (string name in names)
        {
            if (Index(c, name, names, range, (body, inner)) is not { } running)
            {
                if (range.Variables.Count == 0 || names.Count == 1)
                    return new(scope, []);
                throw new FormulaException(c.Store.Find(name) is null
                    ? $"how far {name} runs cannot be told: write its range, or bind the lists that it indexes."
                    : $"{name} was given one value, and the others over which it would run are not searched for: for "
                        + $"the value at this {name}, leave out what says over which is taken.");
            }
            if (indices.Count > 0 && AreDrawnTogether(c, range) && running.Axis!.Size == indices[0].Axis!.Size)
            {
                inner = inner.With(Beside(running, indices[0].Axis!));
                continue;
            }
            indices.Add(running);
            inner = inner.With(running);
            if (Limits(c, running, range, body, inner) is { } reached)
            {
                mask = mask is { } outer ? c.Algebra.Multiply(outer, reached) : reached;
                inner = inner.Within(mask.Value);
            }
        }
        if (range.Condition is not null)
        {
            RunBeside(c, range.Condition, indices, inner);
            Quantity holds = c.Silently(() => ConditionRules.Condition(c, range.Condition, inner));
            mask = mask is { } outer ? c.Algebra.Multiply(outer, holds) : holds;
            inner = inner.Within(mask.Value);
        }
        return new(inner, indices) { Mask = mask };
    }

    // 1 ≤ i < j ≤ n: as far as the lists go, where nothing gives the n.
    private static Range WithoutSize(Interpreter c, Range range, Expression body, List<string> names)
    {
        if (range.Condition is not Relation { Members: [.., Symbol, Symbol { IsBare: true } size] } chain
            || chain.Members.Count < 3 || c.Store.Find(size.Name) is not null
            || body.All().Any(part => part.Equals(size)))
            return range;
        names.Remove(size.Name); // no letter that runs
        return range with
        {
            Condition = new Relation([.. chain.Members.SkipLast(1)], [.. chain.Operators.SkipLast(1)]),
            Variables = [.. range.Variables.Where(variable => !variable.Equals(size))],
        };
    }

    /// <summary>Whether a range has no end, and no list inside ends it.</summary>
    public static bool IsInfinite(Interpreter c, Range range, Expression body, Scope scope) =>
        range.To is not null && IsInfinity(c, range.To) && range.Variables is [Symbol variable]
        && c.Ranges.Range(variable.Name, c.Ranges.Uses(body, scope, [variable.Name]), scope) is null;

    /// <summary>Whether an expression is ∞.</summary>
    public static bool IsInfinity(Interpreter c, Expression end) =>
        end is Symbol { IsBare: true, Letter: "infinity" or "infty" or "∞" or "inf" } symbol
            && c.Store.Find(symbol.Name) is null;

    /// <summary>
    /// Pairs (x, y) ∈ D of a set that is only a name: both letters are at the same place of their lists.
    /// </summary>
    private static bool AreDrawnTogether(Interpreter c, Range range) =>
        range.Domain is Symbol set && c.Store.Find(set.Name) is null;

    private static Running Beside(Running running, Axis axis) => running with
    {
        Axis = axis,
        Value = running.Value with { Axes = [axis] },
        Position = running.Position is { } position ? position with { Axes = [axis] } : null,
    };

    private static List<string> Names(Range range) =>
    [
        .. range.Variables
            .SelectMany(variable => variable is Collection { Kind: CollectionKind.Tuple } tuple ? tuple.Items
                : [variable])
            .OfType<Symbol>().Select(symbol => symbol.Name).Distinct(StringComparer.Ordinal),
    ];

    // The i of s_i = Σ_{j≠i} x_j goes as far as the j from which it is told apart.
    private static void RunBeside(Interpreter c, Expression condition, List<Running> indices, Scope scope)
    {
        if (condition is Relation { Members: [Symbol running, Symbol { IsBare: true } other] }
            && indices is [{ Position: null } only] && only.Name == running.Name && c.IsLeftIndex(other.Name)
            && scope.Find(other.Name) is null && c.Store.Find(other.Name) is null)
            c.RunFreely(other.Name, only.Axis!.Size);
    }

    // i + j = 3 runs over both; of j ≠ i and j < i only the j runs, and the formula is meant for each i.
    private static IEnumerable<string> OfCondition(
        Interpreter c, Expression condition, (Expression Body, Scope Scope) inside, bool isAlone)
    {
        (Expression body, Scope scope) = inside;
        string[] letters = [.. Unbound(c, condition, scope).Distinct(StringComparer.Ordinal)];
        if (letters.Length == 0 && isAlone)
            letters = [.. OfWholeLists(c, condition).Distinct(StringComparer.Ordinal)];
        string[] running = [.. letters.Where(letter => !c.Runs(letter, scope)
            && !IsOutside(c, letter, body, condition) && !IsFixed(condition, letter))];
        return running.Length > 0 || !isAlone ? running : letters.Take(1);
    }

    // The i of Σ_{t_i ≤ t} d_i with a list t_i: the letter that other lists are indexed by as well.
    private static string OfEntry(Interpreter c, string name, Range range, Expression body) =>
        range.Variables.OfType<Symbol>().FirstOrDefault(symbol => symbol.Name == name)
            is { Subscripts: [Symbol { IsBare: true } index] }
        && c.Store.Find(name) is { Shape.Rank: 1 } && c.Lookup.MayRun(index)
        && body.All().Any(node => node is Symbol other && other.Name != name && other.Subscripts.Contains(index))
            ? index.Name : name;

    // The i of t_i ≤ t with a list t_i.
    private static IEnumerable<string> OfWholeLists(Interpreter c, Expression condition) => condition.All()
        .OfType<Symbol>().Where(symbol => c.Store.Find(symbol.Name)?.Shape.Rank == symbol.Subscripts.Count)
        .SelectMany(symbol => symbol.Subscripts).OfType<Symbol>()
        .Where(index => c.Lookup.MayRun(index)).Select(index => index.Name);

    private static bool IsFixed(Expression condition, string letter) => condition switch
    {
        Relation { Members: [Symbol { IsBare: true } running, Symbol { IsBare: true } other] } =>
            other.Name == letter && string.CompareOrdinal(running.Name, letter) > 0,
        Infix { Sign: "∧" } both => both.Operands.Any(one => IsFixed(one, letter)),
        _ => false,
    };

    // Not the i of a y_i that is bound as a whole.
    private static IEnumerable<string> Unbound(Interpreter c, Expression condition, Scope scope)
    {
        if (condition is Symbol symbol)
        {
            if (c.Store.Find(symbol.Name) is not null)
                return [];
            if (scope.Find(symbol.Name) is null && c.Lookup.MayRun(symbol))
                return [symbol.Name];
        }
        return condition.Children.SelectMany(child => Unbound(c, child, scope));
    }

    /// <summary>
    /// The letters that index lists inside and that nothing else explains: not those of the left side, nor those that
    /// the formula also uses elsewhere, unless there are no others.
    /// </summary>
    private static List<string> Unstated(Interpreter c, Expression body, Scope scope)
    {
        string[] letters =
        [
            .. body.All().OfType<Symbol>()
                .Where(symbol => symbol.IsBare && scope.Find(symbol.Name) is null
                    && (c.Lookup.MayRun(symbol) || c.Store.Find(symbol.Name) is { Shape.Rank: > 0 }))
                .Select(symbol => symbol.Name).Distinct(StringComparer.Ordinal),
        ];
        string[] all =
        [
            .. letters.Where(letter => c.Ranges.Range(letter, c.Ranges.Uses(body, scope, letters), scope) is not null),
        ];
        string[] inside = [.. all.Where(letter => !c.IsLeftIndex(letter) && !IsOutside(c, letter, body))];
        if (inside.Length > 0)
            return [.. inside];
        return [.. all.Where(letter => !c.Runs(letter, scope)).Take(1)];
    }

    private static bool IsOutside(Interpreter c, string letter, params ReadOnlySpan<Expression> within)
    {
        int inside = 0;
        foreach (Expression part in within)
            inside += part.All().Count(node => node is Symbol symbol && symbol.Name == letter);
        return c.Target.All().Count(node => node is Symbol symbol && symbol.Name == letter) > inside;
    }

    private static Running? Index(
        Interpreter c, string name, List<string> names, Range range, (Expression Body, Scope Scope) within)
    {
        Scope scope = within.Scope;
        if (range.Domain is not null && OverDomain(c, name, range.Domain, scope) is { } listed)
            return listed;
        List<IndexUse> uses = c.Ranges.Uses(within.Body, scope, names);
        if (range.From is null && range.To is null)
        {
            if (c.Store.Find(name) is { Shape.Rank: > 0 } values)
                return OverValues(c, name, values.Quantity());
            if ((c.Ranges.Range(name, uses, scope) ?? Behind(c, name, names, within)) is not { } run
                || run.To < run.From)
                return null;
            if (run.From > 1 && !uses.Exists(use => use.Index is not Symbol && !use.Index.All().Any(part =>
                part is Symbol symbol && symbol.Name == name)))
                c.Note($"{name} runs from {run.From}, so that no index is below 1.");
            return c.Run(name, run.From, run.To);
        }
        int from = range.From is null ? 1 : End(c, range.From, scope, name, smallest: true);
        HashSet<string> fromZero = from == 0 ? c.Ranges.FromZero(name, uses, scope) : [];
        foreach (string table in fromZero)
            c.Note($"{name} begins with 0, so the first element of {table} is number 0 here.");
        int? to = range.To is null || IsInfinity(c, range.To)
            ? c.Ranges.Range(name, uses, scope, fromZero)?.To
            : Written(c, name, range.To, scope) ?? c.Ranges.Range(name, uses, scope, fromZero)?.To;
        if (to is not { } last)
            return null;
        return Between(c, name, from, last) with { FromZero = fromZero };
    }

    // The j of Σ_j b_j with b_i = q_i²: as far as what the definitions are made of says.
    private static (int From, int To)? Behind(
        Interpreter c, string name, List<string> names, (Expression Body, Scope Scope) within)
    {
        Expression whole = c.Definitions.Inserted(within.Body);
        return ReferenceEquals(whole, within.Body) ? null
            : c.Ranges.Range(name, c.Ranges.Uses(whole, within.Scope, names), within.Scope);
    }

    private static Running Between(Interpreter c, string name, int from, int to) =>
        (long)to - from + 1 <= MostValues
            ? c.Run(name, from, Math.Max(to, from - 1))
            : throw new FormulaException(
                $"{name} runs from {from} to {to}, which are too many values; at most {MostValues}.");

    /// <summary>The written upper end; null where it is a size that nothing gives.</summary>
    private static int? Written(Interpreter c, string name, Expression to, Scope scope)
    {
        if (to is Symbol { IsBare: true } symbol && scope.Find(symbol.Name) is null && c.Store.Find(symbol.Name) is null
            && c.Definitions.Find(symbol.Name) is null
                && (c.IsLeftIndex(symbol.Name) || c.Symbols.Size(symbol.Name) is null)
            && c.RunFreely(symbol.Name) is null)
            return null;
        return End(c, to, scope, name, smallest: false);
    }

    /// <summary>Where a range begins or ends: the smallest or largest, where that depends on another letter.</summary>
    /// <exception cref="FormulaException">It is no whole number, or a very large one.</exception>
    public static int End(Interpreter c, Expression end, Scope scope, string name, bool smallest)
    {
        Quantity at = c.Silently(() => c.Evaluate(end, scope));
        if (at.Node.Wants)
            c.HideGradients(end.All().OfType<Symbol>(), "how far an index runs has no derivative");
        double[] values = at.Node.Values;
        double value = values.Length == 0 ? 0 : smallest ? values.Min() : values.Max();
        if (value != Math.Floor(value) || Math.Abs(value) > int.MaxValue / 2)
            throw new FormulaException(
                $"{name} cannot run to {value:R}; the ends of a range must be whole numbers that are not too large.",
                end.Source.Start, "a whole number");
        return (int)value;
    }

    /// <summary>
    /// A mask where the range's ends depend on another index, or on what was given and others will change, or a list
    /// that two indices share ends it.
    /// </summary>
    private static Quantity? Limits(Interpreter c, Running running, Range range, Expression body, Scope inner)
    {
        Quantity? mask = null;
        And(range.From, RelationKind.Greater, "≥");
        And(range.To is null || IsInfinity(c, range.To) ? null : range.To, RelationKind.Less, "≤");
        if (range.To is null || IsInfinity(c, range.To))
            foreach (IndexUse use in c.Ranges.Uses(body, inner, [running.Name]))
                if (use.Index is Sum
                    && use.Index.All().OfType<Symbol>().Count(letter => c.Runs(letter.Name, inner)) > 1)
                    Combine(c.Silently(() => ConditionRules.Relation(
                        c, new Relation(use.Index, new("≤", RelationKind.Less), new Number(use.Length, "")), inner)));
        return mask;

        void And(Expression? end, RelationKind kind, string sign)
        {
            if (end is null || end.All().OfType<Symbol>().All(letter => !c.Runs(letter.Name, inner)
                && !(c.Tape.IsShown && c.Store.Find(letter.Name) is not null)))
                return;
            Combine(c.Silently(() => ConditionRules.Relation(
                c, new Relation(new Symbol(running.Name), new(sign, kind), end), inner)));
        }

        void Combine(Quantity more) => mask = mask is { } before ? c.Algebra.Multiply(before, more) : more;
    }

    /// <summary>(i, j) ∈ E with a list E of pairs: each letter runs over its column, all from row to row.</summary>
    private static Entered OverRows(Interpreter c, List<string> names, Quantity rows, Scope scope)
    {
        Running places = c.Run(names[0], 1, rows.Own[0]);
        double[] values = rows.Node.Values;
        Running[] running = [.. names.Select((name, column) => new Running(name, c.Algebra.Along(places.Axis!,
            [.. Enumerable.Range(0, rows.Own[0]).Select(row => values[row * names.Count + column])]))
        {
            Axis = places.Axis,
        })];
        return new(running.Aggregate(scope, (inner, letter) => inner.With(letter)), [running[0]])
        {
            Mask = scope.Mask,
        };
    }

    private static Running OverValues(Interpreter c, string name, Quantity list)
    {
        int size = list.Node.Shape[0];
        Running positions = c.Run(name, 1, size);
        return positions with { Value = new Quantity(list.Node, [positions.Axis!]), Position = positions.Value };
    }

    /// <summary>x ∈ {1, 2, 3} or x ∈ X with a bound list X; null where the set is only a name.</summary>
    private static Running? OverDomain(Interpreter c, string name, Expression domain, Scope scope)
    {
        if (domain is Symbol symbol)
            return c.Store.Find(symbol.Name) is { Shape.Rank: > 0 } stored ? OverValues(c, name, stored.Quantity())
                : null;
        if (domain is not Collection { Kind: < CollectionKind.ClosedInterval } collection)
            return null;
        if (collection.Items is [Number, .., Ellipsis, var last])
            return Between(c, name, End(c, collection.Items[0], scope, name, smallest: true),
                End(c, last, scope, name, smallest: false));
        Quantity list = c.Silently(() => c.Evaluate(collection, scope));
        return list is { Rank: > 0, Axes: [] } ? OverValues(c, name, list) : null;
    }
}
