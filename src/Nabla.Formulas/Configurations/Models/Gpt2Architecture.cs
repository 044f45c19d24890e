namespace Nabla.Formulas.Configurations.Models;

/// <summary>
/// GPT-2, with the names that its first code, nanoGPT and Hugging Face use. Radford et al. 2019. nanoGPT can leave out
/// the biases (<c>bias: false</c>).
/// </summary>
internal sealed class Gpt2Architecture : IModelArchitecture
{
    public IReadOnlyList<string> Families => ["gpt2"];

    public ModelSize Count(ModelSettings settings)
    {
        long vocabulary = settings.SizeOr(50257, "vocab_size"), width = settings.SizeOr(768, "n_embd");
        long layers = settings.SizeOr(12, "n_layer"), inner = settings.SizeOr(4 * width, "n_inner");
        long context = settings.SizeOr(1024, "n_positions", "n_ctx", "block_size");
        bool bias = settings.Switch("bias", true), tied = settings.Switch("tie_word_embeddings", true);
        WeightList weights = new WeightList()
            .Embedding("wte", vocabulary, width, "a vector for each token")
            .Embedding("wpe", context, width, "a vector for each position")
            .Linear("attn.c_attn", (width, 3 * width), layers, "queries, keys and values at once", bias)
            .Linear("attn.c_proj", (width, width), layers, "joins the heads", bias)
            .Linear("mlp.c_fc", (width, inner), layers, "feed-forward, up", bias)
            .Linear("mlp.c_proj", (inner, width), layers, "feed-forward, down", bias)
            .Norm("layer norms", width, 2 * layers, bias)
            .Norm("ln_f", width, 1, bias);
        if (!tied)
            weights.Linear("lm_head", (width, vocabulary), 1, "from the last vector to a score for each token");
        return new ModelSize("gpt2", weights.All,
            new((Int128)2 * layers * width, $"2 (key and value) × {layers} layers × {width}"))
        {
            Context = context,
            AttentionWidth = (Int128)layers * width,
            TiedOutput = tied ? (Int128)vocabulary * width : 0,
            Notes = tied ? ["The output layer is the embedding (tied): its numbers count once."] : [],
        };
    }
}
