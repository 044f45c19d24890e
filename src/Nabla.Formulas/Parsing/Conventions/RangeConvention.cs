using Nabla.Formulas.Trees;
using Range = Nabla.Formulas.Trees.Range;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>What stands below and above Σ, max and lim.</summary>
internal static class RangeConvention
{
    /// <summary>The range that the parts below and the end above say.</summary>
    public static Range Read(IReadOnlyList<Expression> below, Expression? above)
    {
        var range = new Range([], To: above);
        if (above is null && below is [Relation { Members: [Symbol index, Number first], Operators: [var sign] },
            Number, Number, ..] && sign.Kind == RelationKind.Equal && below.Skip(1).All(part => part is Number))
            return new Range(Named([], index),
                Domain: new Collection(CollectionKind.Set, [first, .. below.Skip(1)])); // i = 1, 3, 5
        foreach (Expression part in Bounded(below))
            range = With(range, part);
        return range;
    }

    // 0 ≤ m, n < p: both lie between the bounds.
    private static IEnumerable<Expression> Bounded(IReadOnlyList<Expression> parts)
    {
        bool isShared = parts is [Relation { Members: [Number, Symbol], Operators: [var from] } first, ..,
            Relation { Members: [Symbol, _], Operators: [var to] }] && IsLess(from) && IsLess(to)
            && parts.Skip(1).SkipLast(1).All(part => part is Symbol);
        if (!isShared)
            return parts;
        var (lower, upper) = ((Relation)parts[0], (Relation)parts[^1]);
        return [.. parts.Select(part => new Relation(
            [lower.Members[0], VariableOf(part, lower), upper.Members[1]], [lower.Operators[0], upper.Operators[0]]))];
    }

    private static Expression VariableOf(Expression part, Relation lower) => part is not Relation bound ? part
        : bound.Members[ReferenceEquals(bound, lower) ? 1 : 0];

    private static bool IsLess(RelationOperator sign) => sign.Kind == RelationKind.Less;

    private static Range With(Range range, Expression part) => part switch
    {
        Relation relation => WithRelation(range, relation),
        Collection { Kind: CollectionKind.Tuple } tuple when tuple.Items.Any(item => item is Ellipsis) =>
            WithEnd(range, tuple.Items[^1]),
        Collection { Kind: CollectionKind.Tuple } tuple => tuple.Items.Aggregate(range, With),
        Ellipsis => range,
        Number number => range.From is not null && range.To is null
            ? range with { To = number } : range with { From = number },
        Product { Sign: ProductSign.None, Factors: [Symbol index, var word] } when ParityOf(word) is { } rest =>
            And(range with { Variables = Added(range.Variables, index) }, IsParity(index, rest)), // i odd
        Symbol { Alphabet: Alphabet.Upright, Letter.Length: > 1 } word when range.Variables is [.., Symbol last] =>
            And(range, ParityOf(word) is { } parity ? IsParity(last, parity) : new Words(word.Letter)),
        Qualified qualified => And(With(range, qualified.Statement), qualified.Condition),
        _ when range.From is not null && range.To is null => range with { To = part },
        _ => range with { Variables = Added(range.Variables, part) },
    };

    private static Relation IsParity(Symbol index, Number rest) =>
        new(new Infix("mod", [index, new Number(2, "2")]), RelationOperator.EqualSign, rest);

    private static Number? ParityOf(Expression word) =>
        (word is Words words ? words.Value : (word as Symbol)?.Letter)?.Replace("is", "").Trim() switch
        {
            "odd" => new Number(1, "1"),
            "even" => new Number(0, "0"),
            _ => null,
        };

    private static Range WithEnd(Range range, Expression end) => range with { To = end };

    private static Range WithRelation(Range range, Relation relation)
    {
        bool isBetween = relation.Operators.Count == 2 && relation.Operators.All(sign => sign.Sign == "≤");
        if (isBetween && relation.Members is [var from, var middle, var to])
            return range with { Variables = Added(range.Variables, middle), From = from, To = to };
        Expression left = relation.Members[0];
        if (relation is { Members: [Symbol counted, Infix { Sign: "mod", Operands: [var rest, var modulus] }] }
            && relation.Operators[0].Sign == "≡") // i ≡ 0 (mod 2)
            return And(range with { Variables = Added(range.Variables, counted) }, new Relation(
                new Infix("mod", [counted, modulus]), RelationOperator.EqualSign, new Infix("mod", [rest, modulus])));
        if (range.To is null && IndexOfCondition(relation) is { } index)
            return And(range with { Variables = Added(range.Variables, index) }, relation);
        if (relation is { Operators: [{ Sign: ":" }, ..], Members.Count: > 2 }) // N, D : 6ND = C
            return And(range with { Variables = Named(range.Variables, left) }, relation with
            {
                Members = [.. relation.Members.Skip(1)],
                Operators = [.. relation.Operators.Skip(1)],
            });
        Range named = range with { Variables = Named(range.Variables, left) };
        if (RunsOverBoth(relation))
            named = named with { Variables = Named(named.Variables, relation.Members[1]) };
        if (left is Sum or Product or Infix && relation.Members.Count == 2
            && relation.Operators[0].Kind == RelationKind.Equal)
            return And(range, relation);
        if (left is Delimited or Call && relation.Members.Count == 2)
            return And(range with { Variables = OnlyNames(range.Variables, left) }, relation);
        if (relation.Members.Count > 2)
            return And(range with { Variables = Named(range.Variables, relation.Members[1]) }, relation);
        Expression right = relation.Members[1];
        return relation.Operators[0].Kind switch
        {
            RelationKind.Equal or RelationKind.Member when right is Collection { Kind: CollectionKind.Tuple } list
                && list.Items.Any(item => item is Ellipsis) => named with { From = list.Items[0], To = list.Items[^1] },
            RelationKind.Equal when range.From is null => named with { From = right },
            RelationKind.Member when range.Domain is null => named with { Domain = right },
            RelationKind.Greater when range.From is null && right is Number && relation.Operators[0].Sign != ">"
                && left is Symbol { IsBare: true, Letter: "i" or "j" or "k" or "l" or "m" or "n" or "t" or "s" } =>
                named with { From = right }, // t ≥ 0
            RelationKind.Maps => named with { To = right },
            RelationKind.Other when relation.Operators[0].Sign == ":" => And(named, right),
            _ => And(named, relation),
        };
    }

    // x_i > 0, y_i = 1: it is the i that runs, over those of which that is true.
    private static Symbol? IndexOfCondition(Relation relation) => relation.Members is
        [Symbol { Subscripts: [Symbol { IsBare: true, Letter.Length: 1, Kind: not SymbolKind.Label } index] }, Number]
        && relation.Operators[0].Kind is RelationKind.Equal or RelationKind.Less or RelationKind.Greater
            or RelationKind.Unequal ? index : null;

    // i < j, i ≠ j: two indices in the order of the alphabet both run; in j < i only the j does.
    private static bool RunsOverBoth(Relation relation) =>
        relation is { Members: [Symbol { IsBare: true } left, Symbol { IsBare: true } right] }
        && relation.Operators[0].Kind is RelationKind.Less or RelationKind.Unequal
        && left.Letter.Length == 1 && right.Letter.Length == 1 && char.IsAsciiLetterLower(right.Letter[0])
        && left.Letter[0] < right.Letter[0];

    private static Range And(Range range, Expression condition) => range with
    {
        Condition = range.Condition is null ? condition : new Infix("∧", [range.Condition, condition]),
    };

    private static NodeList<Expression> Named(NodeList<Expression> variables, Expression left) =>
        left is Symbol or Collection { Kind: CollectionKind.Tuple } ? Added(variables, left) : variables;

    // ‖w‖ = 1: what varies is the one name in it.
    private static NodeList<Expression> OnlyNames(NodeList<Expression> variables, Expression left)
    {
        Symbol[] names = [.. left.All().OfType<Symbol>().Where(symbol => symbol.Kind == SymbolKind.Variable)
            .Distinct()];
        return variables.Count == 0 && names is [var only] ? [only] : variables;
    }

    private static NodeList<Expression> Added(NodeList<Expression> variables, Expression variable)
    {
        if (variable is Collection { Kind: CollectionKind.Tuple } tuple)
            return tuple.Items.Aggregate(variables, Added);
        return variables.Contains(variable)
            ? variables : [.. variables, variable is Symbol symbol ? AsIndex(symbol) : variable];
    }

    private static Symbol AsIndex(Symbol symbol) => symbol with { Kind = SymbolKind.Index };
}
