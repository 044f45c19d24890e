using System.Text;
using Nabla.Text.Corpora;

namespace Nabla.Language.Evaluation;

/// <summary>
/// What counting alone reaches: the number that a neural model has to beat. The counting is over bytes, whatever the
/// tokenizer of the model beside it.
/// </summary>
/// <param name="Order">n: the last n − 1 bytes predict the next.</param>
/// <param name="Result">How well it predicts the text; its tokens are bytes.</param>
public sealed record NGramBaseline(int Order, EvaluationResult Result)
{
    private const int ByteValues = 256;

    /// <summary>
    /// N-gram models (<see cref="NGramModel"/>) of several orders, trained on one text and measured on another.
    /// </summary>
    /// <param name="training">The text that is counted.</param>
    /// <param name="heldOut">The text that is predicted, not empty.</param>
    /// <param name="orders">The orders, 1 to 16 each.</param>
    /// <param name="cancellation">Looked at before every order.</param>
    /// <exception cref="ArgumentException">A text is empty, or an order is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<NGramBaseline> Measure(
        string training, string heldOut, IEnumerable<int> orders, CancellationToken cancellation = default)
    {
        int[] counted = Bytes(training), predicted = Bytes(heldOut);
        var baselines = new List<NGramBaseline>();
        foreach (int order in orders)
        {
            cancellation.ThrowIfCancellationRequested();
            double nats = NGramModel.Train(counted, order, ByteValues).NatsPerToken(predicted);
            baselines.Add(new NGramBaseline(order, new EvaluationResult(nats, predicted.Length, predicted.Length)));
        }
        return baselines;
    }

    private static int[] Bytes(string text) => Array.ConvertAll(Encoding.UTF8.GetBytes(text), value => (int)value);
}
