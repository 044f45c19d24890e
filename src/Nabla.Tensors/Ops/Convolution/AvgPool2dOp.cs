using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// The mean of each window: y_ij = 1/(KH·KW)·Σ_uv x(is+u−p)(js+v−p), x [B, C, H, W], y [B, C, OH, OW]; zeros of the
/// padding are counted in, as PyTorch does by default.
/// </summary>
public sealed class AvgPool2dOp : Pool2dOp, ISampledOp
{
    internal AvgPool2dOp(Tensor x, Size2d kernel, Size2d? stride, Size2d padding)
        : base(x, PoolSizes.Of("AvgPool2d", x, (kernel, stride ?? kernel, padding)))
    {
    }

    /// <inheritdoc/>
    public override string Formula => "y = 1/n·Σ_k x_k";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        PoolSizes.Windows(Sizes, padded: true);

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach ((Shape size, Size2d kernel, Size2d? stride, Size2d padding) in PoolSizes.Samples)
            yield return new AvgPool2dOp(Tensor.Randn(size, rng), kernel, stride, padding);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) =>
        new AvgPool2dOp(inputs[0], Sizes.Window, Sizes.Stride, Sizes.Padding);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => PoolSizes.MapWindows(
        Sizes, inputs[0], window =>
    {
        V sum = 0;
        foreach (V value in window)
            sum += value;
        return sum / Sizes.Window.Area;
    });

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(Result);
        AveragePoolKernel.Forward(Sizes, X.Dense().AsSpan(), y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        GradientSlot dx = gradients.Slot(X);
        AveragePoolKernel.Backward(Sizes, dy.AsSpan(), dx.Span, dx.Accumulate);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);
}

/// <summary>Gives tensors the operation <see cref="AvgPool2dOp"/>.</summary>
public static class AvgPool2dExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The mean of each window, [B, C, H, W] → [B, C, OH, OW], OH = ⌊(H + 2·padding − kernel)/stride⌋ + 1; the
        /// stride is that of the kernel if not given.
        /// </summary>
        /// <example><code>
        /// new Tensor([1, 2, 3, 6], [1, 1, 2, 2]).AvgPool2d(2);   // = 3
        /// (1 + 2 + 3 + 6) / 4.0;                                 // = 3
        /// </code></example>
        /// <exception cref="ArgumentException">
        /// The window is larger than the image, or padding than half of it.
        /// </exception>
        public Tensor AvgPool2d(Size2d kernel, Size2d? stride = null, Size2d padding = default) =>
            new AvgPool2dOp(x, kernel, stride, padding).Apply();

        /// <summary>The mean of each window of a line, [B, C, L] → [B, C, OL].</summary>
        /// <exception cref="ArgumentException">As for <c>AvgPool2d</c>.</exception>
        public Tensor AvgPool1d(int kernel, int? stride = null, int padding = 0) =>
            PoolSizes.AsImage("AvgPool1d", x).AvgPool2d((1, kernel), (1, stride ?? kernel), (0, padding)).Squeeze(2);
    }
}
