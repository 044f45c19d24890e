namespace Nabla.Formulas.Configurations.Models;

/// <summary>BERT and RoBERTa: an encoder that reads in both directions. Devlin et al. 2019, arXiv:1810.04805.</summary>
internal sealed class BertArchitecture : IModelArchitecture
{
    public IReadOnlyList<string> Families => ["bert", "roberta", "xlm-roberta", "distilbert"];

    public ModelSize Count(ModelSettings settings)
    {
        bool isDistilled = settings.Family == "distilbert";
        long width = settings.Size("hidden_size", "dim"), layers = settings.Size("num_hidden_layers", "n_layers");
        long inner = settings.Size("intermediate_size", "hidden_dim");
        long context = settings.SizeOr(512, "max_position_embeddings");
        WeightList weights = new WeightList()
            .Embedding("word_embeddings", settings.Size("vocab_size"), width, "a vector for each token")
            .Embedding("position_embeddings", context, width, "a vector for each position");
        if (!isDistilled)
            weights.Embedding("token_type_embeddings", settings.SizeOr(2, "type_vocab_size"), width,
                "a vector for the first and the second text");
        weights.Norm("embedding norm", width, 1, hasBias: true)
            .Linear("attention.q", (width, width), layers, "queries: what a token looks for", hasBias: true)
            .Linear("attention.k", (width, width), layers, "keys: what a token offers", hasBias: true)
            .Linear("attention.v", (width, width), layers, "values: what it hands on", hasBias: true)
            .Linear("attention.o", (width, width), layers, "joins the heads", hasBias: true)
            .Linear("mlp.up", (width, inner), layers, "feed-forward, up", hasBias: true)
            .Linear("mlp.down", (inner, width), layers, "feed-forward, down", hasBias: true)
            .Norm("layer norms", width, 2 * layers, hasBias: true);
        if (!isDistilled)
            weights.Linear("pooler", (width, width), 1, "from the first token to a vector of the text", hasBias: true);
        return new ModelSize(settings.Family, weights.All, KeyValueCacheSize.None)
        {
            Context = context,
            SeesAll = true,
            AttentionWidth = (Int128)layers * width,
            Notes = ["The encoder alone, without a head for a task."],
        };
    }
}
