namespace Nabla.Formulas.Configurations.Models;

/// <summary>
/// T5 and mT5: an encoder that reads the whole input and a decoder that looks at it while it writes. Raffel et al.
/// 2020, arXiv:1910.10683; with gates (v1.1, Flan-T5) Shazeer 2020, arXiv:2002.05202.
/// </summary>
internal sealed class T5Architecture : IModelArchitecture
{
    public IReadOnlyList<string> Families => ["t5", "mt5"];

    public ModelSize Count(ModelSettings settings)
    {
        long vocabulary = settings.Size("vocab_size"), width = settings.Size("d_model");
        long encoders = settings.Size("num_layers"), decoders = settings.SizeOr(encoders, "num_decoder_layers");
        long heads = Math.Max(1, settings.Size("num_heads")), head = settings.SizeOr(width / heads, "d_kv");
        long joined = heads * head, buckets = settings.SizeOr(32, "relative_attention_num_buckets");
        bool tied = settings.Switch("tie_word_embeddings", settings.Family == "t5");
        WeightList weights = new WeightList()
            .Embedding("shared", vocabulary, width, "a vector for each token, of input and output");
        AddAttention(weights, "encoder.attention", (width, joined, encoders), "the input");
        weights.Embedding("encoder.relative_attention_bias", buckets, heads, "a score for each distance");
        AddFeedForward(weights, settings, ("encoder", width, encoders));
        weights.Norm("encoder.norms", width, 2 * encoders + 1);
        AddAttention(weights, "decoder.attention", (width, joined, decoders), "what is written so far");
        weights.Embedding("decoder.relative_attention_bias", buckets, heads, "a score for each distance");
        AddAttention(weights, "decoder.cross_attention", (width, joined, decoders), "the encoder's output");
        AddFeedForward(weights, settings, ("decoder", width, decoders));
        weights.Norm("decoder.norms", width, 3 * decoders + 1);
        if (!tied)
            weights.Linear("lm_head", (width, vocabulary), 1, "from the last vector to a score for each token");
        return new ModelSize(settings.Family, weights.All, new((Int128)2 * decoders * joined,
            $"2 (key and value) × {decoders} layers × {heads} heads × {head}, and as much for each token of the input"))
        {
            Context = settings.SizeOr(0, "n_positions"),
            AttentionWidth = (Int128)(encoders + 2 * decoders) * joined,
            TiedOutput = tied ? (Int128)vocabulary * width : 0,
            Notes =
            [
                "The operations are those of one token of the input, through the encoder, and one of the output, "
                    + "through the decoder.",
                .. tied ? ["The output layer is the embedding (tied): its numbers count once."] : (string[])[],
            ],
        };
    }

    private static void AddAttention(WeightList weights, string name, (long Width, long Joined, long Layers) s,
        string of) => weights
        .Linear(name + ".q", (s.Width, s.Joined), s.Layers, "queries: what a token looks for")
        .Linear(name + ".k", (s.Width, s.Joined), s.Layers, $"keys of {of}")
        .Linear(name + ".v", (s.Width, s.Joined), s.Layers, $"values of {of}")
        .Linear(name + ".o", (s.Joined, s.Width), s.Layers, "joins the heads");

    private static void AddFeedForward(
        WeightList weights, ModelSettings settings, (string Name, long Width, long Layers) s)
    {
        long inner = settings.Size("d_ff");
        if (settings.Word("feed_forward_proj").StartsWith("gated", StringComparison.Ordinal)
            || settings.Switch("is_gated_act", settings.Family == "mt5"))
            weights.Linear(s.Name + ".mlp.gate", (s.Width, inner), s.Layers, "gate of the feed-forward layer");
        weights.Linear(s.Name + ".mlp.up", (s.Width, inner), s.Layers, "feed-forward, up")
            .Linear(s.Name + ".mlp.down", (inner, s.Width), s.Layers, "feed-forward, down");
    }
}
