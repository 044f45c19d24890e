using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>Layers of a transformer's encoder on one another; see <see cref="TransformerEncoderLayer"/>.</summary>
/// <example><code>
/// var encoder = new TransformerEncoder(8, heads: 2, layers: 3, new Rng(1), new() { FinalNorm = true });
/// encoder.Forward(Tensor.Zeros([4, 5, 8])).Shape.ToString();   // = "[4, 5, 8]"
/// encoder.Parameters()[^2].StoredName;                         // = "norm.weight"
/// </code></example>
[Formula("y = g(f(x))")]
public sealed class TransformerEncoder : Module, ILayer
{
    /// <summary><paramref name="layers"/> layers for vectors of <paramref name="dim"/> numbers.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range, or the heads do not divide C.</exception>
    public TransformerEncoder(int dim, int heads, int layers, Rng rng, TransformerOptions? options = null)
    {
        Require.Positive(layers, nameof(TransformerEncoder));
        options = (options ?? new()).Validated(nameof(TransformerEncoder));
        Layers = [.. Enumerable.Range(0, layers).Select(_ => new TransformerEncoderLayer(dim, heads, rng, options))];
        Norm = options.FinalNorm ? new LayerNorm(dim, options.Epsilon) : null;
    }

    /// <summary>The layers, the first one reads the input.</summary>
    [StoredAs("layers")]
    public IReadOnlyList<TransformerEncoderLayer> Layers { get; }

    /// <summary>The norm at the end, if there is one.</summary>
    [StoredAs("norm")]
    public LayerNorm? Norm { get; }

    /// <summary>[B, T, C] → [B, T, C]; random numbers are given in training only.</summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public Tensor Forward(Tensor x, AttentionMask? mask = null, Rng? rng = null)
    {
        foreach (TransformerEncoderLayer layer in Layers)
            x = layer.Forward(x, mask, rng);
        return Norm?.Forward(x) ?? x;
    }

    /// <inheritdoc/>
    Tensor ILayer.Forward(Tensor x) => Forward(x);

    /// <inheritdoc/>
    Tensor ILayer.Forward(Tensor x, Rng? rng) => Forward(x, mask: null, rng);
}
