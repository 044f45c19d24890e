namespace Nabla.Text.Corpora;

/// <summary>Which documents of a <see cref="World"/>: those to learn from, or those to be tested on.</summary>
public enum WorldPart
{
    /// <summary>To learn from.</summary>
    Train,

    /// <summary>Stories, sums and people that never occur in <see cref="Train"/>.</summary>
    HeldOut,
}
