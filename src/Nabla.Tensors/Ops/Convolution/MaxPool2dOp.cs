using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// The largest number under each window: y_ij = max_uv x(is+u−p)(js+v−p), x [B, C, H, W], y [B, C, OH, OW]; dL/dx is dy
/// for the first that is largest, 0 for the others. What lies outside the image does not count. Rectified it is
/// y_ij = max(0, max_uv x…), all that is left of a ReLU before it, in the same pass: dL/dx is 0 too where y_ij is 0 or
/// NaN. NaN is larger than any number.
/// </summary>
public sealed class MaxPool2dOp : Pool2dOp, ISampledOp
{
    private readonly bool rectify;
    private Tensor? places; // [B, C, OH, OW]

    internal MaxPool2dOp(Tensor x, Size2d kernel, Size2d? stride, Size2d padding, bool rectify)
        : base(x, PoolSizes.Of("MaxPool2d", x, (kernel, stride ?? kernel, padding))) => this.rectify = rectify;

    /// <inheritdoc/>
    public override string Formula => rectify
        ? "y = max(0, max_k x_k)" : "y = max_k x_k";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        PoolSizes.Windows(Sizes, padded: false);

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach ((Shape size, Size2d kernel, Size2d? stride, Size2d padding) in PoolSizes.Samples)
            foreach (bool rectify in new[] { false, true })
                yield return new MaxPool2dOp(Tensor.Randn(size, rng), kernel, stride, padding, rectify);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) =>
        new MaxPool2dOp(inputs[0], Sizes.Window, Sizes.Stride, Sizes.Padding, rectify);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => PoolSizes.MapWindows(
        Sizes, inputs[0], window =>
    {
        V largest = window[0];
        foreach (V value in window)
            largest = V.WherePositive(value - largest, value, largest);
        return rectify ? V.Max(largest, 0) : largest;
    });

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(Result);
        places = Save(Tensor.Uninitialized(y.Shape));
        MaxPoolKernel.Forward(Sizes, X.Dense().AsSpan(), y.Writable(), places.Writable(), rectify);
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        GradientSlot dx = gradients.Slot(X);
        MaxPoolKernel.Backward(Sizes, dy.AsSpan(), places!.AsSpan(), dx.Span, dx.Accumulate);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        float[] within = places!.ToArray();
        var sources = new int[within.Length];
        var none = new bool[within.Length];
        Size2d image = Sizes.Image, output = Sizes.Output, window = Sizes.Window;
        for (int i = 0; i < sources.Length; i++)
        {
            (int place, int plane) = ((int)within[i], i / output.Area);
            none[i] = place < 0;
            (int y0, int x0) = (i / output.Width % output.Height * Sizes.Stride.Height - Sizes.Padding.Height,
                i % output.Width * Sizes.Stride.Width - Sizes.Padding.Width);
            (int row, int column) = (y0 + place / window.Width, x0 + place % window.Width);
            sources[i] = none[i] ? 0 : (plane * image.Height + row) * image.Width + column;
        }
        return tangents[X].Take(sources, y.Shape).MaskedFill(none, 0);
    }
}

/// <summary>Gives tensors the operation <see cref="MaxPool2dOp"/>.</summary>
public static class MaxPool2dExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The largest number under each window, [B, C, H, W] → [B, C, OH, OW], OH = ⌊(H + 2·padding − kernel)/stride⌋
        /// + 1; the stride is that of the kernel if not given. With <paramref name="rectify"/> it is that of Relu(x):
        /// max(0, largest) in one pass, whose gradient is 0 where the result is not positive.
        /// </summary>
        /// <example><code>
        /// new Tensor([1, 6, 3, 2], [1, 1, 2, 2]).MaxPool2d(2);   // = 6
        /// </code></example>
        /// <exception cref="ArgumentException">
        /// The window is larger than the image, or padding than half of it.
        /// </exception>
        public Tensor MaxPool2d(
            Size2d kernel, Size2d? stride = null, Size2d padding = default, bool rectify = false) =>
            new MaxPool2dOp(x, kernel, stride, padding, rectify).Apply();

        /// <summary>
        /// The largest number under each window of a line, [B, C, L] → [B, C, OL]; with <paramref name="rectify"/>
        /// max(0, largest).
        /// </summary>
        /// <exception cref="ArgumentException">As for <c>MaxPool2d</c>.</exception>
        public Tensor MaxPool1d(int kernel, int? stride = null, int padding = 0, bool rectify = false) =>
            PoolSizes.AsImage("MaxPool1d", x)
                .MaxPool2d((1, kernel), (1, stride ?? kernel), (0, padding), rectify).Squeeze(2);
    }
}
