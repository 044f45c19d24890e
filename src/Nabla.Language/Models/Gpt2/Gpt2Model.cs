using System.Text.Json.Nodes;
using Nabla.Learning;
using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Models.Gpt2;

/// <summary>
/// GPT-2: learned positions, layer norm before each sublayer, GELU, output layer tied to the embedding. Radford et al.
/// 2019, "Language Models are Unsupervised Multitask Learners". Embeddings start as N(0, 0.02²), weights as N(0, σ²),
/// σ = 0.02·√(768/C), those that write to the residual stream as N(0, σ²/2L), biases at 0.
/// </summary>
/// <param name="config">The sizes and settings.</param>
/// <param name="rng">What the weights are drawn from; null leaves them 0, to be read from a file.</param>
public sealed class Gpt2Model(Gpt2Config config, Rng? rng) : LanguageModel
{
    private readonly Dropout embeddingDropout = new(config.Dropout);
    private readonly int[] positions = [.. Enumerable.Range(0, config.Dimensions.Context)];

    /// <inheritdoc/>
    public override ModelDimensions Dimensions { get; } = config.Dimensions.Validated();

    /// <summary>A vector for each token, [V, C]; also the output layer.</summary>
    [StoredAs("transformer.wte")]
    public Embedding TokenEmbedding { get; } = First(config, rng).Embedding(config.Dimensions.Vocabulary);

    /// <summary>A vector for each position, [Context, C].</summary>
    [StoredAs("transformer.wpe")]
    public Embedding PositionEmbedding { get; } = First(config, rng).Embedding(config.Dimensions.Context);

    /// <summary>The blocks, first to last.</summary>
    [StoredAs("transformer.h")]
    public IReadOnlyList<Gpt2Block> Blocks { get; } =
        [.. Enumerable.Range(0, config.Dimensions.Layers).Select(_ => new Gpt2Block(config, rng))];

    /// <summary>After the last block.</summary>
    [StoredAs("transformer.ln_f")]
    public LayerNorm FinalNorm { get; } = new(config.Dimensions.Dim, config.Epsilon);

    /// <inheritdoc/>
    public override Tensor Hidden(TokenBatch tokens, KeyValueCache? cache = null, Rng? dropout = null)
    {
        CheckLength(tokens, cache);
        ReadOnlySpan<int> here = positions.AsSpan(cache?.Length ?? 0, tokens.Length);
        Tensor x = TokenEmbedding.Forward(tokens.Ids.Span, tokens.Shape)
            + PositionEmbedding.Forward(here, [tokens.Length]);
        x = embeddingDropout.Forward(x, dropout);
        for (int layer = 0; layer < Blocks.Count; layer++)
            x = Through(Blocks[layer].Forward, x, new LayerContext(layer, cache, dropout));
        return FinalNorm.Forward(x);
    }

    /// <inheritdoc/>
    public override Tensor Logits(Tensor hidden) => hidden.Affine(TokenEmbedding.Weight);

    /// <inheritdoc/>
    public override TokenDecoder NewDecoder(KeyValueCache cache) => new Gpt2Decoder(this, config, cache);

    /// <inheritdoc/>
    public override JsonObject ToConfigJson() => new()
    {
        ["architectures"] = new JsonArray("GPT2LMHeadModel"),
        ["model_type"] = "gpt2",
        ["vocab_size"] = Dimensions.Vocabulary,
        ["n_positions"] = Dimensions.Context,
        ["n_ctx"] = Dimensions.Context,
        ["n_embd"] = Dimensions.Dim,
        ["n_layer"] = Dimensions.Layers,
        ["n_head"] = Dimensions.Heads,
        ["n_inner"] = config.Intermediate,
        ["activation_function"] = "gelu_new",
        ["layer_norm_epsilon"] = config.Epsilon,
        ["embd_pdrop"] = config.Dropout,
        ["resid_pdrop"] = config.Dropout,
        ["attn_pdrop"] = 0,
        ["tie_word_embeddings"] = true,
        ["torch_dtype"] = "float32",
    };

    /// <summary>
    /// GPT-2's deviation of 0.02 at its width of 768, and as 1/√C at others, so that a narrow model's layers pass
    /// signals on as strongly as a wide one's (docs/decisions/0006).
    /// </summary>
    internal static FirstWeights First(Gpt2Config config, Rng? rng) =>
        new(config.Dimensions, FirstWeights.Usual * MathF.Sqrt(768f / config.Dimensions.Dim), rng);
}
