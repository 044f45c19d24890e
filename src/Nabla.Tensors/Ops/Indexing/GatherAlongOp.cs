using Nabla.Numerics;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Elements of the lines along any dimension: y[i, j, k] = x[i, index[i, j, k], k], here along dimension 1, as
/// <c>torch.gather</c>. dL/dx gets each dy added where its number came from.
/// </summary>
public sealed class GatherAlongOp : Rearrangement, ISampledOp
{
    private readonly int dim;
    private readonly SavedNumbers<int> indices;
    private readonly Shape shape;

    internal GatherAlongOp(Tensor x, int dim, ReadOnlySpan<int> indices, Shape shape) : base(x)
    {
        LinePlaces.Check("Gather", x.Shape, dim, indices, shape);
        (this.dim, this.indices, this.shape) = (x.Shape.Dimension(dim, "Gather"), Save(indices), shape);
    }

    /// <inheritdoc/>
    public override string Formula => "y_i = x_{p_i}";

    private protected override Shape Result => shape;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new GatherAlongOp(Tensor.Randn([3, 4], rng), 1, [3, 0, 0, 1, 2, 2], [3, 2]);
        yield return new GatherAlongOp(Tensor.Randn([3, 4], rng), 0, [2, 0, 0, 1, 2, 1], [2, 3]);
        yield return new GatherAlongOp(Tensor.Randn([2, 3, 2], rng), 1, [2, 0, 0, 1, 1, 1, 2, 2], [2, 2, 2]);
        yield return new GatherAlongOp(Tensor.Randn([1], rng), 0, [0, 0, 0], [3]);
        yield return new GatherAlongOp(Tensor.Randn([0, 3], rng), 1, [], [0, 2]);
        yield return new GatherAlongOp(Tensor.Randn([2, 3], rng), 1, [], [2, 0]);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new GatherAlongOp(inputs[0], dim, indices.Span, shape);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        int at = 0;
        return NdArray<V>.Build(shape, index => inputs[0][LinePlaces.Of(index, dim, indices.Span[at++])]);
    }

    private protected override void Locate(Span<int> sources) =>
        LinePlaces.Locate(X.Shape, dim, indices.Span, shape, sources);
}

/// <summary>Gives tensors the operation <see cref="GatherAlongOp"/>.</summary>
public static class GatherAlongExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// y[i, j, k] = x[i, index[i, j, k], k] (along dimension 1), of the indices' shape: <c>torch.gather</c>.
        /// </summary>
        /// <exception cref="ArgumentException">The indices' shape does not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index is not in 0 … size − 1.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [2, 2]).Gather(1, [1, 1, 0, 0], [2, 2]);   // = [2, 2, 3, 3]
        /// </code></example>
        public Tensor Gather(int dim, ReadOnlySpan<int> indices, Shape shape) =>
            new GatherAlongOp(x, dim, indices, shape).Apply();
    }
}
