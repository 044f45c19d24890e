using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// A layer of a transformer's encoder: self-attention and a feed-forward part, W₂·f(W₁·x), each added to its input and
/// normalised: x ← norm(x + part(x)), or x ← x + part(norm(x)). Vaswani et al. 2017, arXiv:1706.03762.
/// </summary>
/// <example><code>
/// var layer = new TransformerEncoderLayer(8, 2, new Rng(1), new() { FeedForward = 16 });
/// layer.Forward(Tensor.Zeros([3, 5, 8])).Shape.ToString();   // = "[3, 5, 8]"
/// layer.ParameterCount();                                    // = 600
/// 4 * (8 * 8 + 8) + (8 * 16 + 16) + (16 * 8 + 8) + 4 * 8;    // = 600
/// </code></example>
[Formula(
    "u = LayerNorm(x + b + Σ_h softmax((x·Q_hᵀ + a_h)·(x·K_hᵀ + c_h)ᵀ/√D)·(x·V_hᵀ + d_h)·O_hᵀ, γ_1, β_1), "
    + "y = LayerNorm(u + max(0, u·W_1ᵀ + b_1)·W_2ᵀ + b_2, γ_2, β_2)")]
public sealed class TransformerEncoderLayer : Module, ILayer
{
    private readonly TransformerOptions options;

    /// <summary>A layer for vectors of <paramref name="dim"/> numbers.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range, or the heads do not divide C.</exception>
    public TransformerEncoderLayer(int dim, int heads, Rng rng, TransformerOptions? options = null)
    {
        this.options = (options ?? new()).Validated(nameof(TransformerEncoderLayer));
        SelfAttention = new(dim, heads, rng, new() { Dropout = this.options.Dropout });
        Linear1 = new(dim, this.options.FeedForward, rng);
        Linear2 = new(this.options.FeedForward, dim, rng);
        (Norm1, Norm2) = (new(dim, this.options.Epsilon), new(dim, this.options.Epsilon));
        Dropout = new(this.options.Dropout);
    }

    /// <summary>What each position fetches from the others.</summary>
    [StoredAs("self_attn")]
    public MultiHeadAttention SelfAttention { get; }

    /// <summary>W₁.</summary>
    [StoredAs("linear1")]
    public Linear Linear1 { get; }

    /// <summary>W₂.</summary>
    [StoredAs("linear2")]
    public Linear Linear2 { get; }

    /// <summary>The norm of the attention.</summary>
    [StoredAs("norm1")]
    public LayerNorm Norm1 { get; }

    /// <summary>The norm of the feed-forward part.</summary>
    [StoredAs("norm2")]
    public LayerNorm Norm2 { get; }

    private Dropout Dropout { get; }

    /// <summary>[B, T, C] → [B, T, C]; random numbers are given in training only.</summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public Tensor Forward(Tensor x, AttentionMask? mask = null, Rng? rng = null)
    {
        if (options.NormFirst)
        {
            x += Attend(Norm1.Forward(x));
            return x + Feed(Norm2.Forward(x));
        }
        x = Norm1.Forward(x + Attend(x));
        return Norm2.Forward(x + Feed(x));

        Tensor Attend(Tensor h) => Dropout.Forward(SelfAttention.Forward(h, mask, rng), rng);

        Tensor Feed(Tensor h) =>
            Dropout.Forward(Linear2.Forward(Dropout.Forward(options.Activate(Linear1, h), rng)), rng);
    }

    /// <inheritdoc/>
    Tensor ILayer.Forward(Tensor x) => Forward(x);

    /// <inheritdoc/>
    Tensor ILayer.Forward(Tensor x, Rng? rng) => Forward(x, mask: null, rng);
}
