using Nabla.Numerics;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>Elements by their place in row-major order: y[i] = x[place[i]], as <c>torch.take</c>.</summary>
public sealed class TakeOp : Rearrangement, ISampledOp
{
    private readonly SavedNumbers<int> places;
    private readonly Shape shape;

    internal TakeOp(Tensor x, ReadOnlySpan<int> places, Shape shape) : base(x)
    {
        if (places.Length != shape.ElementCount)
            throw new ArgumentException($"Take: {places.Length} places do not fill shape {shape}.");
        for (int i = 0; i < places.Length; i++)
            if ((uint)places[i] >= (uint)x.Count)
                throw new ArgumentOutOfRangeException(
                    nameof(places),
                    $"Take: place {places[i]} at {i} is not in 0 … {x.Count - 1}, the elements of {x.Shape}.");
        (this.places, this.shape) = (Save(places), shape);
    }

    /// <inheritdoc/>
    public override string Formula => "y_i = x_{p_i}";

    private protected override Shape Result => shape;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new TakeOp(Tensor.Randn([3, 4], rng), [11, 0, 0, 5], [2, 2]);
        yield return new TakeOp(Tensor.Randn([1], rng), [0, 0], [2]);
        yield return new TakeOp(Tensor.Randn([0], rng), [], [0]);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new TakeOp(inputs[0], places.Span, shape);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        int at = 0;
        return NdArray<V>.Build(shape, _ => inputs[0].Values[places.Span[at++]]);
    }

    private protected override void Locate(Span<int> sources) => places.Span.CopyTo(sources);
}

/// <summary>Gives tensors the operation <see cref="TakeOp"/>.</summary>
public static class TakeExtensions
{
    extension(Tensor x)
    {
        /// <summary>The elements at these places of the row-major order, as <paramref name="shape"/>.</summary>
        /// <exception cref="ArgumentException">The places do not fill the shape.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A place is not in 0 … Count − 1.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [2, 2]).Take([3, 0], [2]);   // = [4, 1]
        /// </code></example>
        public Tensor Take(ReadOnlySpan<int> places, Shape shape) => new TakeOp(x, places, shape).Apply();
    }
}
