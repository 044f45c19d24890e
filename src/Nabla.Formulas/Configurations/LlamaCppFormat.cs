using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla.Formulas.Configurations;

/// <summary>
/// What llama.cpp prints: how long reading and writing took, the sizes of a model, a perplexity with its error.
/// </summary>
internal sealed partial class LlamaCppFormat : IConfigurationFormat
{
    private const int Patience = 1000, LongestLine = 500;

    public ConfigurationExplanation? TryExplain(string text)
    {
        if (text.Length > LongestLine || text.Contains('\n', StringComparison.Ordinal))
            return null;
        return Timing().Match(text) is { Success: true } timing ? OfTiming(timing)
            : Estimate().Match(text) is { Success: true } estimate ? OfEstimate(estimate)
            : Meta().Match(text) is { Success: true } meta ? OfMeta(meta) : null;
    }

    private static ConfigurationExplanation OfTiming(Match match)
    {
        string what = match.Groups["what"].Value;
        string does = what switch
        {
            "prompt eval time" => "reading the prompt",
            "eval time" => "writing, one token after the other,",
            "sample time" or "sampling time" => "choosing tokens",
            "load time" => "loading the model",
            _ => "everything together",
        };
        var values = new List<ExplainedValue>
        {
            new(what, match.Groups["ms"].Value + " ms", "time", $"How long {does.TrimEnd(',')} took."),
        };
        string reading = $"{char.ToUpperInvariant(does[0])}{does[1..]} took {Number(match, "ms")} ms";
        if (match.Groups["count"].Success)
        {
            string counted = match.Groups["counted"].Value;
            values.Add(new(counted, match.Groups["count"].Value, "tokens", "How many tokens it was for."));
            reading += $" for {match.Groups["count"].Value} tokens";
        }
        if (match.Groups["each"].Success)
        {
            values.Add(new("ms per token", match.Groups["each"].Value, "time of a token", "How long one token took."));
            values.Add(new("tokens per second", match.Groups["speed"].Value, "tokens a second",
                "How many tokens are read or written in a second."));
            reading += $": {match.Groups["each"].Value} ms each, {match.Groups["speed"].Value} a second";
        }
        return new(ConfigurationKind.LogLine, "A line that llama.cpp prints", reading + ".", values);
    }

    private static ConfigurationExplanation OfEstimate(Match match)
    {
        Term term = Glossary.Metrics.Find("ppl")!;
        ExplainedValue value = term.Explain("PPL", match.Groups["value"].Value);
        string error = match.Groups["error"].Value;
        return new(ConfigurationKind.LogLine, "A line that llama.cpp prints", string.Create(
            CultureInfo.InvariantCulture, $"The perplexity of the text is {value.Value}")
            + (error.Length > 0 ? $", give or take {error} (one standard error)" : "")
            + $": as if choosing among {Number(match, "value")} equally likely tokens.", [value]);
    }

    private static ConfigurationExplanation OfMeta(Match match)
    {
        string name = match.Groups["name"].Value.Trim(), value = match.Groups["value"].Value.Trim();
        ExplainedValue said = Glossary.Settings.Find(name) is { } term ? term.Explain(name, value)
            : new(name, value, name.Replace('_', ' '), "What llama.cpp says of the model that it loads.");
        return new(ConfigurationKind.LogLine, "A line that llama.cpp prints",
            said.Title == name ? $"{name}: {value}." : $"{name} is {value}: {said.Title}.", [said]);
    }

    private static string Number(Match match, string group) => double
        .Parse(match.Groups[group].Value, CultureInfo.InvariantCulture).ToString("G4", CultureInfo.InvariantCulture);

    [GeneratedRegex("""
        ^(?:[\w.]+:\s*)?(?<what>(?:prompt\ eval|eval|load|sample|sampling|total)\ time)\s*=\s*(?<ms>\d+(?:\.\d+)?)\s*ms
        (?:\s*/\s*(?<count>\d+)\s*(?<counted>runs|tokens))?
        (?:\s*\(\s*(?<each>\d+(?:\.\d+)?)\ ms\ per\ token,\s*(?<speed>\d+(?:\.\d+)?)\ tokens\ per\ second\))?\s*$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Timing();

    [GeneratedRegex(@"^Final estimate:\s*PPL\s*=\s*(?<value>\d+(?:\.\d+)?)"
        + @"(?:\s*(?:\+/-|±)\s*(?<error>\d+(?:\.\d+)?))?\s*$", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Estimate();

    [GeneratedRegex(@"^(?:llm_load_print_meta|print_info|llama_new_context_with_model|llama_context"
        + @"|llama_model_load\w*):\s*(?<name>[A-Za-z_][\w ]{0,40}?)\s*=\s*(?<value>\S.*)$",
        RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Meta();
}
