using Nabla.Learning;
using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Models.Gpt2;

/// <summary>
/// A transformer block with the norms before the sublayers: x += attention(norm(x)); x += mlp(norm(x)).
/// Radford et al. 2019, section 2.3.
/// </summary>
public sealed class Gpt2Block(Gpt2Config config, Rng? rng) : Module
{
    /// <summary>Before the attention.</summary>
    [StoredAs("ln_1")]
    public LayerNorm AttentionNorm { get; } = new(config.Dimensions.Dim, config.Epsilon);

    /// <summary>The attention.</summary>
    [StoredAs("attn")]
    public Gpt2Attention Attention { get; } = new(config, rng);

    /// <summary>Before the feed-forward layer.</summary>
    [StoredAs("ln_2")]
    public LayerNorm MlpNorm { get; } = new(config.Dimensions.Dim, config.Epsilon);

    /// <summary>The feed-forward layer.</summary>
    [StoredAs("mlp")]
    public Gpt2Mlp Mlp { get; } = new(config, rng);

    /// <summary>[B, T, C] → [B, T, C].</summary>
    public Tensor Forward(Tensor x, LayerContext context)
    {
        x += Attention.Forward(AttentionNorm.Forward(x), context);
        return x + Mlp.Forward(MlpNorm.Forward(x), context.Dropout);
    }
}
