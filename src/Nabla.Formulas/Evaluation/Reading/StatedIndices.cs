using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>Indices that the formula itself gives one value: −log p_t for t = 2 is −log p_2.</summary>
internal static class StatedIndices
{
    /// <summary>The tree with the places in it; what is bound or runs somewhere is left as it stands.</summary>
    public static Expression Inserted(Expression tree, Func<string, bool> isBound)
    {
        var places = new Dictionary<string, Number>(StringComparer.Ordinal);
        foreach ((string name, Number place) in Stated(tree))
            if (!isBound(name) && !Runs(tree, name))
                places.TryAdd(name, place);
        if (places.Count == 0)
            return tree;
        Expression body = tree is Qualified { Word: "for", Condition: Relation { Members: [Symbol index, Number] } } one
            && places.ContainsKey(index.Name) ? one.Statement : tree;
        return WithoutLines(body.Rewrite(node => node is Symbol { Subscripts.Count: > 0 } symbol
            ? symbol with { Subscripts = [.. symbol.Subscripts.Select(mark => At(mark, places))] } : node), places);
    }

    // A line t = 2 that nothing else needs any more is no formula of its own.
    private static Expression WithoutLines(Expression tree, Dictionary<string, Number> places)
    {
        if (tree is not FormulaSystem system)
            return tree;
        Expression[] others =
            [.. system.Formulas.Where(line => !Stated(line).Any(one => places.ContainsKey(one.Name)))];
        bool isNeeded = others.SelectMany(line => line.All())
            .Any(node => node is Symbol { IsBare: true } symbol && places.ContainsKey(symbol.Name));
        return isNeeded || others.Length == 0 ? tree : others is [var only] ? only : new FormulaSystem([.. others]);
    }

    private static Expression At(Expression mark, Dictionary<string, Number> places) => mark.Rewrite(node =>
        node is Symbol { IsBare: true } index && places.TryGetValue(index.Name, out Number? place) ? place : node);

    private static IEnumerable<(string Name, Number Place)> Stated(Expression tree) => tree switch
    {
        Relation { Members: [Symbol { IsBare: true, Letter.Length: 1 } index, Number place] } said
            when said.Operators[0].Kind == RelationKind.Equal && place.Value == Math.Floor(place.Value) =>
            [(index.Name, place)],
        FormulaSystem system => system.Formulas.SelectMany(Stated),
        Qualified qualified => Stated(qualified.Statement).Concat(Stated(qualified.Condition)),
        Collection { Kind: CollectionKind.Tuple } list => list.Items.SelectMany(Stated),
        Infix { Sign: "∧" } both => both.Operands.SelectMany(Stated),
        _ => [],
    };

    private static bool Runs(Expression tree, string name) => tree.All().Any(node => node is BigOperator big
        && big.Range.Variables.Any(variable => variable is Symbol symbol && symbol.Name == name));
}
