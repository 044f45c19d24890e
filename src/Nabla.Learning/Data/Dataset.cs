using Nabla.Numerics;

namespace Nabla.Learning.Data;

/// <summary>
/// Examples that can be had in any order by their number, several at once. Safe for several threads to read.
/// </summary>
/// <typeparam name="TBatch">What several examples together are, such as <see cref="Batch"/>.</typeparam>
public abstract class Dataset<TBatch>
{
    /// <summary>Number of examples.</summary>
    public abstract int Count { get; }

    /// <summary>
    /// These examples, in this order. <paramref name="rng"/> is for what is drawn anew each time, such as how an image
    /// is flipped.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public abstract TBatch Gather(ReadOnlySpan<int> indices, Rng rng);

    /// <summary>The data set of these examples, in this order; one may occur several times.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public Dataset<TBatch> Subset(params ReadOnlySpan<int> indices)
    {
        foreach (int index in indices)
            if ((uint)index >= (uint)Count)
                throw new ArgumentOutOfRangeException(
                    nameof(indices), $"Dataset: there is no example {index}; there are {Count}, counted from 0.");
        return new Part(this, indices.ToArray());
    }

    /// <summary>
    /// The data set whose batches are what <paramref name="transform"/> makes of these, each time anew.
    /// </summary>
    public Dataset<TTo> Map<TTo>(Func<TBatch, Rng, TTo> transform) => new Mapped<TTo>(this, transform);

    private sealed class Part(Dataset<TBatch> whole, int[] places) : Dataset<TBatch>
    {
        public override int Count => places.Length;

        public override TBatch Gather(ReadOnlySpan<int> indices, Rng rng)
        {
            var inside = new int[indices.Length];
            for (int i = 0; i < inside.Length; i++)
                inside[i] = (uint)indices[i] < (uint)places.Length
                    ? places[indices[i]]
                    : throw new ArgumentOutOfRangeException(
                        nameof(indices), $"Dataset: there is no example {indices[i]}; there are {Count}.");
            return whole.Gather(inside, rng);
        }
    }

    private sealed class Mapped<TTo>(Dataset<TBatch> source, Func<TBatch, Rng, TTo> transform) : Dataset<TTo>
    {
        public override int Count => source.Count;

        public override TTo Gather(ReadOnlySpan<int> indices, Rng rng) => transform(source.Gather(indices, rng), rng);
    }
}
