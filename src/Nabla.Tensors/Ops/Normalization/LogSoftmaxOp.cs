using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Log-softmax along the last dimension: y_i = x_i − log Σ_j e^(x_j), stable for scores of any size.
/// dL/dx = dy − softmax(x)·Σ dy.
/// </summary>
public sealed class LogSoftmaxOp : Op, ISampledOp
{
    private readonly Tensor x;

    internal LogSoftmaxOp(Tensor x) : base(x)
    {
        if (x.Rank == 0)
            throw new ArgumentException(
                "LogSoftmax: a scalar has no dimension to normalise along; give at least a vector.");
        this.x = x;
    }

    /// <inheritdoc/>
    public override string Formula => "y_i = x_i − log Σ_j exp(x_j)";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(new("y", result, -1), new FormulaPieces.Seen("x", x.Shape, -1));

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (Shape shape in (Shape[])[[3, 5], [2, 3, 17], [1], [1, 33], [0, 4], [300, 40]])
            yield return new LogSoftmaxOp(Tensor.Randn(shape, rng));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new LogSoftmaxOp(inputs[0]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => inputs[0].MapLines(-1, line =>
    {
        V total = 0;
        foreach (V value in line)
            total += V.Exp(value);
        return Array.ConvertAll(line, value => value - V.Log(total));
    });

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(x.Shape);
        if (y.Count > 0)
            SoftmaxKernel.LogForward(x.Dense().AsSpan(), x.Shape[-1], y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        GradientSlot dx = gradients.Slot(x);
        if (y.Count > 0)
            SoftmaxKernel.LogBackward(y.AsSpan(), dy.AsSpan(), x.Shape[-1], dx.Span, dx.Accumulate);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) =>
        tangents[x] - (y.Exp() * tangents[x]).Sum(-1, keepDim: true);
}

/// <summary>Gives tensors the operation <see cref="LogSoftmaxOp"/>.</summary>
public static class LogSoftmaxExtensions
{
    extension(Tensor x)
    {
        /// <summary>Log-probabilities from scores along <paramref name="dim"/>, any shape but a scalar.</summary>
        /// <example><code>
        /// new Tensor([1, 2], [2]).LogSoftmax();              // = [-1.3133, -0.3133]
        /// 1 - Math.Log(Math.Exp(1) + Math.Exp(2));           // = -1.3133
        /// </code></example>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        public Tensor LogSoftmax(int dim = -1)
        {
            int last = x.Rank - 1, along = x.Shape.Dimension(dim, "LogSoftmax");
            return along == last
                ? new LogSoftmaxOp(x).Apply()
                : new LogSoftmaxOp(x.Transpose(along, last)).Apply().Transpose(along, last);
        }
    }
}
