namespace Nabla.Learning.Training;

/// <summary>
/// Where a training run takes its batches from, epoch after epoch. What an epoch gives depends on its number only, so
/// that a resumed run sees what an uninterrupted one would have seen.
/// </summary>
/// <typeparam name="TBatch">What the loss function is given; it stays valid until the step is done.</typeparam>
public abstract class Batches<TBatch>
{
    /// <summary>Number of batches in every epoch; null if only the end of an epoch tells.</summary>
    public virtual int? PerEpoch => null;

    /// <summary>Whether the first epoch never ends.</summary>
    public virtual bool IsEndless => false;

    /// <summary>
    /// The batches of epoch <paramref name="epoch"/>, the first being 0, without the first
    /// <paramref name="skip"/>.
    /// </summary>
    public abstract IEnumerable<TBatch> Epoch(int epoch, long skip);
}

/// <summary>Makes <see cref="Batches{TBatch}"/> of what is at hand.</summary>
public static class Batches
{
    /// <summary>The same batches in the same order in every epoch.</summary>
    public static Batches<TBatch> Same<TBatch>(IEnumerable<TBatch> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return new Epochs<TBatch>(
            _ => batches, batches is IReadOnlyCollection<TBatch> { Count: var count } ? count : null);
    }

    /// <summary>The batches that a function makes for the number of the epoch, shuffled by that number say.</summary>
    /// <example><code>
    /// Batches&lt;int&gt; batches = Batches.ByEpoch(epoch =&gt; new[] { 10 * epoch, 10 * epoch + 1 }, perEpoch: 2);
    /// batches.Epoch(3, skip: 1).ToArray();                     // = [31]
    /// </code></example>
    /// <param name="epoch">The batches of epoch 0, 1, ….</param>
    /// <param name="perEpoch">How many there are, if known: then the end of an epoch is known before it.</param>
    public static Batches<TBatch> ByEpoch<TBatch>(Func<int, IEnumerable<TBatch>> epoch, int? perEpoch = null)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        if (perEpoch is { } number)
            Require.Positive(number, nameof(Batches), nameof(perEpoch));
        return new Epochs<TBatch>(epoch, perEpoch);
    }

    /// <summary>One epoch without end, whose n-th batch a function makes of n = 0, 1, 2, ….</summary>
    public static Batches<TBatch> Endless<TBatch>(Func<long, TBatch> at)
    {
        ArgumentNullException.ThrowIfNull(at);
        return new Stream<TBatch>(at);
    }

    private sealed class Epochs<TBatch>(Func<int, IEnumerable<TBatch>> epoch, int? perEpoch) : Batches<TBatch>
    {
        public override int? PerEpoch => perEpoch;

        public override IEnumerable<TBatch> Epoch(int number, long skip)
        {
            IEnumerable<TBatch> batches = epoch(number);
            for (; skip > int.MaxValue; skip -= int.MaxValue)
                batches = batches.Skip(int.MaxValue);
            return skip == 0 ? batches : batches.Skip((int)skip);
        }
    }

    private sealed class Stream<TBatch>(Func<long, TBatch> at) : Batches<TBatch>
    {
        public override bool IsEndless => true;

        public override IEnumerable<TBatch> Epoch(int epoch, long skip)
        {
            for (long n = skip; ; n++)
                yield return at(n);
        }
    }
}
