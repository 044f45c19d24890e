namespace Nabla.Formulas.Configurations;

/// <summary>
/// The command line of a training program: llm.c's single letters (<c>./train_gpt2cu -b 64 -t 1024 -d 524288</c>), or long
/// options (<c>--learning_rate 3e-4 --batch-size=32</c>).
/// </summary>
internal sealed class CommandLineFormat : IConfigurationFormat
{
    // llm.c, train_gpt2.cu: error_usage().
    private static readonly Dictionary<string, (string Title, string Meaning, string Rule)> Letters =
        new(StringComparer.Ordinal)
        {
            ["-i"] = ("training data", "The files of tokens to train on.", ""),
            ["-j"] = ("held-out data", "The files of tokens to evaluate on.", ""),
            ["-e"] = ("model", "A checkpoint, or d and the number of layers of a GPT-2 to begin with: d12 is 124M.", ""),
            ["-o"] = ("output folder", "Where logs and checkpoints go.", ""),
            ["-n"] = ("steps between checkpoints", "How often everything is saved.", ""),
            ["-v"] = ("steps between evaluations", "How often the held-out loss is measured.", ""),
            ["-m"] = ("batches of an evaluation", "How many held-out batches one evaluation averages.", ""),
            ["-s"] = ("steps between samples", "How often the model writes a text.", ""),
            ["-g"] = ("length of a sample", "How many tokens it writes then.", ""),
            ["-h"] = ("HellaSwag", "Whether the HellaSwag questions are asked, too.", ""),
            ["-y"] = ("resume", "Whether to go on from the last checkpoint.", ""),
            ["-b"] = ("batch size B", "Texts in one forward and backward pass on each device.", ""),
            ["-t"] = ("context length T", "Tokens in one text.", ""),
            ["-d"] = ("batch size in tokens", "Tokens that one update has seen; gradients are accumulated up to it.", "steps"),
            ["-l"] = ("learning rate, η", "The highest rate.", "learning_rate"),
            ["-u"] = ("warm-up", "Steps during which the rate climbs.", "steps"),
            ["-q"] = ("last learning rate", "As a share of the highest one.", "share"),
            ["-k"] = ("schedule", "How the rate falls.", "schedule"),
            ["-c"] = ("weight decay, λ", "How much each step also shrinks the weights.", "weight_decay"),
            ["-x"] = ("steps of training", "How many updates; by default one pass over the data.", "steps"),
            ["-r"] = ("recomputation", "1 computes GELU again in the backward pass, 2 layer norms as well: less memory.", ""),
            ["-z"] = ("ZeRO stage", "Over how many devices the optimizer's state is spread.", ""),
            ["-f"] = ("TF32", "Whether products may use the 19-bit format.", ""),
            ["-w"] = ("master weights", "Whether a 32-bit copy of the weights is kept.", ""),
            ["-a"] = ("overfit one batch", "A check that the model can learn at all.", ""),
            ["-sl"] = ("outlier of the loss", "Updates whose loss is this many deviations off are left out.", ""),
            ["-sg"] = ("outlier of the gradient", "Updates whose gradient is this many deviations off are left out.", ""),
        };

    public ConfigurationExplanation? TryExplain(string text)
    {
        string[] words = text.Replace("\\\n", " ", StringComparison.Ordinal).Split(
            [' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        bool isLlmC = words.Length > 2 && words[0].Contains("train_gpt2", StringComparison.Ordinal);
        if (!isLlmC && !words.Any(word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 3))
            return null;
        var values = new List<ExplainedValue>();
        var warnings = new List<string>();
        foreach ((string name, string value) in Options(words))
            if (Explain(name, value, isLlmC) is { } explained)
                values.Add(explained);
            else
                warnings.Add($"\"{name}\" is not known here.");
        if (values.Count == 0)
            return null;
        warnings.AddRange(SettingWarnings.Of([.. values.Select(value => (value.Name, value.Value))]));
        return new(ConfigurationKind.Settings, isLlmC ? "A run of llm.c" : "A run of a training program",
            $"A run with {string.Join(", ", values.Select(value => value.Title))}{Tokens(values)}.", values)
        {
            Warnings = warnings,
        };
    }

    private static ExplainedValue? Explain(string name, string value, bool isLlmC)
    {
        if (isLlmC && Letters.TryGetValue(name, out var letter))
            return new(name, value, letter.Title, letter.Meaning) { Amounts = ValueRules.Apply(letter.Rule, value) };
        return Glossary.Settings.Find(name) is { } term
            ? new(name, value, term.Title, term.Meaning) { Amounts = ValueRules.Apply(term.Rule, value) } : null;
    }

    private static IEnumerable<(string Name, string Value)> Options(string[] words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].Length < 2 || words[i][0] != '-' || !char.IsAsciiLetter(words[i].TrimStart('-').FirstOrDefault()))
                continue;
            int equals = words[i].IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                yield return (words[i][..equals], words[i][(equals + 1)..]);
            else if (i + 1 < words.Length && !IsOption(words[i + 1]))
                yield return (words[i], words[++i].Trim('"', '\''));
            else
                yield return (words[i], "");
        }
    }

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]);

    private static string Tokens(List<ExplainedValue> values)
    {
        double? Of(string name) => values.Find(value => value.Name == name) is { } found
            ? ValueRules.NumberIn(found.Value) : null;
        return Of("-b") is { } batch && Of("-t") is { } context && Of("-d") is { } tokens && batch * context > 0
            ? $"; one pass takes {batch} × {context} = {batch * context} tokens, an update {tokens / (batch * context)} of them"
            : "";
    }
}
