using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// A formula without a left side and what a name in it stands for: <c>x − f(x)/f′(x), f(x) = x² − 2</c> are two
/// formulas, where <c>q, k = xW, xV</c> gives two names at once.
/// </summary>
internal static class DefinitionConvention
{
    /// <summary>The tree with such a formula apart from the definition.</summary>
    public static Expression Read(Expression tree)
    {
        if (tree is FormulaSystem { Formulas: [Relation first, ..] } system && Read(first) is FormulaSystem parted)
            return new FormulaSystem([.. parted.Formulas, .. system.Formulas.Skip(1)]) { Source = tree.Source };
        if (tree is not Relation relation || relation.Members[0] is not Collection pair
            || pair.Kind != CollectionKind.Tuple || pair.Items.Count != 2)
            return tree;
        RelationKind sign = relation.Operators[0].Kind;
        Expression formula = pair.Items[0], name = pair.Items[1];
        if (IsName(formula) || !IsDefined(name, formula))
            return tree;
        return sign switch
        {
            RelationKind.Equal or RelationKind.Definition or RelationKind.Distributed => Apart(relation, formula, name),
            // λe^{−λx}, x ≥ 0
            RelationKind.Less or RelationKind.Greater or RelationKind.Unequal or RelationKind.Member =>
                new Qualified(formula, "where", Condition(relation, name)) with { Source = tree.Source },
            _ => tree,
        };
    }

    private static Relation Condition(Relation relation, Expression name) => relation with
    {
        Members = [name, .. relation.Members.Skip(1)],
        Source = new SourceSpan(name.Source.Start, relation.Source.End - name.Source.Start),
    };

    private static FormulaSystem Apart(Relation relation, Expression formula, Expression name) =>
        new FormulaSystem([formula, Condition(relation, name)]) { Source = relation.Source };

    private static bool IsName(Expression formula) => formula switch
    {
        Symbol or Number => true,
        Call { Function: Symbol { Primes: 0 } function } call =>
            function.Letter.Length == 1 && call.Arguments.All(argument => argument is not Number),
        _ => false,
    };

    private static bool IsDefined(Expression name, Expression formula)
    {
        string? letter = name switch
        {
            Symbol symbol => symbol.Letter,
            Call { Function: Symbol function } => function.Letter,
            _ => null,
        };
        return letter is not null && formula.All().OfType<Symbol>().Any(used => used.Letter == letter);
    }
}
