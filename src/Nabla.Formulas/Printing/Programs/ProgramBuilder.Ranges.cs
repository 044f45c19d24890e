using Nabla.Formulas.Evaluation.Rules;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Programs;

/// <content>What runs over a range: Σ, Π, max, and the indices of the left side.</content>
internal sealed partial class ProgramBuilder
{
    // Within a sum without an index z · y is the product of each pair of entries, as evaluation takes it.
    private bool takesEntries;

    // Which letters begin with 0 and call the first element of a table by it.
    private readonly List<(string Variable, string Table)> fromZero = [];

    private Term BigValue(BigOperator big)
    {
        string kind = big.Kind switch
        {
            BigOperatorKind.Sum => "sum",
            BigOperatorKind.Product => "prod",
            BigOperatorKind.Max or BigOperatorKind.Supremum => "max",
            BigOperatorKind.Min or BigOperatorKind.Infimum => "min",
            BigOperatorKind.ArgMax => "argmax",
            BigOperatorKind.ArgMin => "argmin",
            _ => throw Unsayable(big),
        };
        if (IsInfinite(big.Range.From) || IsInfinite(big.Range.To)
            || big.Range is { From: Number { Value: 0 }, To: null })
            throw Unsayable(big);
        if (Selects(big))
            throw Unsayable(big, "its range picks some of the entries; write it over all, with a factor 0 or 1.");
        Symbol[] variables = [.. Variables(big)];
        if (variables.Length == 0 && kind is "sum" or "max" or "min" or "prod" && WholeBody(big, kind) is { } whole)
            return whole;
        if (variables.Length == 0 || variables.Length > 1 && kind is "argmax" or "argmin")
            throw Unsayable(big);
        return Nested(big, kind, variables, 0);
    }

    // i ∈ {1, 3}, i ∈ S with a list S or beside |S|, (i, j) ∈ E; x ∈ 𝒳 of which nothing is known is all of it.
    private bool Selects(BigOperator big) => big.Range.Domain switch
    {
        Collection { Kind: < CollectionKind.ClosedInterval } listed => !listed.Items.Any(item => item is Ellipsis),
        Call { Function: Symbol set } => symbols.IsBound(set.Name),
        Symbol { Subscripts.Count: > 0 } set when symbols.IsBound(set.StemName) => true,
        Symbol set => symbols.IsBound(set.Name) || big.Range.Variables.Count > 1 || symbols.Occurrences(set) > 1,
        _ => false,
    };

    private Term? WholeBody(BigOperator big, string kind)
    {
        takesEntries = true;
        Term body = ValueIn(PowerSense.OfEntries, big.Body);
        takesEntries = false;
        return body.Rank > 0 ? dialect.Reduce(kind, body) : null;
    }

    private Term Nested(BigOperator big, string kind, Symbol[] variables, int at)
    {
        if (at == variables.Length)
        {
            Term body = Value(big.Body);
            if (big.Range.Condition is not { } condition)
                return body;
            if (kind != "sum")
                throw Unsayable(big);
            return dialect.Where(Value(condition), body, dialect.Number(0, "0"));
        }
        return Over(variables[at], big.Range, big.Body, kind, () => Nested(big, kind, variables, at + 1));
    }

    /// <summary>
    /// The letters that run; where the formula does not say, those that are arguments of something without values.
    /// </summary>
    private IEnumerable<Symbol> Variables(BigOperator big)
    {
        if (big.Range.Variables.Count > 0)
            return big.Range.Variables.OfType<Symbol>();
        if (big.Range.Condition is { } condition)
            return condition.All().OfType<Symbol>().Where(symbol => symbol.IsBare && !symbols.IsBound(symbol.Name)
                && !symbols.Runs(symbol.Name)).Distinct();
        var found = new List<Symbol>();
        foreach (Expression node in big.Body.All())
        {
            IEnumerable<Expression> places = node switch
            {
                Call call when KnownFunctions.NameOf(call) is null || symbols.IsBound(((Symbol)call.Function).Name) =>
                    call.Arguments,
                Symbol symbol when !symbols.IsBound(symbol.Name) => symbol.Subscripts,
                _ => [],
            };
            foreach (Symbol symbol in places.OfType<Symbol>())
                if (symbol.IsBare && !symbols.IsBound(symbol.Name) && !symbols.Runs(symbol.Name)
                    && !found.Contains(symbol)
                    && symbol.Letter.Length == 1)
                    found.Add(symbol);
        }
        return found;
    }

    private Term Over(Symbol variable, Trees.Range range, Expression body, string kind, Func<Term> inside)
    {
        bool isNew = symbols.Begin(variable.Name);
        string[] tables = range.From is Number { Value: 0 } ? [.. FromZero(variable, body)] : [];
        fromZero.AddRange(tables.Select(table => (variable.Name, table)));
        try
        {
            Term from = range.From is { } start ? Position(start) : dialect.Number(1, "1");
            Term to = range.To is { } end ? Position(end) : Length(variable, body);
            string identifier = Identifier("index " + variable.Name);
            indices.TryGetValue(variable.Name, out Term? hidden);
            Term result = dialect.Fold(new Fold(kind, identifier, from, to), index =>
            {
                indices[variable.Name] = index;
                return inside();
            });
            indices.Remove(variable.Name);
            if (hidden is not null)
                indices[variable.Name] = hidden;
            return result;
        }
        finally
        {
            fromZero.RemoveRange(fromZero.Count - tables.Length, tables.Length);
            if (isNew)
                symbols.End(variable.Name);
        }
    }

    /// <summary>The tables that an index which begins with 0 calls by 0 for their first element.</summary>
    private IEnumerable<string> FromZero(Symbol variable, Expression body)
    {
        var uses = body.All().OfType<Symbol>().Where(symbol => !symbol.IsBare && !symbol.Equals(variable))
            .Select(symbol => symbols.Find(symbol))
            .SelectMany(table => table.Indices.Select(index => (table.Name, Offset: Offset(index, variable))))
            .Where(use => use.Offset is not null);
        return uses.GroupBy(use => use.Name, StringComparer.Ordinal)
            .Where(table => table.Min(use => use.Offset) == 0).Select(table => table.Key);
    }

    private static double? Offset(Expression index, Symbol variable) => index switch
    {
        Symbol symbol when symbol.Equals(variable) => 0,
        Sum { Terms: [var left, Number right] } when left.Equals(variable) => right.Value,
        Sum { Terms: [var left, Negation { Operand: Number right }] } when left.Equals(variable) => -right.Value,
        _ => null,
    };

    private Term[] Positions(string table, NodeList<Expression> positions) => [.. positions.Select(position =>
        fromZero.Any(zero => zero.Table == table && Offset(position, new Symbol(zero.Variable)) is not null)
            ? dialect.CombineWhole('+', Position(position), dialect.Number(1, "1"))
            : Position(position))];

    /// <summary>How many values an index takes: the size of the first dimension that it indexes.</summary>
    private Term Length(Symbol variable, Expression body)
    {
        foreach (Expression node in body.All())
        {
            (string Name, NodeList<Expression> Indices)? table = node switch
            {
                Symbol { IsBare: false } symbol => symbols.Find(symbol),
                Call call when KnownFunctions.NameOf(call) is null || call.Function is Symbol known
                    && symbols.IsBound(known.Name) =>
                    symbols.Find(call),
                _ => null,
            };
            int dimension = table is { } found ? found.Indices.ToList().IndexOf(variable) : -1;
            if (dimension >= 0)
                return dialect.Size(Named(table!.Value.Name, table.Value.Indices.Count), dimension);
            if (node is Call { Function: Symbol { Subscripts: [Symbol index] } } softmax && index.Equals(variable)
                && KnownFunctions.NameOf(softmax) is "softmax" or "log_softmax")
                return dialect.Size(Value(((Call)node).Arguments[0]), 0);
            if (node is Element element && element.Indices.ToList().IndexOf(variable) is >= 0 and var at)
                return dialect.Size(Value(element.Target), at);
        }
        throw new FormulaException(
            $"it is not said how far {variable.Name} runs in {Short(FormulaPrinter.Text(body))}; write its range, "
            + $"as in sum_{{{variable.Name}=1}}^{{N}}.");
    }

    private static bool IsInfinite(Expression? end) =>
        end is Symbol { Letter: "infinity" } or Negation { Operand: Symbol { Letter: "infinity" } };

    private IEnumerable<Symbol> LeftIndices(Expression? left) => left switch
    {
        Symbol symbol => symbol.Subscripts.OfType<Symbol>().Where(IsIndexLetter),
        Element element => element.Indices.OfType<Symbol>().Where(IsIndexLetter),
        Call { Function: Symbol function } call =>
            function.Subscripts.Concat(call.Arguments)
                .Concat(call.Arguments.OfType<Symbol>().SelectMany(argument => argument.Children))
                .OfType<Symbol>().Where(IsIndexLetter),
        _ => [],
    };

    // t counts steps of a training or of time: x_t is one of them and not a list, unless the list itself is bound.
    private bool IsIndexLetter(Symbol symbol) =>
        symbol is { IsBare: true, Prefix: "", Primes: 0, Letter: [>= 'a' and <= 'z'] }
        && (symbols.KnowsShapes || !IsStep(symbol));

    private static bool IsStep(Symbol symbol) => symbol.Letter is "t" or "s" or "x" or "w";

    /// <summary>Letters that index something bound and that nothing in the formula lets run.</summary>
    private IEnumerable<Symbol> FreeIndices(Expression node)
    {
        if (node is Symbol symbol)
        {
            (_, NodeList<Expression> found) = symbols.KnowsShapes
                ? symbols.Find(symbol)
                : ("", NodeList<Expression>.Empty);
            return found.OfType<Symbol>().Where(index => IsIndexLetter(index) && !symbols.Runs(index.Name));
        }
        IEnumerable<Symbol> inner = node.Children.SelectMany(FreeIndices);
        if (node is BigOperator { Range: { Variables.Count: 0, Condition: null } })
            return []; // it runs over what is free in it
        return node is BigOperator big
            ? inner.Where(index => !big.Range.Parts.Any(part => part.All().Contains(index)))
            : inner;
    }

    private bool RunsThrough(Symbol index, Expression right)
    {
        bool isNew = symbols.Begin(index.Name);
        try
        {
            return right.All().Any(node => node is Symbol { IsBare: false } symbol && symbol.Subscripts.Contains(index)
                    && (!symbols.IsBound(symbol.Name) || symbols.Rank(symbol.Name) > 0 && !IsStep(index))
                || node is Element element && element.Indices.Contains(index)
                || node is Call { Function: Symbol function } call && (function.Subscripts.Contains(index)
                    || symbols.Rank(function.Name) > 0 && call.Arguments.Contains(index)));
        }
        finally
        {
            if (isNew)
                symbols.End(index.Name);
        }
    }

    private Term OverLeft(Symbol[] outer, int at, Expression right) => at == outer.Length
        ? Value(right)
        : Over(outer[at], Trees.Range.Unstated, right, "list", () => OverLeft(outer, at + 1, right));
}
