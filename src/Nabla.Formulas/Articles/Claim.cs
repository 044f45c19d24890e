namespace Nabla.Formulas.Articles;

/// <summary>What a recomputation says of a number in an article.</summary>
public enum Verdict
{
    /// <summary>It is so.</summary>
    Right,

    /// <summary>It is so after rounding to the digits that are printed.</summary>
    RightAfterRounding,

    /// <summary>It is certainly not so.</summary>
    Wrong,

    /// <summary>It cannot be recomputed, or not for certain.</summary>
    NotCheckable,
}

/// <summary>A number, or several, that an article claims, and what a recomputation says.</summary>
/// <param name="Text">The words that make the claim.</param>
/// <param name="Start">Where they begin in the file, a number of characters.</param>
/// <param name="Length">How many characters of the file they take.</param>
/// <param name="Kind"><c>arithmetic</c>, <c>output</c>, <c>value</c>, <c>shape</c>, <c>sequence</c>, …</param>
/// <param name="Printed">What the article prints.</param>
/// <param name="Recomputed">What comes out, with as many digits as are printed; empty if it is not known.</param>
/// <param name="Verdict">Whether both agree.</param>
/// <param name="Why">One sentence for it.</param>
public sealed record Claim(string Text, int Start, int Length, string Kind, string Printed, string Recomputed,
    Verdict Verdict, string Why)
{
    /// <summary>The verdict as it is written out: <c>right after rounding</c>.</summary>
    public string VerdictText => Verdict switch
    {
        Verdict.Right => "right",
        Verdict.RightAfterRounding => "right after rounding",
        Verdict.Wrong => "wrong",
        _ => "not checkable",
    };
}
