using System.Globalization;

namespace Nabla.Formulas.Configurations.Models;

/// <summary>
/// DeepSeek-V2 and V3: attention through a small shared latent vector, and a mixture of many small experts. DeepSeek-AI
/// 2024, arXiv:2405.04434 and arXiv:2412.19437.
/// </summary>
internal sealed class DeepSeekArchitecture : IModelArchitecture
{
    public IReadOnlyList<string> Families => ["deepseek_v2", "deepseek_v3"];

    public ModelSize Count(ModelSettings settings)
    {
        long vocabulary = settings.Size("vocab_size"), width = settings.Size("hidden_size");
        long layers = settings.Size("num_hidden_layers"), heads = settings.Size("num_attention_heads");
        long rotary = settings.Size("qk_rope_head_dim"), latent = settings.Size("kv_lora_rank");
        long query = settings.Size("qk_nope_head_dim") + rotary;
        WeightList weights = new WeightList()
            .Embedding("embed_tokens", vocabulary, width, "a vector for each token");
        AddAttention(weights, settings, (layers, heads, width));
        AddFeedForward(weights, settings, (layers, width));
        weights.Norm("layer norms", width, 2 * layers).Norm("final norm", width, 1)
            .Linear("lm_head", (width, vocabulary), 1, "from the last vector to a score for each token");
        return new ModelSize(settings.Family, weights.All, new((Int128)layers * (latent + rotary),
            $"{layers} layers × ({latent} latent + {rotary} rotary), shared by all heads"))
        {
            Context = settings.SizeOr(0, "max_position_embeddings"),
            AttentionWidth = (Int128)layers * heads * (query + settings.Size("v_head_dim")) / 2,
            Notes = settings.Family == "deepseek_v3" ? NotesOfThird(weights) : [],
        };
    }

    private static string[] NotesOfThird(WeightList weights)
    {
        Int128 biases = weights.All.Where(weight => weight.Name == "router.bias")
            .Aggregate((Int128)0, (sum, weight) => sum + weight.Parameters);
        string number = biases.ToString("N0", CultureInfo.InvariantCulture);
        return
        [
            "The modules that predict more than one token are not counted.",
            $"The {number} numbers of router.bias, which balance the experts' load, are counted; transformers keeps "
                + "them as a buffer and counts so many fewer.",
        ];
    }

    private static void AddAttention(
        WeightList weights, ModelSettings settings, (long Layers, long Heads, long Width) s)
    {
        long rotary = settings.Size("qk_rope_head_dim"), plain = settings.Size("qk_nope_head_dim");
        long value = settings.Size("v_head_dim"), latent = settings.Size("kv_lora_rank");
        long queryLatent = settings.SizeOr(0, "q_lora_rank");
        long query = s.Heads * (plain + rotary);
        if (queryLatent == 0)
            weights.Linear("attention.q", (s.Width, query), s.Layers, "queries: what a token looks for");
        else
            weights.Linear("attention.q_a", (s.Width, queryLatent), s.Layers, "queries, down to the latent vector")
                .Norm("attention.q_a_norm", queryLatent, s.Layers)
                .Linear("attention.q_b", (queryLatent, query), s.Layers, "queries, up from it");
        weights.Linear("attention.kv_a", (s.Width, latent + rotary), s.Layers, "keys and values, down to what is kept")
            .Norm("attention.kv_a_norm", latent, s.Layers)
            .Linear("attention.kv_b", (latent, s.Heads * (plain + value)), s.Layers, "keys and values, up from it")
            .Linear("attention.o", (s.Heads * value, s.Width), s.Layers, "joins the heads");
    }

    private static void AddFeedForward(WeightList weights, ModelSettings settings, (long Layers, long Width) s)
    {
        long inner = settings.Size("intermediate_size"), each = settings.Size("moe_intermediate_size");
        long dense = Math.Min(s.Layers, settings.SizeOr(0, "first_k_dense_replace")), sparse = s.Layers - dense;
        long experts = settings.Size("n_routed_experts"), shared = settings.SizeOr(0, "n_shared_experts") * each;
        var count = (sparse, experts, settings.Size("num_experts_per_tok"));
        weights.Linear("mlp.gate", (s.Width, inner), dense, "gate of the first layers' feed-forward")
            .Linear("mlp.up", (s.Width, inner), dense, "up")
            .Linear("mlp.down", (inner, s.Width), dense, "down")
            .Linear("router", (s.Width, experts), sparse, "scores the experts")
            .Vector("router.bias", settings.Family == "deepseek_v3" ? experts : 0, sparse, "balances their load")
            .Experts("experts.gate", (s.Width, each), count, "gate of each expert")
            .Experts("experts.up", (s.Width, each), count, "each expert, up")
            .Experts("experts.down", (each, s.Width), count, "each expert, down")
            .Linear("shared_experts.gate", (s.Width, shared), sparse, "gate of the experts that all pass")
            .Linear("shared_experts.up", (s.Width, shared), sparse, "up")
            .Linear("shared_experts.down", (shared, s.Width), sparse, "down");
    }
}
