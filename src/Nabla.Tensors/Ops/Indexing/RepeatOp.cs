using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// A tensor several times beside itself: y[i, j, …] = x[i mod n, j mod m, …]. dL/dx is the sum over the copies.
/// </summary>
public sealed class RepeatOp : DimensionMaps, ISampledOp
{
    private readonly int[] counts;

    internal RepeatOp(Tensor x, int[] counts) : base(x, Repeated(x, counts)) => this.counts = counts;

    /// <inheritdoc/>
    public override string Formula => "y_i = x_{1 + ((i − 1) mod n)}";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        counts.Count(count => count != 1) == 1 ? Along(Array.FindIndex(counts, count => count != 1), result) : [];

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new RepeatOp(Tensor.Randn([2, 3], rng), [2, 1]);
        yield return new RepeatOp(Tensor.Randn([2, 3], rng), [1, 3]);
        yield return new RepeatOp(Tensor.Randn([2, 3, 2], rng), [2, 1, 2]);
        yield return new RepeatOp(Tensor.Randn([1], rng), [4]);
        yield return new RepeatOp(Tensor.Randn([2], rng), [0]);
        yield return new RepeatOp(Tensor.Randn([0, 3], rng), [2, 2]);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new RepeatOp(inputs[0], counts);

    private protected override int[] Source(int[] index) => [.. index.Select((i, d) => i % X.Shape[d])];

    private static int[]?[] Repeated(Tensor x, int[] counts)
    {
        if (counts.Length != x.Rank || counts.Any(count => count < 0))
            throw new ArgumentException(
                $"Repeat: [{string.Join(", ", counts)}] for {x.Shape}; give a count of 0 or more for each dimension, " +
                "new ones in front.");
        _ = Shape.Create([.. counts.Select((count, d) => (int)Math.Min((long)count * x.Shape[d], int.MaxValue))]);
        return Tables(x, [.. counts.Select((count, d) => (d, Table(x.Shape[d], count))).Where(t => counts[t.d] != 1)]);

        static int[] Table(int size, int count) => [.. Enumerable.Range(0, count * size).Select(i => i % size)];
    }
}

/// <summary>Gives tensors the operation <see cref="RepeatOp"/>.</summary>
public static class RepeatExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The tensor so many times along each dimension; more counts than dimensions add dimensions in front, fewer
        /// stand for the last ones: <c>torch.Tensor.repeat</c> and <c>torch.tile</c>. Copies, unlike Expand.
        /// </summary>
        /// <exception cref="ArgumentException">A count is negative.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f]).Repeat(2, 2);   // = [1, 2, 1, 2, 1, 2, 1, 2]
        /// </code></example>
        public Tensor Repeat(params ReadOnlySpan<int> counts)
        {
            int rank = Math.Max(x.Rank, counts.Length);
            int[] all = [.. Enumerable.Repeat(1, rank - counts.Length), .. counts];
            if (rank == 0)
                return x;
            return new RepeatOp(
                x.Reshape([.. Enumerable.Repeat(1, rank - x.Rank), .. x.Shape]), all).Apply();
        }
    }
}
