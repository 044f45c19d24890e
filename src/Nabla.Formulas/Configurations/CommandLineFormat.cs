namespace Nabla.Formulas.Configurations;

/// <summary>
/// The command line of a training program: llm.c's single letters (<c>./train_gpt2cu -b 64 -t 1024 -d 524288</c>), or
/// long options (<c>--learning_rate 3e-4 --batch-size=32</c>).
/// </summary>
internal sealed class CommandLineFormat : IConfigurationFormat
{
    public ConfigurationExplanation? TryExplain(string text)
    {
        string[] words = text.Replace("\\\n", " ", StringComparison.Ordinal).Split(
            [' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        bool isLlmC = words.Length > 2 && words[0].Contains("train_gpt2", StringComparison.Ordinal);
        if (!isLlmC && !words.Any(word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 3))
            return null;
        var values = new List<ExplainedValue>();
        var warnings = new List<string>();
        NamedValues.RequireFew(words.Count(IsOption));
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
        Term? term = (isLlmC ? Glossary.LlmC.Find(name) : null) ?? Glossary.Settings.Find(name);
        return term?.Explain(name, value);
    }

    private static IEnumerable<(string Name, string Value)> Options(string[] words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (!IsOption(words[i]))
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

    private static bool IsOption(string word) =>
        word.StartsWith('-') && char.IsAsciiLetter(word.TrimStart('-').FirstOrDefault());

    private static string Tokens(List<ExplainedValue> values)
    {
        double? Of(string name) => values.Find(value => value.Name == name) is { } found
            ? ValueRules.NumberIn(found.Value) : null;
        return Of("-b") is { } batch && Of("-t") is { } context && Of("-d") is { } tokens && batch * context > 0
            ? $"; one pass takes {batch} × {context} = {batch * context} tokens, an update "
                + $"{tokens / (batch * context)} of them"
            : "";
    }
}
