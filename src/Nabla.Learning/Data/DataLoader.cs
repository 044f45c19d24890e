using Nabla.Learning.Training;
using Nabla.Numerics;

namespace Nabla.Learning.Data;

/// <summary>Settings of a <see cref="DataLoader{TBatch}"/> or <see cref="StreamLoader{TItem, TBatch}"/>.</summary>
public sealed record LoaderOptions
{
    /// <summary>Examples in a batch, positive.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Whether each epoch has its own order.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Examples of a stream from which the next is drawn, positive; a data set is always shuffled as a whole.
    /// </summary>
    public int ShuffleBuffer { get; init; } = 10_000;

    /// <summary>Whether a last batch with fewer examples is left out.</summary>
    public bool DropLast { get; init; }

    /// <summary>Batches that a thread of their own makes ahead, 0 for none.</summary>
    public int Prefetch { get; init; } = 2;

    internal LoaderOptions Validated(string owner)
    {
        Require.Positive(BatchSize, owner, nameof(BatchSize));
        Require.Positive(ShuffleBuffer, owner, nameof(ShuffleBuffer));
        Require.NotNegative(Prefetch, owner, nameof(Prefetch));
        return this;
    }
}

/// <summary>
/// Batches of a data set, epoch after epoch. The order of epoch e is a permutation drawn from <c>rng.Fork(e)</c>, and
/// what batch b draws for itself comes from <c>rng.Fork(e).Fork(b)</c>: so any batch of any epoch can be had again,
/// with the same bits, without those before it.
/// </summary>
/// <example><code>
/// var data = new TensorData(new Tensor([0f, 1, 2, 3, 4], [5, 1]), Tensor.Zeros([5, 1]));
/// var loader = new DataLoader&lt;Batch&gt;(data, new() { BatchSize = 2 }, new Rng(1));
/// loader.PerEpoch!.Value;                                              // = 3
/// loader.Epoch(0, 0).Sum(batch =&gt; batch.Inputs.ToArray().Sum());       // = 10
/// </code></example>
public sealed class DataLoader<TBatch> : Batches<TBatch>
{
    private readonly Dataset<TBatch> data;
    private readonly LoaderOptions options;
    private readonly Rng rng;

    /// <summary>A loader of this data set.</summary>
    /// <exception cref="ArgumentException">The data set is empty, or not a whole batch when all must be.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public DataLoader(Dataset<TBatch> data, LoaderOptions options, Rng rng)
    {
        (this.data, this.options, this.rng) = (data, options.Validated("DataLoader"), rng.Copy());
        if (Number == 0)
            throw new ArgumentException($"DataLoader: {data.Count} examples make no batch of {options.BatchSize}"
                + $"{(options.DropLast ? " when smaller ones are dropped" : "")}. Give more data or a smaller batch.");
    }

    /// <summary>Number of batches in every epoch.</summary>
    public override int? PerEpoch => Number;

    private int Number => options.DropLast
        ? data.Count / options.BatchSize
        : (int)(((long)data.Count + options.BatchSize - 1) / options.BatchSize);

    /// <summary>The order in which epoch <paramref name="epoch"/> takes the examples.</summary>
    public int[] Order(int epoch)
    {
        int[] order = [.. Enumerable.Range(0, data.Count)];
        if (options.Shuffle)
            rng.Fork(epoch).Shuffle<int>(order);
        return order;
    }

    /// <summary>The batches of an epoch, the first being 0, without the first <paramref name="skip"/>.</summary>
    public override IEnumerable<TBatch> Epoch(int epoch, long skip) => Epoch(epoch, skip, CancellationToken.None);

    /// <summary>The same, until it is cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<TBatch> Epoch(int epoch, long skip, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        IEnumerable<TBatch> batches = Gathered(epoch, (int)Math.Min(skip, Number), cancellation);
        return options.Prefetch > 0 ? batches.Prefetched(options.Prefetch, cancellation) : batches;
    }

    private IEnumerable<TBatch> Gathered(int epoch, int first, CancellationToken cancellation)
    {
        int[] order = Order(epoch);
        Rng draws = rng.Fork(epoch);
        for (int batch = first; batch < Number; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            int at = batch * options.BatchSize;
            yield return data.Gather(
                order.AsSpan(at, Math.Min(options.BatchSize, order.Length - at)), draws.Fork(batch));
        }
    }
}
