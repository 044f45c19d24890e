using System.Text.Json.Nodes;
using Nabla.Numerics;

namespace Nabla.Language.Models.Llama;

/// <summary>Builds Llama models.</summary>
public sealed class LlamaFamily : IModelFamily
{
    /// <inheritdoc/>
    public string Name => "llama";

    /// <inheritdoc/>
    public LanguageModel Create(NewModel model, Rng rng) => new LlamaModel(new LlamaConfig(model.Dimensions.Validated())
    {
        Dropout = model.Dropout,
        Intermediate = model.Intermediate ?? LlamaConfig.DefaultIntermediate(model.Dimensions.Dim),
        TieEmbeddings = model.TieEmbeddings ?? false,
    }, rng);

    /// <inheritdoc/>
    public LanguageModel FromConfigJson(JsonObject config)
    {
        var reader = new ConfigReader(config);
        reader.Expect("hidden_act", "silu");
        reader.Expect("attention_bias", "false");
        reader.Expect("mlp_bias", "false");
        if (config["rope_scaling"] is not null)
            throw new ModelException("config.json: 'rope_scaling' is set; Nabla's family llama reads unscaled rotary positions only.");
        int heads = reader.Size("num_attention_heads"), dim = reader.Size("hidden_size");
        if (reader.OptionalSize("head_dim") is { } headDim && (long)headDim * heads != dim)
            throw new ModelException($"config.json: 'head_dim' is {headDim}; Nabla expects hidden_size / num_attention_heads = {dim / heads}.");
        var dimensions = new ModelDimensions(
            reader.Size("vocab_size"), reader.Size("max_position_embeddings"), reader.Size("num_hidden_layers"), dim,
            heads, reader.OptionalSize("num_key_value_heads") ?? heads);
        return new LlamaModel(new LlamaConfig(dimensions.Validated())
        {
            Intermediate = reader.Size("intermediate_size"),
            Epsilon = reader.Number("rms_norm_eps", 1e-5f),
            RopeTheta = reader.Number("rope_theta", 10000),
            TieEmbeddings = reader.Flag("tie_word_embeddings", false),
        }, new Rng(0));
    }
}
