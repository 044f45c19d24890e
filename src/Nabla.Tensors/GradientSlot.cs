namespace Nabla.Tensors;

/// <summary>Where an op writes its contribution to an input's gradient.</summary>
/// <param name="span">Dense row-major numbers of the input's shape.</param>
/// <param name="accumulate">Whether to add to what is there (true) or to overwrite it (false).</param>
public readonly ref struct GradientSlot(Span<float> span, bool accumulate)
{
    /// <summary>Dense row-major numbers of the input's shape.</summary>
    public Span<float> Span { get; } = span;

    /// <summary>Add to what is there; if false, the numbers are not initialised and must all be written.</summary>
    public bool Accumulate { get; } = accumulate;
}
