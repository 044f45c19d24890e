namespace Nabla.Language.Evaluation;

/// <summary>How many of how many.</summary>
/// <param name="Count">Those that count.</param>
/// <param name="Total">All.</param>
public readonly record struct Tally(int Count, int Total)
{
    /// <summary>Count / Total, in [0, 1]; 0 where there is nothing.</summary>
    public double Rate => Total == 0 ? 0 : (double)Count / Total;
}
