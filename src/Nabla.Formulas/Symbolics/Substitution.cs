using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>Puts one thing in the place of a symbol, everywhere, in indices too.</summary>
internal static class Substitution
{
    public static Expression Of(Expression tree, Symbol old, Expression changed) =>
        tree.Rewrite(node => node is Symbol symbol && symbol == old ? changed : node);
}
