using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// A layer of a transformer's decoder: self-attention, attention over the encoder's result (the memory) and a
/// feed-forward part, each added to its input and normalised. Vaswani et al. 2017, arXiv:1706.03762.
/// </summary>
/// <example><code>
/// var layer = new TransformerDecoderLayer(8, 2, new Rng(1), new() { FeedForward = 16 });
/// Tensor y = layer.Forward(Tensor.Zeros([3, 5, 8]), memory: Tensor.Zeros([3, 7, 8]), AttentionMask.Past);
/// y.Shape.ToString();   // = "[3, 5, 8]"
/// </code></example>
[Formula(
    "s = LayerNorm(x + b + Σ_h softmax((x·Q_hᵀ + a_h)·(x·K_hᵀ + c_h)ᵀ/√D + M)·(x·V_hᵀ + d_h)·O_hᵀ, γ_1, β_1), "
    + "u = LayerNorm(s + l + Σ_h softmax((s·A_hᵀ + q_h)·(m·B_hᵀ + k_h)ᵀ/√D)·(m·C_hᵀ + v_h)·P_hᵀ, γ_2, β_2), "
    + "y = LayerNorm(u + max(0, u·W_1ᵀ + b_1)·W_2ᵀ + b_2, γ_3, β_3)")]
public sealed class TransformerDecoderLayer : Module
{
    private readonly TransformerOptions options;

    /// <summary>A layer for vectors of <paramref name="dim"/> numbers.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range, or the heads do not divide C.</exception>
    public TransformerDecoderLayer(int dim, int heads, Rng rng, TransformerOptions? options = null)
    {
        this.options = (options ?? new()).Validated(nameof(TransformerDecoderLayer));
        float epsilon = this.options.Epsilon;
        SelfAttention = new(dim, heads, rng, new() { Dropout = this.options.Dropout });
        CrossAttention = new(dim, heads, rng, new() { Dropout = this.options.Dropout });
        Linear1 = new(dim, this.options.FeedForward, rng);
        Linear2 = new(this.options.FeedForward, dim, rng);
        (Norm1, Norm2, Norm3) = (new(dim, epsilon), new(dim, epsilon), new(dim, epsilon));
        Dropout = new(this.options.Dropout);
    }

    /// <summary>What each position fetches from the others.</summary>
    [StoredAs("self_attn")]
    public MultiHeadAttention SelfAttention { get; }

    /// <summary>What each position fetches from the memory.</summary>
    [StoredAs("multihead_attn")]
    public MultiHeadAttention CrossAttention { get; }

    /// <summary>W₁.</summary>
    [StoredAs("linear1")]
    public Linear Linear1 { get; }

    /// <summary>W₂.</summary>
    [StoredAs("linear2")]
    public Linear Linear2 { get; }

    /// <summary>The norm of the self-attention.</summary>
    [StoredAs("norm1")]
    public LayerNorm Norm1 { get; }

    /// <summary>The norm of the attention over the memory.</summary>
    [StoredAs("norm2")]
    public LayerNorm Norm2 { get; }

    /// <summary>The norm of the feed-forward part.</summary>
    [StoredAs("norm3")]
    public LayerNorm Norm3 { get; }

    private Dropout Dropout { get; }

    /// <summary>[B, T, C] and the memory [B, S, C] → [B, T, C]; random numbers are given in training only.</summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public Tensor Forward(
        Tensor x, Tensor memory, AttentionMask? mask = null, AttentionMask? memoryMask = null, Rng? rng = null)
    {
        if (options.NormFirst)
        {
            x += Attend(Norm1.Forward(x));
            x += Fetch(Norm2.Forward(x));
            return x + Feed(Norm3.Forward(x));
        }
        x = Norm1.Forward(x + Attend(x));
        x = Norm2.Forward(x + Fetch(x));
        return Norm3.Forward(x + Feed(x));

        Tensor Attend(Tensor h) => Dropout.Forward(SelfAttention.Forward(h, mask, rng), rng);

        Tensor Fetch(Tensor h) =>
            Dropout.Forward(CrossAttention.Forward((h, memory, memory), memoryMask, rng), rng);

        Tensor Feed(Tensor h) =>
            Dropout.Forward(Linear2.Forward(Dropout.Forward(options.Activate(Linear1, h), rng)), rng);
    }
}
