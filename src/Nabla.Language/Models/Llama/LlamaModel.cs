using System.Text.Json.Nodes;
using Nabla.Learning;
using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Models.Llama;

/// <summary>
/// Llama: rotary positions, RMS norm before each sublayer, SwiGLU, grouped-query attention, no biases. Touvron et al.
/// 2023, arXiv:2302.13971. Weights start as N(0, 0.02²), those that write to the residual stream as N(0, 0.02²/2L).
/// </summary>
/// <param name="config">The sizes and settings.</param>
/// <param name="rng">What the weights are drawn from; null leaves them 0, to be read from a file.</param>
public sealed class LlamaModel(LlamaConfig config, Rng? rng) : LanguageModel
{
    private readonly Dropout embeddingDropout = new(config.Dropout);

    /// <inheritdoc/>
    public override ModelDimensions Dimensions { get; } = config.Dimensions.Validated();

    /// <summary>Angles of the positions.</summary>
    internal RotaryTable Positions { get; } = new(
        config.Dimensions.HeadDim, config.Dimensions.Context, config.RopeTheta);

    /// <summary>A vector for each token, [V, C].</summary>
    [StoredAs("model.embed_tokens")]
    public Embedding TokenEmbedding { get; } = First(config, rng).Embedding(config.Dimensions.Vocabulary);

    /// <summary>The blocks, first to last.</summary>
    [StoredAs("model.layers")]
    public IReadOnlyList<LlamaBlock> Blocks { get; } =
        [.. Enumerable.Range(0, config.Dimensions.Layers).Select(_ => new LlamaBlock(config, rng))];

    /// <summary>After the last block.</summary>
    [StoredAs("model.norm")]
    public RmsNorm FinalNorm { get; } = new(config.Dimensions.Dim, config.Epsilon);

    /// <summary>Scores from hidden states, [V, C]; absent when it is the embedding itself.</summary>
    [StoredAs("lm_head")]
    public Linear? Head { get; } = config.TieEmbeddings ? null : First(config, rng).Scores();

    /// <inheritdoc/>
    public override Tensor Hidden(TokenBatch tokens, KeyValueCache? cache = null, Rng? dropout = null)
    {
        CheckLength(tokens, cache);
        Tensor x = embeddingDropout.Forward(TokenEmbedding.Forward(tokens.Ids.Span, tokens.Shape), dropout);
        for (int layer = 0; layer < Blocks.Count; layer++)
        {
            LlamaBlock block = Blocks[layer];
            x = Through(
                (h, context) => block.Forward(h, Positions, context), x, new LayerContext(layer, cache, dropout));
        }
        return FinalNorm.Forward(x);
    }

    /// <inheritdoc/>
    public override Tensor Logits(Tensor hidden) => Head?.Forward(hidden) ?? hidden.Affine(TokenEmbedding.Weight);

    /// <inheritdoc/>
    public override TokenDecoder NewDecoder(KeyValueCache cache) => new LlamaDecoder(this, config, cache);

    /// <inheritdoc/>
    public override JsonObject ToConfigJson() => new()
    {
        ["architectures"] = new JsonArray("LlamaForCausalLM"),
        ["model_type"] = "llama",
        ["vocab_size"] = Dimensions.Vocabulary,
        ["max_position_embeddings"] = Dimensions.Context,
        ["hidden_size"] = Dimensions.Dim,
        ["intermediate_size"] = config.Intermediate,
        ["num_hidden_layers"] = Dimensions.Layers,
        ["num_attention_heads"] = Dimensions.Heads,
        ["num_key_value_heads"] = Dimensions.KeyValueHeads,
        ["head_dim"] = Dimensions.HeadDim,
        ["hidden_act"] = "silu",
        ["rms_norm_eps"] = config.Epsilon,
        ["rope_theta"] = config.RopeTheta,
        ["attention_bias"] = false,
        ["mlp_bias"] = false,
        ["tie_word_embeddings"] = config.TieEmbeddings,
        ["torch_dtype"] = "float32",
    };

    internal static int KeyValueDim(LlamaConfig config) => config.Dimensions.KeyValueHeads * config.Dimensions.HeadDim;

    internal static FirstWeights First(LlamaConfig config, Rng? rng) =>
        new(config.Dimensions, FirstWeights.Usual, rng);
}
