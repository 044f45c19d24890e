namespace Nabla.Formulas.Configurations.Models;

/// <summary>
/// Mamba and Mamba-2: layers without attention, each with a state of fixed size that its input moves on. Gu and Dao
/// 2023, arXiv:2312.00752; Dao and Gu 2024, arXiv:2405.21060.
/// </summary>
internal sealed class MambaArchitecture : IModelArchitecture
{
    public IReadOnlyList<string> Families => ["mamba", "falcon_mamba", "mamba2"];

    public ModelSize Count(ModelSettings settings)
    {
        bool isSecond = settings.Family == "mamba2", tied = settings.Switch("tie_word_embeddings", !isSecond);
        long vocabulary = settings.Size("vocab_size"), width = settings.Size("hidden_size", "d_model");
        long layers = settings.Size("num_hidden_layers", "n_layer"), state = settings.SizeOr(isSecond ? 128 : 16,
            "state_size");
        long inner = settings.SizeOr(settings.SizeOr(2, "expand") * width, "intermediate_size", "d_inner");
        var sizes = (width, inner, state, layers);
        WeightList weights = new WeightList()
            .Embedding("embeddings", vocabulary, width, "a vector for each token");
        if (isSecond)
            AddSecond(weights, settings, sizes);
        else
            AddFirst(weights, settings, sizes);
        weights.Norm("layer norms", width, layers).Norm("final norm", width, 1);
        if (!tied)
            weights.Linear("lm_head", (width, vocabulary), 1, "from the last vector to a score for each token");
        string kept = $"Nothing is kept of each token: each of the {layers} layers has a state of {inner} × {state} "
            + "numbers, however long the text is.";
        return new ModelSize(settings.Family, weights.All, KeyValueCacheSize.None)
        {
            Context = settings.SizeOr(0, "max_position_embeddings"),
            TiedOutput = tied ? (Int128)vocabulary * width : 0,
            Notes = tied ? [kept, "The output layer is the embedding (tied): its numbers count once."] : [kept],
        };
    }

    private static void AddFirst(
        WeightList weights, ModelSettings settings, (long Width, long Inner, long State, long Layers) s)
    {
        bool bias = settings.Switch("use_bias", false);
        long rank = settings.Word("time_step_rank") == "auto" ? (s.Width + 15) / 16
            : settings.SizeOr((s.Width + 15) / 16, "time_step_rank");
        weights.Linear("mixer.in_proj", (s.Width, 2 * s.Inner), s.Layers, "the input and its gate", bias);
        AddConvolution(weights, settings, s.Inner, s.Layers);
        weights.Linear("mixer.x_proj", (s.Inner, rank + 2 * s.State), s.Layers, "step size, B and C of each token")
            .Linear("mixer.dt_proj", (rank, s.Inner), s.Layers, "from the rank to a step size a channel", hasBias: true)
            .Linear("mixer.A_log", (s.State, s.Inner), s.Layers, "how fast the state fades")
            .Vector("mixer.D", s.Inner, s.Layers, "how much of the input passes by")
            .Linear("mixer.out_proj", (s.Inner, s.Width), s.Layers, "back to the width of the model", bias);
    }

    private static void AddSecond(
        WeightList weights, ModelSettings settings, (long Width, long Inner, long State, long Layers) s)
    {
        bool bias = settings.Switch("use_bias", false);
        long heads = settings.SizeOr(s.Inner / Math.Max(1, settings.SizeOr(64, "head_dim")), "num_heads");
        long mixed = s.Inner + 2 * settings.SizeOr(8, "n_groups") * s.State;
        weights.Linear("mixer.in_proj", (s.Width, s.Inner + mixed + heads), s.Layers,
            "the gate, the input, B, C and the step sizes", bias);
        AddConvolution(weights, settings, mixed, s.Layers);
        weights.Vector("mixer.dt_bias", heads, s.Layers, "usual step size of each head")
            .Vector("mixer.A_log", heads, s.Layers, "how fast the state of each head fades")
            .Vector("mixer.D", heads, s.Layers, "how much of the input passes by")
            .Norm("mixer.norm", s.Inner, s.Layers)
            .Linear("mixer.out_proj", (s.Inner, s.Width), s.Layers, "back to the width of the model", bias);
    }

    private static void AddConvolution(WeightList weights, ModelSettings settings, long channels, long layers) =>
        weights.Linear("mixer.conv1d", (settings.SizeOr(4, "conv_kernel"), channels), layers,
            "blends each channel with its last values", settings.Switch("use_conv_bias", true));
}
