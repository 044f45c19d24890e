namespace Nabla.Text.Corpora;

/// <summary>How an <see cref="NGramModel"/> shares probability between what it saw and what it did not.</summary>
public enum NGramSmoothing
{
    /// <summary>
    /// Interpolated modified Kneser–Ney, the strongest of the classical ones (Chen and Goodman 1998, TR-10-98,
    /// eq. 24–27). The a are counts at the highest order, and below it the number of different tokens seen before the
    /// n-gram; D takes D₁, D₂ or D₃ from a count of 1, 2 or more, and b(c)·Σ a(c·) is all that was taken.
    /// </summary>
    ModifiedKneserNey,

    /// <summary>
    /// Interpolated Witten–Bell (Witten and Bell 1991, method C): the a are counts, D = 0, and to Σ a(c·) is added the
    /// number of different tokens that followed c, which is b(c)'s share.
    /// </summary>
    WittenBell,
}

/// <summary>
/// An n-gram model: the baseline that a neural model has to beat. With c the n − 1 tokens before w and c′ the same
/// without the first, <c>p(w|c) = (a(cw) − D(a(cw)))/Σ a(c·) + b(c)·p(w|c′)</c>; <see cref="NGramSmoothing"/> says what
/// a, D and b are. The last to be asked is the uniform distribution, so no token of the vocabulary is impossible.
/// </summary>
public sealed class NGramModel
{
    private readonly NGramTrie trie;
    private readonly double[,] discounts; // by order and count: 1, 2, 3 or more
    private readonly double[] total;      // of a node as context: Σ a(c·), with Witten–Bell's addition
    private readonly double[] freed;      // of a node as context: b(c)·total

    private NGramModel(NGramTrie trie, int order, int vocabularySize, NGramSmoothing smoothing)
    {
        this.trie = trie;
        Order = order;
        VocabularySize = vocabularySize;
        bool isWittenBell = smoothing == NGramSmoothing.WittenBell;
        discounts = isWittenBell ? new double[order + 1, 4] : Discounts(trie, order);
        total = new double[trie.Count];
        freed = new double[trie.Count];
        for (int node = 1; node < trie.Count; node++)
        {
            total[trie.Parent(node)] += trie.Adjusted(node) + (isWittenBell ? 1 : 0);
            freed[trie.Parent(node)] += isWittenBell ? 1 : Discount(node);
        }
    }

    /// <summary>n: the model looks at n − 1 tokens to predict the next.</summary>
    public int Order { get; }

    /// <summary>The number of tokens; ids are 0 … <c>VocabularySize − 1</c>.</summary>
    public int VocabularySize { get; }

    /// <summary>Counts the n-grams of a text.</summary>
    /// <param name="ids">The text as tokens, or as bytes.</param>
    /// <param name="order">n, 1 to 16.</param>
    /// <param name="vocabularySize">The number of different ids there can be.</param>
    /// <param name="smoothing">How the orders are combined.</param>
    /// <exception cref="ArgumentException">The text is empty, or an argument or id is out of its range.</exception>
    public static NGramModel Train(
        ReadOnlySpan<int> ids,
        int order,
        int vocabularySize,
        NGramSmoothing smoothing = NGramSmoothing.ModifiedKneserNey)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(order);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, 16);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(vocabularySize);
        if (ids.IsEmpty)
            throw new ArgumentException("NGramModel: there is no text to count. Give at least one token.", nameof(ids));
        var trie = new NGramTrie(order, countsOccurrences: smoothing == NGramSmoothing.WittenBell);
        Span<int> path = stackalloc int[order];
        path.Clear();
        for (int i = 0; i < ids.Length; i++)
        {
            Require(ids[i], vocabularySize);
            trie.Add(path, Math.Min(order, i + 1), ids[i]);
        }
        return new NGramModel(trie, order, vocabularySize, smoothing);
    }

    /// <summary>
    /// The mean of −ln p(token | tokens before it) over a text, in nats; divide by ln 2 and the bytes a token for bits
    /// per byte. The first tokens have what is before them as context, no more.
    /// </summary>
    /// <exception cref="ArgumentException">The text is empty, or an id is not in the vocabulary.</exception>
    public double NatsPerToken(ReadOnlySpan<int> ids)
    {
        if (ids.IsEmpty)
            throw new ArgumentException("NGramModel: there is no text to score. Give at least one token.", nameof(ids));
        Span<int> path = stackalloc int[Order];
        path.Fill(-1);
        path[0] = 0;
        double nats = 0;
        foreach (int id in ids)
            nats -= Math.Log(Step(path, id));
        return nats / ids.Length;
    }

    /// <summary>
    /// p(token | context) for every token of the vocabulary; they add up to 1. Only the last n − 1 tokens of the
    /// context matter.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// <paramref name="probabilities"/> has not one place a token, or an id is not in the vocabulary.
    /// </exception>
    public void Probabilities(ReadOnlySpan<int> context, Span<double> probabilities)
    {
        if (probabilities.Length != VocabularySize)
            throw new ArgumentException(
                $"NGramModel: {probabilities.Length} places for {VocabularySize} probabilities.",
                nameof(probabilities));
        Span<int> path = stackalloc int[Order];
        Span<int> scratch = stackalloc int[Order];
        path.Fill(-1);
        path[0] = 0;
        foreach (int id in context[Math.Max(0, context.Length - (Order - 1))..])
            Step(path, id);
        for (int id = 0; id < VocabularySize; id++)
        {
            path.CopyTo(scratch);
            probabilities[id] = Step(scratch, id);
        }
    }

    // p(token | context), and the context moved on by the token; −1 in the path: not in the training text.
    private double Step(Span<int> path, int token)
    {
        Require(token, VocabularySize);
        double p = 1.0 / VocabularySize;
        int shorter = 0;
        for (int k = 0; k < Order; k++)
        {
            int context = path[k];
            path[k] = shorter;
            shorter = context < 0 ? -1 : trie.Child(context, token);
            if (context < 0 || total[context] == 0) // never seen, or only at the very end of the training text
                continue;
            double seen = shorter < 0 ? 0 : trie.Adjusted(shorter) - Discount(shorter);
            p = (seen + freed[context] * p) / total[context];
        }
        return p;
    }

    private double Discount(int node) => discounts[trie.Depth(node), Math.Min(3, trie.Adjusted(node))];

    // Chen and Goodman, eq. 26: D(k) = k − (k + 1)·Y·n(k+1)/n(k), Y = n(1)/(n(1) + 2·n(2)), n(k): n-grams with count k.
    private static double[,] Discounts(NGramTrie trie, int order)
    {
        var n = new long[order + 1, 5];
        for (int node = 1; node < trie.Count; node++)
            if (trie.Adjusted(node) is >= 1 and <= 4 and int count)
                n[trie.Depth(node), count]++;
        var result = new double[order + 1, 4];
        for (int depth = 1; depth <= order; depth++)
        {
            double y = n[depth, 1] / (double)(n[depth, 1] + 2 * n[depth, 2]);
            for (int k = 1; k <= 3; k++)
            {
                double discount = k - (k + 1) * y * n[depth, k + 1] / n[depth, k];
                // A few tokens that are all frequent have no such statistics; half a count, as KenLM falls back to.
                result[depth, k] = discount > 0 ? discount : 0.5 * k;
            }
        }
        return result;
    }

    private static void Require(int id, int vocabularySize)
    {
        if ((uint)id >= (uint)vocabularySize)
            throw new ArgumentOutOfRangeException(
                nameof(id), $"NGramModel: token {id} is not in the vocabulary of 0 … {vocabularySize - 1}.");
    }
}
