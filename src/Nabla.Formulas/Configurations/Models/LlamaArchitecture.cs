namespace Nabla.Formulas.Configurations.Models;

/// <summary>
/// Llama and what is built as it is: RMS norm, rotary positions, grouped keys and values, a gated feed-forward layer,
/// and perhaps a mixture of experts in its place. Touvron et al. 2023, arXiv:2302.13971.
/// </summary>
internal sealed class LlamaArchitecture : IModelArchitecture
{
    // What a family has that Llama has not.
    private static readonly Dictionary<string, Traits> Known = new(StringComparer.Ordinal)
    {
        ["llama"] = new(),
        ["mistral"] = new(),
        ["mixtral"] = new(),
        ["granite"] = new(),
        ["phi3"] = new(),
        ["smollm3"] = new(),
        ["qwen2"] = new() { QkvBias = true },
        ["qwen2_moe"] = new() { QkvBias = true },
        ["qwen3"] = new() { QkNorm = true },
        ["qwen3_moe"] = new() { QkNorm = true },
        ["olmo2"] = new() { QkNormOverAll = true },
        ["gemma"] = new() { Tied = true },
        ["gemma2"] = new() { Tied = true, NormsPerLayer = 4 },
        ["gemma3_text"] = new() { Tied = true, NormsPerLayer = 4, QkNorm = true },
        ["phimoe"] = new() { NormBias = true, OutputBias = "lm_head_bias" },
    };

    // What the text part of a configuration leaves out where it is as transformers has it by default.
    private static readonly Dictionary<string, long> Gemma3 = new(StringComparer.Ordinal)
    {
        ["vocab_size"] = 262_208,
        ["hidden_size"] = 2304,
        ["intermediate_size"] = 9216,
        ["num_hidden_layers"] = 26,
        ["num_attention_heads"] = 8,
        ["num_key_value_heads"] = 4,
        ["head_dim"] = 256,
    };

    public IReadOnlyList<string> Families => [.. Known.Keys];

    public ModelSize Count(ModelSettings settings)
    {
        Traits traits = Known.GetValueOrDefault(settings.Family, Known["llama"]);
        string[] missing = settings.Family != "gemma3_text" ? [] : [.. Gemma3.Keys.Where(name => !settings.Has(name))];
        if (missing.Length > 0)
            settings = settings.Or(Gemma3);
        var s = new Sizes(settings);
        bool tied = settings.Switch("tie_word_embeddings", traits.Tied);
        WeightList weights = new WeightList()
            .Embedding("embed_tokens", s.Vocabulary, s.Width, "a vector for each token");
        AddAttention(weights, s, traits, settings);
        AddFeedForward(weights, s, settings);
        weights.Norm("layer norms", s.Width, s.Layers * traits.NormsPerLayer, traits.NormBias)
            .Norm("final norm", s.Width, 1, traits.NormBias);
        if (!tied)
            weights.Linear("lm_head", (s.Width, s.Vocabulary), 1, "from the last vector to a score for each token",
                traits.OutputBias.Length > 0 && settings.Switch(traits.OutputBias, false));
        return new ModelSize(settings.Family, weights.All, s.Cache)
        {
            Context = settings.SizeOr(0, "max_position_embeddings"),
            AttentionWidth = (Int128)s.Layers * s.Heads * s.HeadDim,
            TiedOutput = tied ? (Int128)s.Vocabulary * s.Width : 0,
            Notes =
            [
                .. missing.Select(name => $"{name} is not given: {Gemma3[name]}, as transformers has it by default."),
                .. tied ? ["The output layer is the embedding (tied): its numbers count once."] : (string[])[],
            ],
        };
    }

    private static void AddAttention(WeightList weights, Sizes s, Traits traits, ModelSettings settings)
    {
        bool bias = settings.Switch("attention_bias", false);
        bool qkv = bias || traits.QkvBias;
        weights
            .Linear("attention.q", (s.Width, s.Heads * s.HeadDim), s.Layers, "queries: what a token looks for", qkv)
            .Linear("attention.k", (s.Width, s.KeyHeads * s.HeadDim), s.Layers, "keys: what a token offers", qkv)
            .Linear("attention.v", (s.Width, s.KeyHeads * s.HeadDim), s.Layers, "values: what it hands on", qkv)
            .Linear("attention.o", (s.Heads * s.HeadDim, s.Width), s.Layers, "joins the heads", bias);
        if (traits.QkNorm)
            weights.Norm("attention.q_norm", s.HeadDim, s.Layers).Norm("attention.k_norm", s.HeadDim, s.Layers);
        if (traits.QkNormOverAll)
            weights.Norm("attention.q_norm", s.Heads * s.HeadDim, s.Layers)
                .Norm("attention.k_norm", s.KeyHeads * s.HeadDim, s.Layers);
    }

    private static void AddFeedForward(WeightList weights, Sizes s, ModelSettings settings)
    {
        long experts = settings.SizeOr(0, "num_local_experts", "num_experts");
        long inner = settings.Size("intermediate_size");
        bool bias = settings.Switch("mlp_bias", false);
        if (experts == 0)
        {
            weights.Linear("mlp.gate", (s.Width, inner), s.Layers, "gate of the feed-forward layer", bias)
                .Linear("mlp.up", (s.Width, inner), s.Layers, "feed-forward, up", bias)
                .Linear("mlp.down", (inner, s.Width), s.Layers, "feed-forward, down", bias);
            return;
        }
        long chosen = settings.SizeOr(2, "num_experts_per_tok");
        long each = settings.SizeOr(inner, "moe_intermediate_size");
        long shared = settings.SizeOr(0, "shared_expert_intermediate_size");
        // Every so many layers, and not in those that are named, experts stand in place of one feed-forward layer.
        long step = Math.Max(1, settings.SizeOr(1, "decoder_sparse_step"));
        long dense = Math.Min(s.Layers, s.Layers - s.Layers / step + settings.Length("mlp_only_layers"));
        long sparse = s.Layers - dense;
        var count = (sparse, experts, chosen);
        if (dense > 0)
            weights.Linear("mlp.gate", (s.Width, inner), dense, "gate of the feed-forward layer", bias)
                .Linear("mlp.up", (s.Width, inner), dense, "feed-forward, up", bias)
                .Linear("mlp.down", (inner, s.Width), dense, "feed-forward, down", bias);
        weights.Linear("router", (s.Width, experts), sparse, "scores the experts")
            .Experts("experts.gate", (s.Width, each), count, "gate of each expert")
            .Experts("experts.up", (s.Width, each), count, "each expert, up")
            .Experts("experts.down", (each, s.Width), count, "each expert, down");
        if (shared > 0)
            weights.Linear("shared_expert.gate", (s.Width, shared), sparse, "gate of the expert that all pass")
                .Linear("shared_expert.up", (s.Width, shared), sparse, "the expert that all pass, up")
                .Linear("shared_expert.down", (shared, s.Width), sparse, "the expert that all pass, down")
                .Linear("shared_expert_gate", (s.Width, 1), sparse, "how much of it is taken");
    }

    private sealed record Traits
    {
        public bool QkvBias { get; init; }

        public bool QkNorm { get; init; }

        public bool QkNormOverAll { get; init; }

        public bool Tied { get; init; }

        public bool NormBias { get; init; }

        /// <summary>The switch that gives the output layer a bias, or empty.</summary>
        public string OutputBias { get; init; } = "";

        public int NormsPerLayer { get; init; } = 2;
    }

    private sealed class Sizes(ModelSettings settings)
    {
        public long Vocabulary { get; } = settings.Size("vocab_size");

        public long Width { get; } = settings.Size("hidden_size");

        public long Layers { get; } = settings.Size("num_hidden_layers");

        public long Heads { get; } = Math.Max(1, settings.Size("num_attention_heads"));

        public long KeyHeads { get; } = settings.SizeOr(settings.Size("num_attention_heads"), "num_key_value_heads");

        public long HeadDim => settings.SizeOr(Width / Heads, "head_dim");

        public KeyValueCacheSize Cache => new((Int128)2 * Layers * KeyHeads * HeadDim,
            $"2 (key and value) × {Layers} layers × {KeyHeads} heads × {HeadDim}");
    }
}
