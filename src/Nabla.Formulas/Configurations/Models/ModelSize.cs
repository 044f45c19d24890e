namespace Nabla.Formulas.Configurations.Models;

/// <summary>What a configuration says of a model's size.</summary>
/// <param name="Family">The architecture: <c>llama</c>, <c>gpt2</c>.</param>
/// <param name="Weights">Every weight.</param>
/// <param name="Cache">What is kept for each token that has been read.</param>
public sealed record ModelSize(string Family, IReadOnlyList<WeightMatrix> Weights, KeyValueCacheSize Cache)
{
    /// <summary>The longest text that it was made for, in tokens; 0 where nothing says.</summary>
    public long Context { get; init; }

    /// <summary>Width of the attention's scores: heads × size of a head, summed over layers; for the FLOPs.</summary>
    public Int128 AttentionWidth { get; init; }

    /// <summary>Whether the output layer is the embedding, so that its numbers are multiplied with as well.</summary>
    public Int128 TiedOutput { get; init; }

    /// <summary>Whether each token attends to all, also to those behind it, as in an encoder.</summary>
    public bool SeesAll { get; init; }

    /// <summary>What is odd or assumed.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Numbers in the model: Σ rows × columns.</summary>
    public Int128 Parameters => Weights.Aggregate((Int128)0, (sum, weight) => sum + weight.Parameters);

    /// <summary>Numbers that one token passes through: fewer than all where experts are chosen.</summary>
    public Int128 ActiveParameters => Weights.Aggregate((Int128)0,
        (sum, weight) => sum + (Int128)weight.Rows * weight.Columns * weight.Active);

    /// <summary>Numbers in matrices that one token is multiplied with, the output layer among them.</summary>
    public Int128 Multiplied => TiedOutput + Weights.Where(weight => weight.IsMultiplied)
        .Aggregate((Int128)0, (sum, weight) => sum + (Int128)weight.Rows * weight.Columns * weight.Active);

    /// <summary>
    /// Floating-point operations to read or write one token: 2 for each number in the matrices (a product and a sum),
    /// and 4·width for each earlier token (scores, and the mean of values).
    /// </summary>
    /// <param name="position">How many tokens are attended to.</param>
    public double ForwardFlops(long position) => 2 * (double)Multiplied + 4.0 * (double)AttentionWidth * position;

    /// <summary>
    /// Floating-point operations to train on one token: three times forward, of which attention looks at half of the
    /// context on average, where it looks only back. Kaplan et al. 2020, arXiv:2001.08361, section 2.1 (6N);
    /// Chowdhery et al. 2022, arXiv:2204.02311, appendix B (with attention).
    /// </summary>
    /// <param name="context">The length of a training text in tokens.</param>
    public double TrainingFlops(long context) => 3 * ForwardFlops(SeesAll ? context : context / 2);

    /// <summary>Bytes of the weights at so many bits a number.</summary>
    public double WeightBytes(double bits) => (double)Parameters * bits / 8;
}

/// <summary>What a model keeps of every token that it has read, so that it need not read it again.</summary>
/// <param name="NumbersPerToken">Numbers: 2 · layers · key-value heads · size of a head.</param>
/// <param name="Formula">How it comes about.</param>
public sealed record KeyValueCacheSize(Int128 NumbersPerToken, string Formula)
{
    /// <summary>Of a model that does not write token after token.</summary>
    public static KeyValueCacheSize None { get; } = new(0, "");

    /// <summary>Bytes of a text of so many tokens at so many bits a number.</summary>
    public double Bytes(long tokens, double bits) => (double)NumbersPerToken * tokens * bits / 8;
}
