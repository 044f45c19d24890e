using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Softmax along the last dimension: y_i = e^(x_i) / Σ_j e^(x_j), with the largest x subtracted first.
/// dL/dx = y ⊙ (dy − ⟨y, dy⟩). Bridle 1990.
/// </summary>
public sealed class SoftmaxOp : Op, ISampledOp
{
    private readonly Tensor x;

    internal SoftmaxOp(Tensor x) : base(x)
    {
        if (x.Rank == 0)
            throw new ArgumentException(
                "Softmax: a scalar has no dimension to normalise along; give at least a vector.");
        this.x = x;
    }

    /// <inheritdoc/>
    public override string Formula => "y_i = exp(x_i)/Σ_j exp(x_j)";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(new("y", result, -1), new FormulaPieces.Seen("x", x.Shape, -1));

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (Shape shape in (Shape[])[[3, 5], [2, 3, 17], [1], [1, 33], [0, 4], [300, 40]])
            yield return new SoftmaxOp(Tensor.Randn(shape, rng));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new SoftmaxOp(inputs[0]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => inputs[0].MapLines(-1, line =>
    {
        V total = 0;
        foreach (V value in line)
            total += V.Exp(value);
        return Array.ConvertAll(line, value => V.Exp(value) / total);
    });

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(x.Shape);
        if (y.Count > 0)
            SoftmaxKernel.Forward(x.Dense().AsSpan(), x.Shape[-1], y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        GradientSlot dx = gradients.Slot(x);
        if (y.Count > 0)
            SoftmaxKernel.Backward(y.AsSpan(), dy.AsSpan(), x.Shape[-1], dx.Span, dx.Accumulate);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        Tensor part = y * tangents[x];
        return part - y * part.Sum(-1, keepDim: true);
    }
}

/// <summary>Gives tensors the operation <see cref="SoftmaxOp"/>.</summary>
public static class SoftmaxExtensions
{
    extension(Tensor x)
    {
        /// <summary>Probabilities from scores along <paramref name="dim"/>, any shape but a scalar.</summary>
        /// <example><code>
        /// new Tensor([1, 2], [2]).Softmax();                 // = [0.2689, 0.7311]
        /// Math.Exp(1) / (Math.Exp(1) + Math.Exp(2));         // = 0.2689
        /// </code></example>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        public Tensor Softmax(int dim = -1)
        {
            int last = x.Rank - 1, along = x.Shape.Dimension(dim, "Softmax");
            return along == last
                ? new SoftmaxOp(x).Apply()
                : new SoftmaxOp(x.Transpose(along, last)).Apply().Transpose(along, last);
        }
    }
}
