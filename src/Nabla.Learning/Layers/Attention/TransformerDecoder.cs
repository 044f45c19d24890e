using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>Layers of a transformer's decoder on one another; see <see cref="TransformerDecoderLayer"/>.</summary>
/// <example><code>
/// var decoder = new TransformerDecoder(8, heads: 2, layers: 3, new Rng(1));
/// decoder.Forward(Tensor.Zeros([4, 5, 8]), memory: Tensor.Zeros([4, 7, 8])).Shape.ToString();   // = "[4, 5, 8]"
/// </code></example>
[Formula("y = g(f(x, m), m)")]
public sealed class TransformerDecoder : Module
{
    /// <summary><paramref name="layers"/> layers for vectors of <paramref name="dim"/> numbers.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range, or the heads do not divide C.</exception>
    public TransformerDecoder(int dim, int heads, int layers, Rng rng, TransformerOptions? options = null)
    {
        Require.Positive(layers, nameof(TransformerDecoder));
        options = (options ?? new()).Validated(nameof(TransformerDecoder));
        Layers = [.. Enumerable.Range(0, layers).Select(_ => new TransformerDecoderLayer(dim, heads, rng, options))];
        Norm = options.FinalNorm ? new LayerNorm(dim, options.Epsilon) : null;
    }

    /// <summary>The layers, the first one reads the input.</summary>
    [StoredAs("layers")]
    public IReadOnlyList<TransformerDecoderLayer> Layers { get; }

    /// <summary>The norm at the end, if there is one.</summary>
    [StoredAs("norm")]
    public LayerNorm? Norm { get; }

    /// <summary>[B, T, C] and the memory [B, S, C] → [B, T, C]; random numbers are given in training only.</summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public Tensor Forward(
        Tensor x, Tensor memory, AttentionMask? mask = null, AttentionMask? memoryMask = null, Rng? rng = null)
    {
        foreach (TransformerDecoderLayer layer in Layers)
            x = layer.Forward(x, memory, mask, memoryMask, rng);
        return Norm?.Forward(x) ?? x;
    }
}
