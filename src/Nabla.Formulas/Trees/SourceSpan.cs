namespace Nabla.Formulas.Trees;

/// <summary>
/// Which characters of the input a node was read from. All spans are equal, so that two nodes are equal when they say
/// the same, wherever they stand.
/// </summary>
/// <param name="Start">The index of the first character, from 0.</param>
/// <param name="Length">The number of characters; 0 for a node that nobody wrote.</param>
public readonly record struct SourceSpan(int Start, int Length)
{
    /// <summary>The index after the last character.</summary>
    public int End => Start + Length;

    /// <summary>The smallest span that holds both.</summary>
    public static SourceSpan Cover(SourceSpan a, SourceSpan b)
    {
        if (a.Length == 0)
            return b;
        if (b.Length == 0)
            return a;
        int start = Math.Min(a.Start, b.Start);
        return new SourceSpan(start, Math.Max(a.End, b.End) - start);
    }

    /// <summary>Always true.</summary>
    public bool Equals(SourceSpan other) => true;

    /// <summary>Always 0.</summary>
    public override int GetHashCode() => 0;
}
