namespace Nabla.Tensors;

/// <summary>
/// Which parts of a pending gradient have not been written yet, as ranges of one dimension. The slices of a tensor that
/// was cut in parts, such as q, k and v, then write each its part, and nothing is cleared before or added up.
/// </summary>
/// <param name="shape">The shape of the gradient.</param>
/// <param name="dim">The dimension that is cut.</param>
internal sealed class GradientGaps(Shape shape, int dim)
{
    private readonly List<(int Start, int End)> gaps = [(0, shape[dim])];

    /// <summary>
    /// Takes a range for writing; false if some of it has been written, or the cut is along another dimension.
    /// </summary>
    public bool TryTake(int along, int start, int length)
    {
        int at = along == dim ? gaps.FindIndex(gap => gap.Start <= start && start + length <= gap.End) : -1;
        if (at < 0)
            return false;
        (int gapStart, int gapEnd) = gaps[at];
        gaps.RemoveAt(at);
        if (start + length < gapEnd)
            gaps.Insert(at, (start + length, gapEnd));
        if (gapStart < start)
            gaps.Insert(at, (gapStart, start));
        return true;
    }

    /// <summary>Writes zeros to what is left.</summary>
    public void Clear(Span<float> gradient)
    {
        var lines = new DimensionLines(shape, dim);
        foreach ((int start, int end) in gaps)
            for (int o = 0; o < lines.Outer; o++)
                gradient.Slice(o * lines.Block + start * lines.Inner, (end - start) * lines.Inner).Clear();
        gaps.Clear();
    }
}
