using System.Text.Json.Nodes;
using Nabla.Numerics;

namespace Nabla.Language.Models.Llama;

/// <summary>Builds Llama models.</summary>
public sealed class LlamaFamily : IModelFamily
{
    // The table of rotary positions takes memory that no weight accounts for.
    private const int LongestContext = 1 << 20;

    /// <inheritdoc/>
    public string Name => "llama";

    /// <inheritdoc/>
    public string EmbeddingName => "model.embed_tokens.weight";

    /// <inheritdoc/>
    public LanguageModel Create(NewModel model, Rng rng) => new LlamaModel(new LlamaConfig(model.Dimensions.Validated())
    {
        Dropout = model.Dropout,
        Intermediate = model.Intermediate ?? LlamaConfig.DefaultIntermediate(model.Dimensions.Dim),
        TieEmbeddings = model.TieEmbeddings ?? false,
    }, rng);

    /// <inheritdoc/>
    public LanguageModel FromConfigJson(JsonObject config, long mostParameters = long.MaxValue)
    {
        var reader = new ConfigReader(config);
        reader.Expect("hidden_act", "silu");
        reader.Expect("attention_bias", "false");
        reader.Expect("mlp_bias", "false");
        int heads = reader.Size("num_attention_heads"), dim = reader.Size("hidden_size");
        if (reader.OptionalSize("head_dim") is { } headDim && (long)headDim * heads != dim)
            throw new ModelException(
                $"config.json: 'head_dim' is {headDim}; " +
                $"Nabla expects hidden_size / num_attention_heads = {dim / heads}.");
        var dimensions = new ModelDimensions(
            reader.Size("vocab_size"), reader.Size("max_position_embeddings"), reader.Size("num_hidden_layers"), dim,
            heads, reader.OptionalSize("num_key_value_heads") ?? heads);
        if (dimensions.Context > LongestContext)
            throw new ModelException(
                $"config.json: 'max_position_embeddings' is {dimensions.Context}; " +
                $"Nabla reads contexts up to {LongestContext}.");
        var wanted = new LlamaConfig(dimensions.Validated())
        {
            Intermediate = reader.Size("intermediate_size"),
            Epsilon = reader.Positive("rms_norm_eps", 1e-5f),
            RopeTheta = RopeTheta(config),
            TieEmbeddings = reader.Flag("tie_word_embeddings", false),
        };
        ConfigReader.RequireAtMost(mostParameters, wanted.ParameterCount);
        return new LlamaModel(wanted, rng: null);
    }

    /// <inheritdoc/>
    public string? StoredName(string name) =>
        name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal) ? null : name;

    /// <summary>
    /// θ stands in the configuration itself, or, since version 5 of transformers, in an object of its own.
    /// </summary>
    private static float RopeTheta(JsonObject config)
    {
        if (config["rope_scaling"] is not null)
            throw new ModelException(
                "config.json: 'rope_scaling' is set; Nabla's family llama reads unscaled rotary positions only.");
        if (config["rope_parameters"] is not JsonObject parameters)
            return new ConfigReader(config).Positive("rope_theta", 10000);
        var reader = new ConfigReader(parameters);
        reader.Expect("rope_type", "default");
        return reader.Positive("rope_theta", 10000);
    }
}
