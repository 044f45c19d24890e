using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Sum: y = Σ_i x_i; 0 for nothing. dL/dx_i = dy. All of a tensor is summed as if in double; lines along a dimension
/// are summed in compensated float lanes, with an error of at most about 2⁻²²·Σ|x|.
/// </summary>
public sealed class SumOp : WeightedSum, ISampledOp
{
    internal SumOp(Tensor x, int? dim, bool keepDim) : base(x, dim, keepDim)
    {
    }

    /// <inheritdoc/>
    public override string Formula => "y = Σ_i x_i";

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (bool keepDim in (bool[])[false, true])
        {
            yield return new SumOp(Tensor.Randn([3, 5], rng), -1, keepDim);
            yield return new SumOp(Tensor.Randn([2, 3, 4], rng), 1, keepDim);
            yield return new SumOp(Tensor.Randn([4, 3], rng), null, keepDim);
            yield return new SumOp(Tensor.Randn([1], rng), 0, keepDim);
            yield return new SumOp(Tensor.Randn([0, 3], rng), 1, keepDim);
            yield return new SumOp(Tensor.Randn([0, 3], rng), 0, keepDim);
            yield return new SumOp(Tensor.Randn([2, 0], rng), 1, keepDim);
        }
        yield return new SumOp(Tensor.Randn([], rng), null, keepDim: false);
        yield return new SumOp(Tensor.Randn([0, 3], rng), 0, keepDim: false);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new SumOp(inputs[0], Dim, KeepDim);

    /// <inheritdoc/>
    protected override int Divisor => 1;
}

/// <summary>Gives tensors the operation <see cref="SumOp"/>.</summary>
public static class SumExtensions
{
    extension(Tensor x)
    {
        /// <summary>The sum of all elements, a scalar.</summary>
        public Tensor Sum() => new SumOp(x, null, keepDim: false).Apply();

        /// <summary>The sum along one dimension, which goes, or stays with size 1.</summary>
        /// <example><code>
        /// new Tensor([1, 2, 3, 4], [2, 2]).Sum(dim: 0);          // = [4, 6]
        /// </code></example>
        public Tensor Sum(int dim, bool keepDim = false) => new SumOp(x, dim, keepDim).Apply();

        /// <summary>The sum along several dimensions together.</summary>
        /// <exception cref="ArgumentException">A dimension does not exist, or is named twice.</exception>
        /// <example><code>
        /// Tensor.Ones([2, 3, 4]).Sum([0, 2]);   // = [8, 8, 8]
        /// </code></example>
        public Tensor Sum(ReadOnlySpan<int> dims, bool keepDim = false) =>
            ManyDimensions.Reduce(x, dims, keepDim, static lines => lines.Sum(-1), "Sum");
    }
}
