namespace Nabla.Learning.Training;

/// <summary>Takes the batches of a run in order, and knows when an epoch has ended.</summary>
internal sealed class BatchReader<TBatch>(Batches<TBatch> batches) : IDisposable
{
    private IEnumerator<TBatch>? epoch;
    private bool ahead; // whether the enumerator already stands on the next batch
    private long taken; // batches of this epoch

    /// <summary>Goes to a place; the epoch is opened when its first batch is asked for.</summary>
    public void Seek(TrainingPosition position)
    {
        Dispose();
        taken = position.Batch;
        epoch = batches.Epoch(position.Epoch, position.Batch).GetEnumerator();
    }

    /// <summary>Takes at most <paramref name="most"/> batches of this epoch; none if it has ended.</summary>
    public void Take(int most, List<TBatch> into)
    {
        into.Clear();
        while (into.Count < most && Advance())
        {
            into.Add(epoch!.Current);
            ahead = false;
            taken++;
        }
    }

    /// <summary>Whether the epoch has no more batches; looks one ahead where nothing else tells.</summary>
    public bool AtEnd => !batches.IsEndless && (batches.PerEpoch is { } all ? taken >= all : !Advance());

    public void Dispose()
    {
        epoch?.Dispose();
        (epoch, ahead) = (null, false);
    }

    private bool Advance() => ahead || (ahead = epoch!.MoveNext());
}
