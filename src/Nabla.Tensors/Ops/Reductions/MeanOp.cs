using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>Arithmetic mean: y = 1/n · Σ_i x_i, summed like <see cref="SumOp"/>. dL/dx_i = dy/n.</summary>
public sealed class MeanOp : WeightedSum, ISampledOp
{
    internal MeanOp(Tensor x, int? dim, bool keepDim) : base(x, dim, keepDim)
    {
        if (Lines.Length == 0)
            throw new ArgumentException($"Mean: {x.Shape} has no elements to take the mean of along dimension {dim}.");
    }

    /// <inheritdoc/>
    public override string Formula => "y = 1/n·Σ_i x_i";

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (bool keepDim in (bool[])[false, true])
        {
            yield return new MeanOp(Tensor.Randn([3, 5], rng), -1, keepDim);
            yield return new MeanOp(Tensor.Randn([2, 3, 4], rng), 1, keepDim);
            yield return new MeanOp(Tensor.Randn([4, 3], rng), null, keepDim);
            yield return new MeanOp(Tensor.Randn([1], rng), 0, keepDim);
            yield return new MeanOp(Tensor.Randn([0, 3], rng), 1, keepDim);
        }
        yield return new MeanOp(Tensor.Randn([], rng), null, keepDim: false);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new MeanOp(inputs[0], Dim, KeepDim);

    /// <inheritdoc/>
    protected override int Divisor => Lines.Length;
}

/// <summary>Gives tensors the operation <see cref="MeanOp"/>.</summary>
public static class MeanExtensions
{
    extension(Tensor x)
    {
        /// <summary>The mean of all elements, a scalar.</summary>
        /// <example><code>
        /// new Tensor([1, 2, 6], [3]).Mean().Item();              // = 3
        /// (1 + 2 + 6) / 3;                                       // = 3
        /// </code></example>
        public Tensor Mean() => new MeanOp(x, null, keepDim: false).Apply();

        /// <summary>The mean along one dimension, which goes, or stays with size 1.</summary>
        public Tensor Mean(int dim, bool keepDim = false) => new MeanOp(x, dim, keepDim).Apply();

        /// <summary>The mean along several dimensions together.</summary>
        /// <exception cref="ArgumentException">A dimension does not exist, or is named twice.</exception>
        /// <example><code>
        /// Tensor.Ones([2, 3, 4]).Mean([0, 2]);   // = [1, 1, 1]
        /// </code></example>
        public Tensor Mean(ReadOnlySpan<int> dims, bool keepDim = false) =>
            ManyDimensions.Reduce(x, dims, keepDim, static lines => lines.Mean(-1), "Mean");
    }
}
