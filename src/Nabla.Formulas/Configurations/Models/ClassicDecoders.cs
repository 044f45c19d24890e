namespace Nabla.Formulas.Configurations.Models;

/// <summary>
/// Decoders with layer norms, biases and a feed-forward layer without a gate: GPT-NeoX and Pythia, OPT, BLOOM, Phi,
/// Falcon. What tells them apart is a row each.
/// </summary>
internal sealed class ClassicDecoders : IModelArchitecture
{
    private static readonly Dictionary<string, Traits> Known = new(StringComparer.Ordinal)
    {
        ["gpt_neox"] = new(),
        ["opt"] = new() { Tied = true, Positions = 2, InnerName = "ffn_dim" },
        ["bloom"] = new() { Tied = true, HasEmbeddingNorm = true },
        ["phi"] = new() { NormsPerLayer = 1, HasOutputBias = true },
        ["falcon"] = new() { Tied = true, HasBias = false, NormsPerLayer = 1 },
    };

    public IReadOnlyList<string> Families => [.. Known.Keys];

    public ModelSize Count(ModelSettings settings)
    {
        Traits traits = Known[settings.Family];
        long width = settings.Size("hidden_size", "n_embed"), vocabulary = settings.Size("vocab_size");
        long layers = settings.Size("num_hidden_layers", "n_layer");
        long heads = Math.Max(1, settings.Size("num_attention_heads", "n_head"));
        long inner = settings.SizeOr(4 * width, traits.InnerName, "n_inner");
        long context = settings.SizeOr(0, "max_position_embeddings");
        long keyHeads = settings.Family == "falcon" && settings.Switch("multi_query", true) ? 1
            : settings.SizeOr(heads, "num_key_value_heads");
        long keys = width / heads * keyHeads;
        bool bias = settings.Switch("bias", traits.HasBias);
        bool tied = settings.Switch("tie_word_embeddings", traits.Tied);
        WeightList weights = new WeightList()
            .Embedding("embed_tokens", vocabulary, width, "a vector for each token");
        if (traits.Positions > 0)
            weights.Embedding("embed_positions", context + traits.Positions, width, "a vector for each position");
        if (traits.HasEmbeddingNorm)
            weights.Norm("embedding norm", width, 1, hasBias: true);
        weights.Linear("attention.q", (width, width), layers, "queries: what a token looks for", bias)
            .Linear("attention.k", (width, keys), layers, "keys: what a token offers", bias)
            .Linear("attention.v", (width, keys), layers, "values: what it hands on", bias)
            .Linear("attention.o", (width, width), layers, "joins the heads", bias)
            .Linear("mlp.up", (width, inner), layers, "feed-forward, up", bias)
            .Linear("mlp.down", (inner, width), layers, "feed-forward, down", bias)
            .Norm("layer norms", width, traits.NormsPerLayer * layers, hasBias: true)
            .Norm("final norm", width, 1, hasBias: true);
        if (!tied)
            weights.Linear("lm_head", (width, vocabulary), 1, "from the last vector to a score for each token",
                traits.HasOutputBias);
        return new ModelSize(settings.Family, weights.All, new((Int128)2 * layers * keys,
            $"2 (key and value) × {layers} layers × {keyHeads} heads × {width / heads}"))
        {
            Context = context,
            AttentionWidth = (Int128)layers * width,
            TiedOutput = tied ? (Int128)vocabulary * width : 0,
            Notes = tied ? ["The output layer is the embedding (tied): its numbers count once."] : [],
        };
    }

    private sealed record Traits
    {
        public bool Tied { get; init; }

        public bool HasBias { get; init; } = true;

        public bool HasOutputBias { get; init; }

        public bool HasEmbeddingNorm { get; init; }

        public int NormsPerLayer { get; init; } = 2;

        /// <summary>Rows of the positions' table beyond the context; 0 where there is no such table.</summary>
        public int Positions { get; init; }

        public string InnerName { get; init; } = "intermediate_size";
    }
}
