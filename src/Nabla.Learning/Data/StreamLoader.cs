using Nabla.Learning.Training;
using Nabla.Numerics;

namespace Nabla.Learning.Data;

/// <summary>
/// Batches of a stream that is too large to be held, such as the lines of a file: items go through a shuffle buffer,
/// which draws from <c>rng.Fork(epoch)</c>. To go on in the middle of an epoch it reads the stream again up to there
/// and makes no batches of what it skips, so it arrives at the same bits.
/// </summary>
/// <example><code>
/// var loader = new StreamLoader&lt;int, int&gt;(_ =&gt; Enumerable.Range(0, 10), items =&gt; items.Sum(),
///     new() { BatchSize = 4, ShuffleBuffer = 5 }, new Rng(1));
/// loader.Epoch(0, 0).Count();      // = 3
/// loader.Epoch(0, 0).Sum();        // = 45
/// </code></example>
/// <typeparam name="TItem">What the stream gives.</typeparam>
/// <typeparam name="TBatch">What several of them make.</typeparam>
public sealed class StreamLoader<TItem, TBatch> : Batches<TBatch>
{
    private readonly Func<int, IEnumerable<TItem>> open;
    private readonly Func<IReadOnlyList<TItem>, TBatch> collate;
    private readonly LoaderOptions options;
    private readonly Rng rng;

    /// <summary>A loader of the stream that <paramref name="open"/> begins for each epoch.</summary>
    /// <param name="open">The items of epoch 0, 1, …, from their beginning.</param>
    /// <param name="collate">Makes a batch of items.</param>
    /// <param name="options">The settings.</param>
    /// <param name="rng">For the shuffle buffer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public StreamLoader(Func<int, IEnumerable<TItem>> open, Func<IReadOnlyList<TItem>, TBatch> collate,
        LoaderOptions options, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(collate);
        (this.open, this.collate) = (open, collate);
        (this.options, this.rng) = (options.Validated("StreamLoader"), rng.Copy());
    }

    /// <summary>The batches of an epoch, the first being 0, without the first <paramref name="skip"/>.</summary>
    public override IEnumerable<TBatch> Epoch(int epoch, long skip) => Epoch(epoch, skip, CancellationToken.None);

    /// <summary>The same, until it is cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<TBatch> Epoch(int epoch, long skip, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        IEnumerable<TBatch> batches = Collated(epoch, skip, cancellation);
        return options.Prefetch > 0 ? batches.Prefetched(options.Prefetch, cancellation) : batches;
    }

    private IEnumerable<TBatch> Collated(int epoch, long skip, CancellationToken cancellation)
    {
        IEnumerable<TItem> items = open(epoch);
        if (options.Shuffle)
            items = items.ShuffledWithin(options.ShuffleBuffer, rng.Fork(epoch));
        foreach (TItem[] batch in items.Chunk(options.BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            if (skip-- > 0 || (options.DropLast && batch.Length < options.BatchSize))
                continue;
            yield return collate(batch);
        }
    }
}
