using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Variance: y = 1/n · Σ_i (x_i − μ)², the mean μ first and then the squares, both in double. The divisor is n, not
/// n − 1. dL/dx_i = dy · 2/n · (x_i − μ).
/// </summary>
public sealed class VarianceOp : LineReduction, ISampledOp
{
    internal VarianceOp(Tensor x, int? dim, bool keepDim) : base(x, dim, keepDim)
    {
        if (Lines.Length == 0)
            throw new ArgumentException(
                $"Variance: {x.Shape} has no elements to take the variance of along dimension {dim}.");
    }

    /// <inheritdoc/>
    public override string Formula => "y = 1/n·Σ_i (x_i − 1/n·Σ_j x_j)²";

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (bool keepDim in (bool[])[false, true])
        {
            yield return new VarianceOp(Tensor.Randn([3, 5], rng), -1, keepDim);
            yield return new VarianceOp(Tensor.Randn([2, 3, 4], rng), 1, keepDim);
            yield return new VarianceOp(Tensor.Randn([4, 3], rng), null, keepDim);
            yield return new VarianceOp(Tensor.Randn([1], rng), 0, keepDim);
            yield return new VarianceOp(Tensor.Randn([0, 3], rng), 1, keepDim);
        }
        yield return new VarianceOp(Tensor.Randn([], rng), null, keepDim: false);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new VarianceOp(inputs[0], Dim, KeepDim);

    /// <inheritdoc/>
    protected override V ReferenceLine<V>(V[] line)
    {
        V mean = 0, sum = 0;
        foreach (V value in line)
            mean += value / line.Length;
        foreach (V value in line)
            sum += (value - mean) * (value - mean);
        return sum / line.Length;
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        Tensor deviation = X - (Dim is { } dim ? X.Mean(dim, keepDim: true) : X.Mean());
        return 2 * new MeanOp(deviation * tangents[X], Dim, KeepDim).Apply();
    }

    /// <inheritdoc/>
    protected override float ForwardLine(ReadOnlySpan<float> line)
    {
        double mean = Elementwise.Sum(line) / line.Length, sum = 0;
        foreach (float value in line)
            sum += (value - mean) * (value - mean);
        return (float)(sum / line.Length);
    }

    /// <inheritdoc/>
    protected override void BackwardLine(ReadOnlySpan<float> line, float y, float dy, Span<float> dx)
    {
        double mean = Elementwise.Sum(line) / line.Length;
        for (int i = 0; i < dx.Length; i++)
            dx[i] = (float)(dy * 2 * (line[i] - mean) / line.Length);
    }
}

/// <summary>Gives tensors the operation <see cref="VarianceOp"/>.</summary>
public static class VarianceExtensions
{
    extension(Tensor x)
    {
        /// <summary>The variance (divisor n) of all elements, a scalar.</summary>
        /// <example><code>
        /// new Tensor([1, 2, 6], [3]).Variance().Item();          // = 4.6667
        /// (4 + 1 + 9) / 3.0;                                     // = 4.6667
        /// </code></example>
        public Tensor Variance() => new VarianceOp(x, null, keepDim: false).Apply();

        /// <summary>The variance (divisor n) along one dimension, which goes, or stays with size 1.</summary>
        public Tensor Variance(int dim, bool keepDim = false) => new VarianceOp(x, dim, keepDim).Apply();

        /// <summary>The variance (divisor n) along several dimensions together.</summary>
        /// <exception cref="ArgumentException">A dimension does not exist, or is named twice.</exception>
        /// <example><code>
        /// new Tensor([1f, 3f, 1f, 3f], [2, 2]).Variance([0, 1]);   // = 1
        /// </code></example>
        public Tensor Variance(ReadOnlySpan<int> dims, bool keepDim = false) =>
            ManyDimensions.Reduce(x, dims, keepDim, static lines => lines.Variance(-1), "Variance");
    }
}
