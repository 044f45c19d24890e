using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla.Formulas.Configurations;

/// <summary>
/// A line of a training log, as nanoGPT, llm.c, Keras and Hugging Face print it: <c>step 1200 | loss 3.21 | lr
/// 2.9e-4</c>, <c>{'loss': 2.31, 'grad_norm': 0.7}</c>.
/// </summary>
internal sealed partial class LogLineFormat : IConfigurationFormat
{
    public ConfigurationExplanation? TryExplain(string text)
    {
        if (text.Contains('\n', StringComparison.Ordinal) || text.Length > 2000 || Call().IsMatch(text))
            return null;
        if (AreRatherSettings(text))
            return null;
        List<ExplainedValue> values = Values(text, out int words);
        // Most of the line must be names and numbers, and one of them something that only training has.
        return values.Count >= 2 && words <= values.Count && values.Any(IsTelling) ? Explain(values) : null;
    }

    // lr=3e-4 dropout=0.1: more of the names are settings than are numbers that a run prints.
    private static bool AreRatherSettings(string text)
    {
        string[] names = [.. Entry().Matches(text).Select(match => match.Groups["name"].Value.Trim())];
        return names.Count(name => Glossary.Settings.Find(name) is not null)
            > names.Count(name => Find(name) is not null);
    }

    private static List<ExplainedValue> Values(string text, out int unknown)
    {
        var found = new List<ExplainedValue>();
        unknown = 0;
        foreach (Match match in Entry().Matches(text))
        {
            string name = match.Groups["name"].Value.Trim(), value = match.Groups["value"].Value;
            if (Find(name) is not { } term)
                unknown++;
            else
                found.Add(term.Explain(name, value));
        }
        if (TokensPerSecond().Match(text) is { Success: true } speed && Glossary.Metrics.Find("tok/s") is { } rate)
            found.Add(rate.Explain(speed.Groups["name"].Value, speed.Groups["value"].Value));
        return found;
    }

    // "train loss" is known as a whole; of "mean loss" the last word is.
    private static Term? Find(string name) =>
        Glossary.Metrics.Find(name) ?? Glossary.Metrics.Find(name[(name.LastIndexOf(' ') + 1)..]);

    private static bool IsTelling(ExplainedValue value) =>
        value.Title.Contains("loss", StringComparison.Ordinal) || value.Name.Length > 3 && value.Title != "time"
        && value.Title != "step";

    private static ConfigurationExplanation Explain(List<ExplainedValue> values)
    {
        double? Of(string title) => values.Find(value => value.Title == title) is { } found
            ? ValueRules.NumberIn(found.Value) : null;
        var parts = new List<string>();
        var warnings = new List<string>();
        if (values.Find(value => value.Title == "step") is { } step)
            parts.Add($"at step {step.Value}");
        if (Of("training loss") is { } loss)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"the training loss is {loss:G4}")
                + (loss is >= 0 and < 30 ? string.Create(CultureInfo.InvariantCulture,
                    $" nats, as if choosing among {Math.Exp(loss):G3} equally likely tokens") : ""));
        if (Of("held-out loss") is { } held)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"the held-out loss {held:G4}"));
            if (Of("training loss") is { } training && training > 0 && held > 1.15 * training)
                warnings.Add(string.Create(CultureInfo.InvariantCulture,
                    $"The held-out loss is {100 * (held / training - 1):F0} % above the training loss: overfitting?"));
        }
        if (Of("norm of the gradient") is { } norm)
            parts.Add(string.Create(CultureInfo.InvariantCulture,
                $"the gradient has length {norm:G3}{(norm <= 1 ? ", below the usual clipping at 1" : "")}"));
        foreach (ExplainedValue value in values)
            if (value.Value.Contains("nan", StringComparison.OrdinalIgnoreCase)
                || value.Value.Contains("inf", StringComparison.OrdinalIgnoreCase))
                warnings.Add($"{value.Name} is {value.Value}: the run has diverged or a number overflowed; "
                    + "look for the first step where it happened.");
        string reading = parts.Count == 0 ? $"A training log with {string.Join(", ", values.Select(v => v.Title))}."
            : char.ToUpperInvariant(parts[0][0]) + string.Join("; ", parts)[1..] + ".";
        return new(ConfigurationKind.LogLine, "A line of a training log", reading, values)
        {
            Warnings = warnings,
            Related = [.. values.Select(value => Find(value.Name)?.Entry ?? "").Where(id => id.Length > 0)
                .Distinct(StringComparer.Ordinal)],
        };
    }

    // AdamW(lr=3e-4, weight_decay=0.1) gives settings to something.
    [GeneratedRegex(@"^(?:[\w.]+\s*=\s*)?[A-Za-z_][\w.]*\(.*\)$")]
    private static partial Regex Call();

    // A name of one or two words, a sign or a space, and a number, perhaps "3/10", a unit or a percent sign.
    [GeneratedRegex("""
        (?<name>[A-Za-z][A-Za-z_/.]*[0-9]?(?:[ ][A-Za-z_/]+)?)["']?
        (?>\s*[:=]\s*|\s+)["']?
        (?<value>[+-]?(?:\d[\d,_]*\.?\d*(?:e[+-]?\d+)?|nan|inf)(?:\s?/\s?\d+)?%?)
        (?![A-Za-z]{3})
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Entry();

    [GeneratedRegex(@"(?<value>[\d.,]+k?)\s*(?<name>tok(?:en)?s?/s(?:ec)?)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TokensPerSecond();
}
