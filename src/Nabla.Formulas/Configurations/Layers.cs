namespace Nabla.Formulas.Configurations;

/// <summary>
/// Layers as code writes them, with numbers: <c>nn.Conv2d(3, 64, kernel_size=7)</c>, <c>Dense(units=10)</c>. A layer of
/// something that is no number, <c>LayerNorm(x)</c>, is a formula.
/// </summary>
internal static class Layers
{
    private static readonly Dictionary<string, Layer> Known = All().ToDictionary(
        layer => layer.Name, StringComparer.Ordinal);

    /// <summary>The layer; null where the text is none.</summary>
    public static ConfigurationExplanation? TryExplain(string owner, string inside)
    {
        if (Known.GetValueOrDefault(owner[(owner.LastIndexOf('.') + 1)..]) is not { } layer)
            return null;
        var values = new List<ExplainedValue>();
        var warnings = new List<string>();
        int place = 0;
        foreach (string argument in Arguments(inside))
        {
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals > 0 ? argument[..equals].Trim() : layer.Order.ElementAtOrDefault(place++) ?? "";
            string value = argument[(equals + 1)..].Trim().Trim('"', '\'');
            if (equals < 0 && !IsNumber(value))
                return null;
            if (equals > 0 ? !NamedValues.IsName(name) || value.Length == 0 : name.Length == 0)
                return null;
            if (Glossary.Settings.Find(layer.Called(name)) is { } term)
                values.Add(term.Explain(name, value));
            else
                warnings.Add($"\"{name}\" is not known here.");
        }
        if (values.Count == 0)
            return null;
        string settings = values.Count == 1 ? "one setting" : $"{values.Count} settings";
        return new(ConfigurationKind.Settings, $"A layer: {layer.Name}",
            $"{layer.Name} with {settings}: {layer.Meaning}", values)
        {
            Warnings = warnings,
            Related = layer.Entry.Length > 0 ? [layer.Entry] : [],
        };
    }

    // 3, (3, 3), [64, 64], True.
    private static bool IsNumber(string value) => value.Length > 0 && value is "True" or "False"
        || value.Any(char.IsAsciiDigit) && value.All(c => char.IsAsciiDigit(c) || "()[], .-+eE_".Contains(c));

    private static IEnumerable<string> Arguments(string inside)
    {
        int depth = 0, start = 0;
        for (int i = 0; i <= inside.Length; i++)
        {
            char c = i < inside.Length ? inside[i] : ',';
            depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            if (c != ',' || depth > 0)
                continue;
            if (inside[start..i].Trim() is { Length: > 0 } argument)
                yield return argument;
            start = i + 1;
        }
    }

    private static IEnumerable<Layer> All()
    {
        string[] convolution = ["in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups",
            "bias"];
        string[] pool = ["kernel_size", "stride", "padding"];
        string[] recurrent = ["input_size", "hidden_size", "num_layers", "bias"];
        const string slides = "a small kernel slides over the input, and at each place gives the sum of what it covers "
            + "times its weights.";
        yield return new("Linear", "every output is a weighted sum of all inputs, and a bias: y = xWᵀ + b.",
            "linear_model", ["in_features", "out_features", "bias"]);
        yield return new("Dense", "every output is a weighted sum of all inputs, and a bias; then the activation.",
            "linear_model", ["units", "activation"]);
        foreach (string name in new[] { "Conv1d", "Conv2d", "Conv3d" })
            yield return new(name, slides, "convolution_2d", convolution);
        foreach (string name in new[] { "Conv1D", "Conv2D", "Conv3D" })
            yield return new(name, slides, "convolution_2d", ["filters", "kernel_size", "strides", "padding"]);
        foreach (string name in new[] { "ConvTranspose1d", "ConvTranspose2d" })
            yield return new(name, "the reverse of a convolution: each input spreads the kernel over a larger output.",
                "", convolution);
        foreach (string name in new[] { "MaxPool1d", "MaxPool2d", "MaxPooling2D" })
            yield return new(name, "of each window the largest value stays.", "", pool);
        foreach (string name in new[] { "AvgPool1d", "AvgPool2d", "AveragePooling2D" })
            yield return new(name, "of each window the mean stays.", "", pool);
        foreach (string name in new[] { "BatchNorm1d", "BatchNorm2d", "BatchNorm3d" })
            yield return new(name, "each feature is brought to mean 0 and variance 1 over the batch, then scaled and "
                + "shifted.", "batchnorm", ["num_features", "eps", "momentum"]);
        yield return new("LayerNorm", "each example is brought to mean 0 and variance 1 over its features, then scaled "
            + "and shifted.", "layernorm", ["normalized_shape", "eps"]);
        yield return new("RMSNorm", "each example is divided by the root of its mean square, then scaled.", "rmsnorm",
            ["normalized_shape", "eps"]);
        yield return new("GroupNorm", "the channels of each example are brought to mean 0 and variance 1 in groups.",
            "groupnorm", ["num_groups", "num_channels", "eps"]);
        yield return new("Embedding", "a table with one vector for each token; a token's number picks its row.", "",
            ["num_embeddings", "embedding_dim"]);
        foreach (string name in new[] { "Dropout", "Dropout1d", "Dropout2d" })
            yield return new(name, "in training each value is set to 0 with probability p, and the rest is divided by "
                + "1 − p; afterwards it does nothing.", "dropout", ["p"])
            {
                Names = { ["p"] = "dropout" },
            };
        yield return new("MultiheadAttention", "tokens are compared in several heads, and each takes a weighted mean "
            + "of the others' values.", "multi_head_attention", ["embed_dim", "num_heads", "dropout", "bias"]);
        foreach (string name in new[] { "RNN", "LSTM", "GRU" })
            yield return new(name, "reads a sequence step by step and keeps a hidden state.", "", recurrent);
        yield return new("TransformerEncoderLayer", "self-attention and a feed-forward layer, each with a norm and a "
            + "path around it.", "", ["d_model", "nhead", "dim_feedforward", "dropout"])
        {
            Names = { ["nhead"] = "num_heads" },
        };
    }

    /// <summary>A layer.</summary>
    /// <param name="Name">Its name in PyTorch or Keras.</param>
    /// <param name="Meaning">What it does, as the end of a sentence.</param>
    /// <param name="Entry">The entry of the knowledge base, or empty.</param>
    /// <param name="Order">The names of what is given without one.</param>
    private sealed record Layer(string Name, string Meaning, string Entry, string[] Order)
    {
        /// <summary>Settings that other programs call otherwise.</summary>
        public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

        public string Called(string name) => Names.GetValueOrDefault(name) ?? name;
    }
}
