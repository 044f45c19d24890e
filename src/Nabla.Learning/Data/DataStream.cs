using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Nabla.Numerics;

namespace Nabla.Learning.Data;

/// <summary>What can be done with a sequence that is read once.</summary>
public static class DataStream
{
    /// <summary>
    /// The items in another order: a buffer of so many is filled, and each next item is drawn from it at random, while
    /// one from the source takes its place. With a buffer as large as the source every order is as likely.
    /// </summary>
    /// <example><code>
    /// Enumerable.Range(0, 6).ShuffledWithin(1, new Rng(1));              // = [0, 1, 2, 3, 4, 5]
    /// Enumerable.Range(0, 6).ShuffledWithin(3, new Rng(1)).Order();      // = [0, 1, 2, 3, 4, 5]
    /// </code></example>
    /// <exception cref="ArgumentOutOfRangeException">The buffer is not positive.</exception>
    public static IEnumerable<T> ShuffledWithin<T>(this IEnumerable<T> source, int buffer, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(source);
        Require.Positive(buffer, nameof(ShuffledWithin));
        return Draw(source, buffer, rng.Copy());

        static IEnumerable<T> Draw(IEnumerable<T> source, int buffer, Rng start)
        {
            Rng rng = start.Copy(); // each reading from the beginning gives the same order
            var waiting = new List<T>();
            foreach (T item in source)
            {
                if (waiting.Count < buffer)
                {
                    waiting.Add(item);
                    continue;
                }
                int place = rng.NextInt(buffer);
                T drawn = waiting[place];
                waiting[place] = item;
                yield return drawn;
            }
            T[] rest = [.. waiting];
            rng.Shuffle<T>(rest);
            foreach (T item in rest)
                yield return item;
        }
    }

    /// <summary>
    /// The same items, of which a thread of its own makes up to <paramref name="capacity"/> ahead. What the source
    /// throws is thrown here, when its place comes; who stops reading stops the thread.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IEnumerable<T> Prefetched<T>(
        this IEnumerable<T> source, int capacity, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        Require.Positive(capacity, nameof(Prefetched));
        return Ahead(source, capacity, cancellation);

        static IEnumerable<T> Ahead(IEnumerable<T> source, int capacity, CancellationToken cancellation)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using var ready = new BlockingCollection<T>(capacity);
            Task<ExceptionDispatchInfo?> producer = Task.Factory.StartNew(
                () => Produce(source, ready, stop.Token),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            try
            {
                foreach (T item in ready.GetConsumingEnumerable(stop.Token))
                    yield return item;
                producer.GetAwaiter().GetResult()?.Throw();
            }
            finally
            {
                stop.Cancel();
                producer.GetAwaiter().GetResult();
            }
        }
    }

    private static ExceptionDispatchInfo? Produce<T>(
        IEnumerable<T> source, BlockingCollection<T> ready, CancellationToken stop)
    {
        try
        {
            foreach (T item in source)
                ready.Add(item, stop);
            return null;
        }
        catch (Exception error)
        {
            return ExceptionDispatchInfo.Capture(error);
        }
        finally
        {
            ready.CompleteAdding();
        }
    }
}
