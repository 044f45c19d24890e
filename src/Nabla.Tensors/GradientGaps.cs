namespace Nabla.Tensors;

/// <summary>
/// Which parts of a pending gradient have not been written yet, as ranges of one dimension. The slices of a tensor that
/// was cut in parts, such as q, k and v, then write each its part, and nothing is cleared before or added up.
/// </summary>
internal sealed class GradientGaps
{
    private readonly List<(int Start, int End)> gaps = [];
    private int dim;

    /// <summary>Whose gradient it is; null while it serves none.</summary>
    public Tensor? Input { get; private set; }

    /// <summary>
    /// Begins with nothing written of the gradient of <paramref name="input"/>, which is cut along a dimension.
    /// </summary>
    public void Begin(Tensor input, int along)
    {
        (Input, dim) = (input, along);
        gaps.Clear();
        gaps.Add((0, input.Shape[along]));
    }

    /// <summary>
    /// Takes a range for writing; false if some of it has been written, or the cut is along another dimension.
    /// </summary>
    public bool TryTake(int along, int start, int length)
    {
        int at = along == dim ? gaps.Count - 1 : -1;
        while (at >= 0 && !(gaps[at].Start <= start && start + length <= gaps[at].End))
            at--;
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

    /// <summary>Writes zeros to what is left, and is free for another gradient.</summary>
    public void Close()
    {
        var lines = new DimensionLines(Input!.Shape, dim);
        foreach ((int start, int end) in gaps)
            for (int o = 0; o < lines.Outer; o++)
                Input.PendingGradient!.Writable()
                    .Slice(o * lines.Block + start * lines.Inner, (end - start) * lines.Inner).Clear();
        Forget();
    }

    /// <summary>Is free for another gradient.</summary>
    public void Forget() => Input = null;
}
