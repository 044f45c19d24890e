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
        if (tree is not Relation { Operators: [{ Kind: RelationKind.Equal or RelationKind.Definition }, ..] } relation
            || relation.Members[0] is not Collection { Kind: CollectionKind.Tuple, Items: [var formula, var name] } pair
            || formula is Symbol or Number or Call { Function: Symbol { Letter.Length: 1 } }
            || !IsDefined(name, formula))
            return tree;
        Relation definition = relation with { Members = [name, .. relation.Members.Skip(1)] };
        return new FormulaSystem([formula, definition with
        {
            Source = new SourceSpan(name.Source.Start, relation.Source.End - name.Source.Start),
        }]) { Source = SourceSpan.Cover(pair.Source, relation.Source) };
    }

    private static bool IsDefined(Expression name, Expression formula) => name switch
    {
        Symbol symbol => formula.All().Any(part => part is Symbol used && used.Letter == symbol.Letter),
        Call { Function: Symbol function } => formula.All().Any(part =>
            part is Symbol used && used.Letter == function.Letter),
        _ => false,
    };
}
