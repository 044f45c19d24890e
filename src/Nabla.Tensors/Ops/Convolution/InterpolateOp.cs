using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Numerics.Lanes;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Images in another size: y_ij = Σ_hw a_ih·b_jw·x_hw, x [B, C, H, W], y [B, C, OH, OW], where the rows of a and b sum
/// to 1: one pixel (nearest) or the two nearest in each direction (bilinear), as PyTorch's <c>interpolate</c> with
/// <c>align_corners=False</c>.
/// </summary>
public sealed class InterpolateOp : Op, ISampledOp
{
    private readonly Tensor x;
    private readonly ResizeShape shape;

    internal InterpolateOp(Tensor x, Size2d size, ResizeMode mode) : base(x)
    {
        if (x.Rank != 4)
            throw new ArgumentException($"Interpolate: x {x.Shape} must be [B, C, H, W].");
        if (x.Shape[2] < 1 || x.Shape[3] < 1 || size.Height < 1 || size.Width < 1)
            throw new ArgumentException(
                $"Interpolate: {x.Shape} to {size}: an image needs at least one pixel before and after.");
        this.x = x;
        shape = new(x.Shape[0] * x.Shape[1], (x.Shape[2], x.Shape[3]), size, mode);
    }

    /// <inheritdoc/>
    public override string Formula => "y = (1 − s)·((1 − t)·a + t·b) + s·((1 − t)·c + t·d)";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        int at = 0;
        foreach (int[] index in NdArray<Real64>.Indices(result))
        {
            var row = Source(index[2], shape.Image.Height, shape.Resized.Height);
            var column = Source(index[3], shape.Image.Width, shape.Resized.Width);
            int plane = (index[0] * x.Shape[1] + index[1]) * x.Shape[2];
            FormulaPart Pixel(string name, int h, int w) => new(name, 0, [], [(plane + h) * x.Shape[3] + w]);
            yield return new FormulaInstance(new("y", -1, [], [at++]),
                [
                    Pixel("a", row.First, column.First), Pixel("b", row.First, column.Second),
                    Pixel("c", row.Second, column.First), Pixel("d", row.Second, column.Second),
                ]).With("s", row.Share).With("t", column.Share);
        }
    }

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    private Shape Result => [x.Shape[0], x.Shape[1], shape.Resized.Height, shape.Resized.Width];

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        (Shape X, Size2d Size)[] cases =
        [
            ([2, 2, 3, 4], (6, 8)), ([1, 2, 3, 4], (5, 7)), ([1, 1, 7, 5], (3, 5)), ([1, 1, 1, 1], (2, 3)),
            ([1, 1, 1, 1], 1), ([0, 2, 2, 2], 4), ([2, 9, 20, 37], (40, 74)), ([3, 2, 33, 40], (20, 71)),
        ];
        foreach (ResizeMode mode in Enum.GetValues<ResizeMode>())
            foreach ((Shape sizes, Size2d size) in cases)
                yield return new InterpolateOp(Tensor.Randn(sizes, rng), size, mode);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new InterpolateOp(inputs[0], shape.Resized, shape.Mode);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => NdArray<V>.Build(Result, index =>
    {
        (int First, int Second, double Share) row = Source(index[2], shape.Image.Height, shape.Resized.Height);
        (int First, int Second, double Share) column = Source(index[3], shape.Image.Width, shape.Resized.Width);
        return (1 - row.Share) * Between(row.First) + row.Share * Between(row.Second);

        V Between(int h) => (1 - column.Share) * inputs[0][index[0], index[1], h, column.First]
            + column.Share * inputs[0][index[0], index[1], h, column.Second];
    });

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(Result);
        ResizeKernel.Forward(shape, x.Dense().AsSpan(), y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        GradientSlot dx = gradients.Slot(x);
        ResizeKernel.Backward(shape, dy.AsSpan(), dx.Span, dx.Accumulate);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

    private (int First, int Second, double Share) Source(int i, int size, int resized)
    {
        if (shape.Mode == ResizeMode.Nearest)
            return (i * size / resized, i * size / resized, 0);
        double at = Math.Clamp((i + 0.5) * size / resized - 0.5, 0, size - 1);
        int first = (int)at;
        return (first, Math.Min(first + 1, size - 1), at - first);
    }
}

/// <summary>Gives tensors the operation <see cref="InterpolateOp"/>.</summary>
public static class InterpolateExtensions
{
    extension(Tensor x)
    {
        /// <summary>Images [B, C, H, W] in another size, [B, C, size].</summary>
        /// <example><code>
        /// Tensor x = new([1, 3], [1, 1, 1, 2]);
        /// x.Interpolate((1, 4));                          // = [1, 1, 3, 3]
        /// x.Interpolate((1, 4), ResizeMode.Bilinear);     // = [1, 1.5, 2.5, 3]
        /// </code></example>
        /// <exception cref="ArgumentException">x is no batch of images, or a size is below 1.</exception>
        public Tensor Interpolate(Size2d size, ResizeMode mode = ResizeMode.Nearest) =>
            new InterpolateOp(x, size, mode).Apply();
    }
}
