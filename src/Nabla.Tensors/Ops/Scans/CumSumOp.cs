using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Running sum along the last dimension: y_i = Σ_(j≤i) x_j, added in double. dL/dx_j = Σ_(i≥j) dy_i.
/// </summary>
public sealed class CumSumOp : Scan, ISampledOp
{
    internal CumSumOp(Tensor x) : base(x)
    {
    }

    /// <inheritdoc/>
    public override string Formula => "y_i = Σ_{j=1}^{i} x_j";

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (Shape shape in (Shape[])[[5], [2, 7], [2, 3, 4], [1], [0, 3], [2, 0]])
            yield return new CumSumOp(Tensor.Randn(shape, rng));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new CumSumOp(inputs[0]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => inputs[0].MapLines(-1, line =>
    {
        V sum = 0;
        return Array.ConvertAll(line, value => sum += value);
    });

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

    /// <summary>As <c>CumSum</c> along any dimension.</summary>
    internal static Tensor Along(Tensor x, int dim) => Along(x, dim, static line => new CumSumOp(line), "CumSum");

    private protected override void ForwardLine(ReadOnlySpan<float> x, Span<float> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            y[i] = (float)(sum += x[i]);
    }

    private protected override void BackwardLine(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        double sum = 0;
        for (int i = dy.Length - 1; i >= 0; i--)
            dx[i] = (float)(sum += dy[i]);
    }
}

/// <summary>Gives tensors the operation <see cref="CumSumOp"/>.</summary>
public static class CumSumExtensions
{
    extension(Tensor x)
    {
        /// <summary>The sum of the elements up to each, along <paramref name="dim"/>.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f]).CumSum();   // = [1, 3, 6]
        /// </code></example>
        public Tensor CumSum(int dim = -1) => CumSumOp.Along(x, dim);
    }
}
