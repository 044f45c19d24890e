using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>Which positions are hidden in a transformer's three kinds of attention.</summary>
public sealed record TransformerMasks
{
    /// <summary>Of the encoder's input, from itself.</summary>
    public AttentionMask? Source { get; init; }

    /// <summary>Of the decoder's input, from itself: usually <see cref="AttentionMask.Past"/>.</summary>
    public AttentionMask? Target { get; init; }

    /// <summary>Of the encoder's result, from the decoder: the source's padding again.</summary>
    public AttentionMask? Memory { get; init; }
}

/// <summary>
/// Encoder and decoder: what the decoder makes of its input and of the encoder's result. Both end with a layer norm,
/// as in PyTorch. Vaswani et al. 2017, arXiv:1706.03762.
/// </summary>
/// <example><code>
/// var model = new Transformer(8, heads: 2, (Encoder: 1, Decoder: 1), new Rng(1), new() { FeedForward = 16 });
/// model.Forward(Tensor.Zeros([4, 5, 8]), Tensor.Zeros([4, 3, 8])).Shape.ToString();   // = "[4, 3, 8]"
/// </code></example>
[Formula("y = g(x, f(s))")]
public sealed class Transformer : Module
{
    /// <summary>Stacks of layers for vectors of <paramref name="dim"/> numbers.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range, or the heads do not divide C.</exception>
    public Transformer(
        int dim, int heads, (int Encoder, int Decoder) layers, Rng rng, TransformerOptions? options = null)
    {
        options = (options ?? new()) with { FinalNorm = true };
        Encoder = new(dim, heads, layers.Encoder, rng, options);
        Decoder = new(dim, heads, layers.Decoder, rng, options);
    }

    /// <summary>Reads the source.</summary>
    [StoredAs("encoder")]
    public TransformerEncoder Encoder { get; }

    /// <summary>Reads the target and the encoder's result.</summary>
    [StoredAs("decoder")]
    public TransformerDecoder Decoder { get; }

    /// <summary>Source [B, S, C] and target [B, T, C] → [B, T, C]; random numbers are given in training only.</summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public Tensor Forward(Tensor source, Tensor target, TransformerMasks? masks = null, Rng? rng = null) =>
        Decoder.Forward(target, Encoder.Forward(source, masks?.Source, rng), masks?.Target, masks?.Memory, rng);
}
