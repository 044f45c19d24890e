using Nabla.Tensors;

namespace Nabla.Learning.Training;

/// <summary>What a model reaches on data that it does not learn from.</summary>
/// <param name="Loss">The mean loss of an example.</param>
public sealed record Validation(double Loss)
{
    /// <summary>Share of the examples that were right, in [0, 1]; null where right and wrong mean nothing.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Other numbers, by their names in <c>metrics.jsonl</c>.</summary>
    public IReadOnlyDictionary<string, double> More { get; init; } =
        new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>
    /// The mean over all examples of all batches: Σ nᵢ·Lᵢ / Σ nᵢ for batches of nᵢ examples with mean loss Lᵢ. Nothing
    /// is recorded for differentiation, and each batch's tensors are given back.
    /// </summary>
    /// <example><code>
    /// Validation v = Validation.Over([2f, 5f], x =&gt; new BatchScore(x, Examples: (int)x), default);
    /// v.Loss;                                                  // = 4.142857
    /// (2.0 * 2 + 5 * 5) / (2 + 5);                             // = 4.142857
    /// </code></example>
    /// <param name="batches">The batches, each looked at once.</param>
    /// <param name="score">The score of a batch.</param>
    /// <param name="cancellation">Ends it between two batches.</param>
    /// <exception cref="TrainingException">There is no example.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Validation Over<TBatch>(
        IEnumerable<TBatch> batches, Func<TBatch, BatchScore> score, CancellationToken cancellation = default)
    {
        double loss = 0;
        long examples = 0, right = 0;
        bool counted = true;
        foreach (TBatch batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            using TensorScope scope = TensorScope.Inference();
            BatchScore one = score(batch);
            loss += one.Loss * one.Examples;
            examples += one.Examples;
            right += one.Right ?? 0;
            counted &= one.Right is not null;
        }
        if (examples == 0)
            throw new TrainingException(
                "Validation: there is no example to look at. Give it at least one batch, or no validation.");
        return new Validation(loss / examples) { Accuracy = counted ? (double)right / examples : null };
    }
}

/// <summary>What a model reaches on one batch.</summary>
/// <param name="Loss">The mean loss of its examples.</param>
/// <param name="Examples">How many there are.</param>
/// <param name="Right">How many were right; null where right and wrong mean nothing.</param>
public readonly record struct BatchScore(double Loss, int Examples, int? Right = null);
