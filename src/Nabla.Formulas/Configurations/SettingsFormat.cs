using Nabla.Formulas.Evaluation.Reading;

namespace Nabla.Formulas.Configurations;

/// <summary>
/// Settings in code, YAML or JSON: <c>AdamW(betas=(0.9, 0.95), lr=3e-4)</c>, <c>n_layer = 12</c> on lines,
/// <c>warmup_steps: 2000</c>.
/// </summary>
internal sealed class SettingsFormat : IConfigurationFormat
{
    private const int ShortestMisspelt = 4;

    public ConfigurationExplanation? TryExplain(string text)
    {
        (string owner, string inside) = Call(text);
        if (NamedValues.Read(NamedValues.WithCommas(Unbraced(inside))) is not { Count: > 0 } values)
            return Layers.TryExplain(owner, inside);
        if (Layers.TryExplain(owner, inside) is { } layer)
            return layer;
        values.RemoveAll(value => value.Value.Length == 0 && Glossary.Settings.Find(value.Name) is null);
        int known = values.Count(value => Glossary.Settings.Find(value.Name) is not null);
        bool isOwned = owner.Length > 0 && Owners.Find(owner) is not null;
        if (!isOwned && !LooksLikeSettings(values, known))
            return null;
        return Explain(isOwned ? owner : "", values);
    }

    // A formula can look like one setting: T = 5. Names that only settings have, or several of them, cannot.
    private static bool LooksLikeSettings(List<(string Name, string Value)> values, int known) => known > 0
        && 2 * known >= values.Count && !values.Exists(value => IsComputed(value.Value))
        && values.Any(value => value.Name.Length > 1 && value.Value.Length > 0
            && Glossary.Settings.Find(value.Name) is not null)
        && (known > 1 || values[0].Name.Contains('_', StringComparison.Ordinal) || values[0].Name is "lr" or "betas");

    // lr_max * min(step / warmup, 1): names that are multiplied are those of a formula; 5 * 8 is a number.
    private static bool IsComputed(string value)
    {
        string[] signs = ["*", " / ", " + ", " - "];
        return signs.Any(sign => value.Contains(sign, StringComparison.Ordinal))
            && value.Split([' ', '*', '/', '+', '-', '(', ')', ','])
                .Any(word => word.Length > 0 && char.IsAsciiLetter(word[0]));
    }

    private static ConfigurationExplanation Explain(string owner, List<(string Name, string Value)> values)
    {
        Owner? rule = Owners.Find(owner);
        var explained = new List<ExplainedValue>();
        var warnings = new List<string>();
        foreach ((string name, string value) in values)
            if (Glossary.Settings.Find(name) is { } term)
                explained.Add(term.Explain(name, value));
            else
                warnings.Add(Unknown(name));
        warnings.AddRange(SettingWarnings.Of(values));
        string which = explained.Count == 0 ? "" : $" with {Amount(explained.Count)}";
        return new(ConfigurationKind.Settings,
            rule is null ? "Settings of a training run" : $"Settings of {rule.Name}",
            rule is null ? $"Settings of a training run: {string.Join(", ", explained.Select(value => value.Title))}."
                : $"{rule.Name}{which}: {rule.Meaning}",
            explained)
        {
            Warnings = warnings,
            Related = [.. new[] { rule?.Entry ?? "" }
                .Concat(values.Select(value => Glossary.Settings.Find(value.Name)?.Entry ?? ""))
                .Where(entry => entry.Length > 0).Distinct(StringComparer.Ordinal)],
        };
    }

    private static string Unknown(string name)
    {
        string? meant = name.Length < ShortestMisspelt ? null : Spelling.Nearest(
            name, Glossary.Settings.Terms.SelectMany(term => term.Names).Where(known => known.Length > 2));
        return $"\"{name}\" is not known here" + (meant is null ? "." : $"; did you mean {meant}?");
    }

    private static string Amount(int count) => count == 1 ? "one setting" : $"{count} settings";

    // The name before the first bracket, and what stands between it and the last one, with whatever follows: people
    // write AdamW(betas=(0.9, 0.95)), warmup_steps=2000.
    private static (string Owner, string Inside) Call(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0 || !NamedValues.IsName(text[..open].Trim()))
            return ("", text);
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
                return (text[..open].Trim(), text[(open + 1)..i] + "\n" + text[(i + 1)..]);
        }
        return ("", text);
    }

    private static string Unbraced(string text) =>
        text.StartsWith('{') && text.EndsWith('}') ? text[1..^1] : text;
}
