using Nabla.Numerics;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// A value in the places that a mask names, x elsewhere: y = mask ? value : x, dL/dx = mask ? 0 : dy. The mask has x's
/// shape, row-major.
/// </summary>
public sealed class MaskedFillOp : Op, ISampledOp
{
    private readonly Tensor x;
    private readonly SavedNumbers<bool> mask;
    private readonly float value;

    internal MaskedFillOp(Tensor x, ReadOnlySpan<bool> mask, float value) : base(x)
    {
        if (mask.Length != x.Count)
            throw new ArgumentException(
                $"MaskedFill: a mask of {mask.Length} does not fit {x.Shape}, which has {x.Count} elements.");
        (this.x, this.mask, this.value) = (x, Save(mask), value);
    }

    /// <inheritdoc/>
    public override string Formula => "y = (m ≠ 0 ? v : x)";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(new("y", result), new FormulaPieces.Seen("x", x.Shape))
            .Select((one, i) => one.With("m", mask.Span[i] ? 1 : 0).With("v", value));

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new MaskedFillOp(Tensor.Randn([2, 3], rng), [true, false, false, true, true, false], -7);
        yield return new MaskedFillOp(Tensor.Randn([1], rng), [false], float.NegativeInfinity);
        yield return new MaskedFillOp(Tensor.Randn([0], rng), [], 1);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new MaskedFillOp(inputs[0], mask.Span, value);

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) =>
        new MaskedFillOp(tangents[x], mask.Span, 0).Apply();

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        var y = new NdArray<V>(inputs[0].Shape);
        for (int i = 0; i < mask.Length; i++)
            y.Values[i] = mask.Span[i] ? (V)(double)value : inputs[0].Values[i];
        return y;
    }

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(x.Shape);
        Span<float> to = y.Writable();
        x.CopyTo(to);
        ReadOnlySpan<bool> filled = mask.Span;
        for (int i = 0; i < filled.Length; i++)
            if (filled[i])
                to[i] = value;
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        GradientSlot dx = gradients.Slot(x);
        Span<float> to = dx.Span;
        ReadOnlySpan<float> from = dy.AsSpan();
        ReadOnlySpan<bool> filled = mask.Span;
        for (int i = 0; i < filled.Length; i++)
            to[i] = (filled[i] ? 0 : from[i]) + (dx.Accumulate ? to[i] : 0);
    }
}

/// <summary>Gives tensors the operation <see cref="MaskedFillOp"/>.</summary>
public static class MaskedFillExtensions
{
    extension(Tensor x)
    {
        /// <summary><paramref name="value"/> where the mask is true, x elsewhere.</summary>
        /// <example><code>
        /// new Tensor([1, 2, 3], [3]).MaskedFill([false, true, false], 9);    // = [1, 9, 3]
        /// </code></example>
        /// <exception cref="ArgumentException">The mask has another number of elements.</exception>
        public Tensor MaskedFill(ReadOnlySpan<bool> mask, float value) => new MaskedFillOp(x, mask, value).Apply();
    }
}
