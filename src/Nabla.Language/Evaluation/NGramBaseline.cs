using Nabla.Text.Corpora;
using Nabla.Text.Tokenizers;

namespace Nabla.Language.Evaluation;

/// <summary>What counting alone reaches: the number that a neural model has to beat.</summary>
/// <param name="Order">n: the last n − 1 tokens predict the next.</param>
/// <param name="Result">How well it predicts the text.</param>
public sealed record NGramBaseline(int Order, EvaluationResult Result)
{
    /// <summary>N-gram models (<see cref="NGramModel"/>) of several orders, trained on one text and measured on another.</summary>
    /// <param name="tokenizer">The tokenizer of both texts.</param>
    /// <param name="training">The text that is counted.</param>
    /// <param name="heldOut">The text that is predicted, not empty.</param>
    /// <param name="orders">The orders, 1 to 16 each.</param>
    /// <param name="cancellation">Looked at before every order.</param>
    /// <exception cref="ArgumentException">A text is empty, or an order is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<NGramBaseline> Measure(
        Tokenizer tokenizer, ReadOnlySpan<int> training, ReadOnlySpan<int> heldOut, IEnumerable<int> orders,
        CancellationToken cancellation = default)
    {
        var baselines = new List<NGramBaseline>();
        foreach (int order in orders)
        {
            cancellation.ThrowIfCancellationRequested();
            double nats = NGramModel.Train(training, order, tokenizer.VocabularySize).NatsPerToken(heldOut);
            baselines.Add(new NGramBaseline(order, new EvaluationResult(nats, heldOut.Length, tokenizer.CountBytes(heldOut))));
        }
        return baselines;
    }
}
