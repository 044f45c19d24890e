using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>Dimensions the other way round: y[…, i, …] = x[…, n − 1 − i, …] for each that is named.</summary>
public sealed class FlipOp : DimensionMaps, ISampledOp
{
    private readonly int[] dims;

    internal FlipOp(Tensor x, int[] dims) : base(x, Flipped(x, dims)) =>
        this.dims = [.. dims.Select(dim => x.Shape.Dimension(dim, "Flip"))];

    /// <inheritdoc/>
    public override string Formula => "y_i = x_{n + 1 − i}";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        dims is [var dim] ? Along(dim, result) : [];

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new FlipOp(Tensor.Randn([2, 5], rng), [1]);
        yield return new FlipOp(Tensor.Randn([4, 3, 2], rng), [0, -1]);
        yield return new FlipOp(Tensor.Randn([4, 3, 2], rng), [1]);
        yield return new FlipOp(Tensor.Randn([1], rng), [0]);
        yield return new FlipOp(Tensor.Randn([0, 3], rng), [0]);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new FlipOp(inputs[0], dims);

    private protected override int[] Source(int[] index) =>
        [.. index.Select((i, d) => dims.Contains(d) ? X.Shape[d] - 1 - i : i)];

    private static int[]?[] Flipped(Tensor x, int[] dims)
    {
        var changed = new List<(int, int[])>();
        foreach (int dim in dims)
        {
            int d = x.Shape.Dimension(dim, "Flip");
            if (changed.Exists(other => other.Item1 == d))
                throw new ArgumentException($"Flip: dimension {dim} of {x.Shape} is named twice; name each once.");
            changed.Add((d, [.. Enumerable.Range(0, x.Shape[d]).Reverse()]));
        }
        return Tables(x, [.. changed]);
    }
}

/// <summary>Gives tensors the operation <see cref="FlipOp"/>.</summary>
public static class FlipExtensions
{
    extension(Tensor x)
    {
        /// <summary>The order of the elements reversed along each of these dimensions.</summary>
        /// <exception cref="ArgumentException">A dimension does not exist, or is named twice.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f]).Flip(0);   // = [3, 2, 1]
        /// </code></example>
        public Tensor Flip(params ReadOnlySpan<int> dims) =>
            x.Rank == 0 && dims.IsEmpty ? x : new FlipOp(x, dims.ToArray()).Apply();
    }
}
