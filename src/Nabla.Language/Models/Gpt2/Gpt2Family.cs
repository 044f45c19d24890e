using System.Text.Json.Nodes;
using Nabla.Numerics;

namespace Nabla.Language.Models.Gpt2;

/// <summary>Builds GPT-2 models.</summary>
public sealed class Gpt2Family : IModelFamily
{
    /// <inheritdoc/>
    public string Name => "gpt2";

    /// <inheritdoc/>
    public string EmbeddingName => "transformer.wte.weight";

    /// <inheritdoc/>
    public LanguageModel Create(NewModel model, Rng rng)
    {
        if (model.Dimensions.KeyValueHeads != model.Dimensions.Heads)
            throw new ModelException(
                "gpt2 has no grouped-query attention: leave out key-value heads, or use the family llama.");
        if (model.TieEmbeddings == false)
            throw new ModelException(
                "gpt2 always ties its embeddings: leave out 'tie_embeddings', or use the family llama.");
        ModelDimensions dimensions = model.Dimensions.Validated();
        return new Gpt2Model(new Gpt2Config(dimensions)
        {
            Dropout = model.Dropout,
            Intermediate = model.Intermediate ?? 4 * dimensions.Dim,
        }, rng);
    }

    /// <inheritdoc/>
    public LanguageModel FromConfigJson(JsonObject config, long mostParameters = long.MaxValue)
    {
        var reader = new ConfigReader(config);
        reader.Expect("activation_function", "gelu_new", "gelu_pytorch_tanh");
        reader.Expect("tie_word_embeddings", "true");
        reader.Expect("scale_attn_by_inverse_layer_idx", "false");
        int heads = reader.Size("n_head"), dim = reader.Size("n_embd");
        var dimensions = new ModelDimensions(
            reader.Size("vocab_size"), reader.Size("n_positions"), reader.Size("n_layer"), dim, heads, heads);
        var wanted = new Gpt2Config(dimensions.Validated())
        {
            Intermediate = reader.OptionalSize("n_inner") ?? ConfigReader.Times(4, dim, "n_embd"),
            Epsilon = reader.Positive("layer_norm_epsilon", 1e-5f),
            Dropout = reader.Fraction("resid_pdrop", 0),
        };
        ConfigReader.RequireAtMost(mostParameters, wanted.ParameterCount);
        return new Gpt2Model(wanted, rng: null);
    }

    /// <inheritdoc/>
    public string? StoredName(string name)
    {
        if (name.EndsWith(".attn.bias", StringComparison.Ordinal)
            || name.EndsWith(".attn.masked_bias", StringComparison.Ordinal))
            return null; // the causal mask
        // The files of OpenAI's models hold the inner model alone.
        return name.StartsWith("transformer.", StringComparison.Ordinal) || name == ModelWeights.Head
            ? name
            : $"transformer.{name}";
    }
}
