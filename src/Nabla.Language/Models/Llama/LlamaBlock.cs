using Nabla.Learning;
using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Models.Llama;

/// <summary>
/// A transformer block: x += attention(norm(x)); x += mlp(norm(x)). Touvron et al. 2023, arXiv:2302.13971.
/// </summary>
public sealed class LlamaBlock(LlamaConfig config, Rng? rng) : Module
{
    private readonly Dropout dropoutLayer = new(config.Dropout);

    /// <summary>Before the attention.</summary>
    [StoredAs("input_layernorm")]
    public RmsNorm AttentionNorm { get; } = new(config.Dimensions.Dim, config.Epsilon);

    /// <summary>The attention.</summary>
    [StoredAs("self_attn")]
    public LlamaAttention Attention { get; } = new(config, rng);

    /// <summary>Before the feed-forward layer.</summary>
    [StoredAs("post_attention_layernorm")]
    public RmsNorm MlpNorm { get; } = new(config.Dimensions.Dim, config.Epsilon);

    /// <summary>The feed-forward layer.</summary>
    [StoredAs("mlp")]
    public LlamaMlp Mlp { get; } = new(config, rng);

    /// <summary>[B, T, C] → [B, T, C].</summary>
    public Tensor Forward(Tensor x, RotaryTable positions, LayerContext context)
    {
        x += dropoutLayer.Forward(Attention.Forward(AttentionNorm.Forward(x), positions, context), context.Dropout);
        return x + dropoutLayer.Forward(Mlp.Forward(MlpNorm.Forward(x)), context.Dropout);
    }
}
