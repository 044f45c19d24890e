using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>A relation sign in a line, and how far its sides reach.</summary>
internal sealed record EquationPlace(MappedText Line, int From, int SignStart, int SignEnd, int To)
{
    public bool IsApproximate { get; init; }

    /// <summary>Where the text begins behind the mark of a list, or 0.</summary>
    public int Bullet { get; init; }

    /// <summary>What stands above the list or the paragraph, or null.</summary>
    public string? Heading { get; init; }

    /// <summary>The same sign with the lines around it, where a sentence may go on over their ends; or null.</summary>
    public Func<EquationPlace?>? InParagraph { get; init; }

    /// <summary>Whether operators in it may be marks of a list.</summary>
    public bool HoldsMarks { get; init; }

    /// <summary>Whether another relation sign stands before the left side.</summary>
    public bool ContinuesChain { get; init; }
}
