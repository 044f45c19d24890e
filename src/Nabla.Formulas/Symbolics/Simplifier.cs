using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>
/// Brings a formula into the form that a person would write: constants folded, like terms and factors collected, common
/// factors put before brackets where that is shorter. The value stays the same wherever the formula has one, and
/// simplifying twice changes nothing.
/// </summary>
public static class Simplifier
{
    // Formulas of articles have a few dozen nodes; what is larger is left as it is.
    private const int MostNodes = 1200;

    /// <summary>The simplified formula; the formula itself where it is too large to be worth the time.</summary>
    /// <param name="tree">What to simplify.</param>
    /// <param name="ranks">
    /// Which symbols are vectors and matrices, whose products keep their order; by default as
    /// <see cref="Ranks.Infer"/> sees it.
    /// </param>
    public static Expression Simplify(Expression tree, Ranks? ranks = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        if (TreeText.IsLargerThan(tree, MostNodes))
            return tree;
        try
        {
            return new Reduction(ranks ?? Ranks.Infer(tree)).Simple(tree);
        }
        catch (NotSimplifiedException)
        {
            return tree;
        }
    }
}

/// <summary>
/// Something in the formula cannot be simplified, or would grow beyond what anybody would read; it is then left as it
/// is.
/// </summary>
#pragma warning disable CA1064 // it never leaves the simplifier
internal sealed class NotSimplifiedException : Exception;
#pragma warning restore CA1064
