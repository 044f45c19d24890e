using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla.Formulas.Configurations;

/// <summary>
/// A line of a training log, as nanoGPT, llm.c, Keras, Lightning, Hugging Face, Megatron, DeepSpeed and fairseq print
/// it: <c>step 1200 | loss 3.21 | lr 2.9e-4</c>, <c>{'loss': 2.31, 'grad_norm': 0.7}</c>.
/// </summary>
internal sealed partial class LogLineFormat : IConfigurationFormat
{
    public ConfigurationExplanation? TryExplain(string text)
    {
        if (text.Contains('\n', StringComparison.Ordinal) || text.Length > 2000 || Call().IsMatch(text))
            return null;
        if (AreRatherSettings(text))
            return null;
        var line = LogLineText.Of(text);
        List<ExplainedValue> values = Values(line, out int words);
        // Most of the line must be names and numbers, and one of them something that only training has.
        bool isLog = values.Count >= 2 && words <= values.Count && values.Any(IsTelling)
            || EpochAlone().IsMatch(text) && values.Count == 1;
        return isLog ? Explain(values) : null;
    }

    // lr=3e-4 dropout=0.1: more of the names are settings than are numbers that a run prints.
    private static bool AreRatherSettings(string text)
    {
        string[] names = [.. Entry().Matches(text).Select(match => match.Groups["name"].Value.Trim())];
        return names.Count(name => Glossary.Settings.Find(name) is not null)
            > names.Count(name => Find(name) is not null);
    }

    private static List<ExplainedValue> Values(LogLineText line, out int unknown)
    {
        var found = new List<ExplainedValue>();
        unknown = 0;
        (string Name, string Value)[] piped = [.. line.Piped()];
        foreach ((string name, string value) in line.Counted.Concat(piped.Length > 0 ? piped : Named(line.Rest)))
        {
            if (Find(name) is not { } term || found.Exists(other => other.Name == name))
                unknown += piped.Length > 0 ? 0 : 1;
            else
                found.Add((line.IsHeldOut && term.Title == "training loss" ? Glossary.Metrics.Find("val_loss")! : term)
                    .Explain(name, value));
        }
        foreach (Match match in Unnamed().Matches(line.Rest))
            foreach (string name in (string[])["tok/s", "it/s", "time_per_step", "mfu"])
                if (match.Groups[name.Replace('/', '_')] is { Success: true } value && Find(name) is { } term
                    && !found.Exists(other => other.Title == term.Title))
                    found.Add(term.Explain(match.Groups["said"].Value.Trim(), value.Value));
        return found;
    }

    // A number with a unit of time is a time, whatever stands before it: "perplexity: 18.22 seconds per pass".
    private static IEnumerable<(string Name, string Value)> Named(string text)
    {
        foreach (Match match in Entry().Matches(text))
        {
            string name = match.Groups["name"].Value.Trim(), unit = match.Groups["unit"].Value.Trim();
            if (unit.Length == 0 || Find(name)?.Title.StartsWith("time", StringComparison.Ordinal) == true)
                yield return (name, match.Groups["value"].Value + (unit.Length > 0 ? " " + unit : ""));
        }
    }

    // "train loss" is known as a whole; of "mean loss" the last word is, but "params norm" is no norm of gradients.
    private static Term? Find(string name)
    {
        int blank = name.LastIndexOf(' ');
        return Glossary.Metrics.Find(name) ?? (blank > 0 && Plain.Contains(name[..blank].ToLowerInvariant())
            ? Glossary.Metrics.Find(name[(blank + 1)..]) : null);
    }

    private static readonly FrozenSet<string> Plain = FrozenSet.Create(StringComparer.Ordinal, "mean", "average", "avg",
        "train", "training", "current", "running", "the", "epoch", "step", "batch", "total", "final", "global", "at",
        "iter", "iteration", "and", "best", "last", "on", "set");

    private static bool IsTelling(ExplainedValue value) =>
        value.Title.Contains("loss", StringComparison.Ordinal) || value.Name.Length > 3 && value.Title != "time"
        && value.Title != "step";

    private static ConfigurationExplanation Explain(List<ExplainedValue> values)
    {
        double? Of(string title) => values.Find(value => value.Title == title) is { } found
            ? ValueRules.NumberIn(found.Value) : null;
        if (!IsCrossEntropy(values))
            values = [.. values.Select(value => value.Title.EndsWith(" loss", StringComparison.Ordinal)
                ? value with { Amounts = "" } : value)];
        var parts = new List<string>();
        var warnings = new List<string>();
        if (values.Find(value => value.Title == "step") is { } step)
            parts.Add($"at step {step.Value}");
        if (Of("training loss") is { } loss)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"the training loss is {loss:G4}")
                + (loss is >= 0 and < 30 && IsCrossEntropy(values) ? string.Create(
                    CultureInfo.InvariantCulture,
                    $" nats, as if choosing among {Math.Exp(loss):G3} equally likely {Chosen(values)}") : ""));
        if (Of("held-out loss") is { } held)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture,
                $"the held-out loss {(Of("training loss") is null ? "is " : "")}{held:G4}"));
            if (Of("training loss") is { } training && training > 0 && held > 1.15 * training)
                warnings.Add(string.Create(CultureInfo.InvariantCulture,
                    $"The held-out loss is {100 * (held / training - 1):F0} % above the training loss: overfitting?"));
        }
        if (Of("perplexity") is { } perplexity)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"the perplexity is {perplexity:G4}"));
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

    // fairseq's losses are in bits, smoothed ones are no exponents of the perplexity beside them, and those of
    // preferences, policies and distances are no cross-entropies.
    private static bool IsCrossEntropy(List<ExplainedValue> values)
    {
        if (values.Exists(value => value.Title is "KL divergence" or "policy loss" or "mean squared error"
            or "mean absolute error" or "overlap" || value.Title.Contains("reward", StringComparison.Ordinal)))
            return false;
        double? Of(string title) => values.Find(value => value.Title == title) is { } found
            ? ValueRules.NumberIn(found.Value) : null;
        return Of("perplexity") is not { } other || (Of("training loss") ?? Of("held-out loss")) is not { } loss
            || Math.Abs(Math.Log(other) - loss) <= 0.02 * Math.Max(1, loss);
    }

    private static string Chosen(List<ExplainedValue> values) =>
        values.Exists(value => value.Title.StartsWith("accuracy", StringComparison.Ordinal)) ? "answers" : "tokens";

    // AdamW(lr=3e-4, weight_decay=0.1) gives settings to something.
    [GeneratedRegex(@"^(?:[\w.]+\s*=\s*)?[A-Za-z_][\w.]*\(.*\)$")]
    private static partial Regex Call();

    // A name of one or two words, a sign or a space, and a number, perhaps "3/10", a unit or a percent sign.
    [GeneratedRegex("""
        (?<name>[A-Za-z][A-Za-z_/.@]*[0-9]?(?:[ ][A-Za-z_/]+)?)["']?
        (?>\s*[:=]\s*|\s+)["']?
        (?<value>[+-]?(?:\d+(?:[,_]\d{3})*\.?\d*(?:e[+-]?\d+)?|nan|inf)(?:\s?/\s?\d+)?%?)
        (?<unit>\s?(?:ms|s|sec|secs|seconds|min|minutes|h|hours)\b)?
        (?![A-Za-z]{3})
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Entry();

    // 2266112 tok/s, 5.2it/s, 3ms/step, 61.2% bf16 MFU: the name stands behind the number.
    [GeneratedRegex("""
        (?<![A-Za-z:=]\s?)\b(?:
        (?<tok_s>\d[\d.,]*k?)\s*(?<said>tok(?:en)?s?/s(?:ec)?)
        | (?<it_s>\d[\d.]*)\s?(?<said>(?:it|steps?|samples?|img|images|examples)/s(?:ec)?)
        | (?<time_per_step>\d[\d.]*\s?[mu]?s)/(?<said>step|it|batch)
        | (?<mfu>\d[\d.]*%?)\s*(?:bf16|fp16|fp8)?\s*(?<said>MFU)
        )(?![A-Za-z]|\s*[:=])
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Unnamed();

    [GeneratedRegex(@"^Epoch:?\s*\d+\s*/\s*\d+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EpochAlone();
}
