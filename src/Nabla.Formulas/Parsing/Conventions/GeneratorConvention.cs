using Nabla.Formulas.Trees;
using Range = Nabla.Formulas.Trees.Range;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// sum(x[i] * w[i] for i in range(1, n)): a program counts from 0 and leaves out the end, so that in a formula, which
/// counts entries from 1, i runs from 2 to n.
/// </summary>
internal static class GeneratorConvention
{
    private static readonly Number One = new(1, "1");

    /// <summary>The operator over what stands behind "for".</summary>
    /// <exception cref="FormulaException">The range goes in steps.</exception>
    public static BigOperator Over(BigOperatorKind kind, Qualified generator)
    {
        (Range range, Expression body) = Read(generator);
        return new BigOperator(kind, range, body);
    }

    /// <summary>max(x[i] for i in …), [x[i] for i in …]: the function of the list.</summary>
    public static Expression WithList(Expression node) => node switch
    {
        Call { Arguments: [Qualified { Word: "for" } generator] } call => call with { Arguments = [List(generator)] },
        Qualified { Word: "for" } generator => List(generator),
        _ => node,
    };

    private static Collection List(Qualified generator)
    {
        (Range range, Expression body) = Read(generator);
        return new Collection(CollectionKind.List, [body], range) { Source = generator.Source };
    }

    private static (Range Range, Expression Body) Read(Qualified generator)
    {
        if (generator.Condition is not Relation { Members: [Symbol index, Call range] } relation
            || relation.Operators[0].Kind != RelationKind.Member
            || range.Function is not Symbol { Letter: "range", IsBare: true })
            return (RangeConvention.Read([generator.Condition], null), generator.Statement);
        (Expression from, Expression to) = range.Arguments switch
        {
            [var end] => (new Number(0, "0"), end),
            [var start, var end] => (start, end),
            _ => throw new FormulaException("a range in steps: write which numbers run, as in i in {1, 3, 5}.",
                range.Source.Start, "a range from one number to another"),
        };
        Symbol running = index with { Kind = SymbolKind.Index };
        RefuseUnclear(generator.Statement, index);
        if (Uses(generator.Statement, index) == UsesInPlaces(generator.Statement, index)
            && generator.Statement.All().OfType<Element>().All(element =>
                element.Indices.All(place => Uses(place, index) == 0 || GoesWith(place, index))))
            return (new Range([running], Plus(from, 1), to), generator.Statement);
        Expression body = generator.Statement.Rewrite(node => node is Element element && Uses(element, index) > 0
            ? element with { Indices = [.. element.Indices.Select(place => Shifted(place, index))] } : node);
        return (new Range([running], from, Plus(to, -1)), body);
    }

    // i, i + 1, i − k: the place moves as i does.
    private static bool GoesWith(Expression place, Symbol index) => place is Symbol
        || place is Sum sum && sum.Terms.Count(term => term is Symbol symbol && symbol.Name == index.Name) == 1
            && Uses(place, index) == 1;

    // Two letters that both count from 0 in one place, a place that is an entry, and a number beside letters.
    private static void RefuseUnclear(Expression body, Symbol index)
    {
        string[] inner = [.. body.All().SelectMany(node => node switch
        {
            BigOperator big => big.Range.Variables,
            Collection { Range: { } range } => range.Variables,
            _ => [],
        }).OfType<Symbol>().Select(symbol => symbol.Name)];
        foreach (Expression place in body.All().OfType<Element>().SelectMany(element => element.Indices))
            if (place is Number || place.All().Any(node => node is Element) && Uses(place, index) > 0
                || Uses(place, index) > 0 && place.All().Any(node => node is Symbol symbol
                    && inner.Contains(symbol.Name, StringComparer.Ordinal)))
                throw new FormulaException("a program counts places from 0 and a formula from 1, and what this place "
                    + "is in a formula cannot be told.", place.Source.Start, "a sum with indices, as sum_{i=1}^n x_i");
    }

    private static Expression Shifted(Expression place, Symbol index) =>
        Uses(place, index) > 0 ? Plus(place, 1) : place;

    private static Expression Plus(Expression value, int more) => value switch
    {
        Number { Text: var text } number when number.Value == Math.Floor(number.Value) && text.Length < 10 =>
            new Number(number.Value + more,
                ((int)number.Value + more).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Sum sum => sum with { Terms = [.. sum.Terms, more > 0 ? One : new Negation(One)] },
        _ => new Sum([value, more > 0 ? One : new Negation(One)]),
    };

    private static int Uses(Expression tree, Symbol index) =>
        tree.All().Count(node => node is Symbol symbol && symbol.Name == index.Name);

    private static int UsesInPlaces(Expression tree, Symbol index) => tree.All().OfType<Element>()
        .Sum(element => element.Indices.Sum(place => Uses(place, index)));
}
