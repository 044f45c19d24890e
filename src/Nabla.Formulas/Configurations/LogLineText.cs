using System.Text.RegularExpressions;

namespace Nabla.Formulas.Configurations;

/// <summary>
/// A line of a log without what every program puts around it: the time of day, the level, the bar of progress. What the
/// bar says in numbers is kept.
/// </summary>
/// <param name="Rest">What is left.</param>
/// <param name="Counted">Numbers that stood without a name, with the names that they have elsewhere.</param>
/// <param name="IsHeldOut">Whether the line says that it is about data that is not trained on.</param>
internal sealed partial record LogLineText(
    string Rest, IReadOnlyList<(string Name, string Value)> Counted, bool IsHeldOut)
{
    private const int Patience = 1000;

    /// <summary>The parts of a line.</summary>
    public static LogLineText Of(string line)
    {
        string rest = Prefix().Replace(line.Trim(), "").TrimStart();
        var counted = new List<(string, string)>();
        bool isHeldOut = HeldOut().IsMatch(rest);
        rest = Taken(rest, ImageNet(), match =>
        {
            counted.Add(("epoch", match.Groups["epoch"].Value));
            counted.Add(("step", match.Groups["step"].Value));
        });
        rest = Taken(rest, Progress(), match =>
        {
            counted.Add(("progress", match.Groups["step"].Value));
            Add("elapsed", match.Groups["elapsed"]);
            Add("eta", match.Groups["left"]);
            Add("it/s", match.Groups["speed"]);
            Add("time_per_step", match.Groups["pace"]);
        });
        rest = Taken(rest, Keras(), match =>
        {
            counted.Add(("progress", match.Groups["step"].Value));
            Add("elapsed", match.Groups["elapsed"]);
            Add("time_per_step", match.Groups["pace"]);
        });
        rest = Lists().Replace(rest, "${first}");
        rest = Improved().Replace(rest, ": ${now}");
        return new LogLineText(rest, counted, isHeldOut);

        void Add(string name, Group group)
        {
            if (group.Success && group.Value.Trim() is { Length: > 0 } value && value != "?")
                counted.Add((name, value));
        }
    }

    /// <summary>The named numbers of <c>name of some words (ms): 812.3 | lm loss: 3.2E+00 |</c>, or none.</summary>
    public IEnumerable<(string Name, string Value)> Piped()
    {
        string[] parts = Rest.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var found = new List<(string, string)>();
        foreach (string part in parts)
        {
            if (Named().Match(part) is not { Success: true } match)
                return [];
            string name = match.Groups["name"].Value;
            string unit = name.Contains("(ms)", StringComparison.Ordinal) ? " ms" : "";
            found.Add((Unit().Replace(name, "").Trim(),
                match.Groups["value"].Value.Replace(" ", "", StringComparison.Ordinal) + unit));
        }
        return found.Count > 2 ? found : [];
    }

    private static string Taken(string text, Regex pattern, Action<Match> take)
    {
        if (pattern.Match(text) is not { Success: true } match)
            return text;
        take(match);
        return $"{text[..match.Index]} {text[(match.Index + match.Length)..]}";
    }

    // [2024-05-01 12:00:00,123] [INFO] [logging.py:96:log_dist] [Rank 0] and 2024-01-01 10:00:00 | INFO | train |
    [GeneratedRegex("""
        ^(?:\s*(?:
            \[?\d{4}-\d\d-\d\d[\ T]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\]?
            | \[?(?:INFO|WARNING|DEBUG|ERROR)\]?
            | \[[\w.]+:\d+:\w+\] | \[[Rr]ank\ \d+\]
            | \|\s*(?:train|train_inner|fairseq[\w.]*)\s*(?=\|)
            | \|
        ))+
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^(?:test|valid|validation|val|eval|dev)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex HeldOut();

    // Epoch: [0][ 100/5005]
    [GeneratedRegex(@"^Epoch:\s*\[(?<epoch>\d+)\]\s*\[\s*(?<step>\d+/\d+)\]", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex ImageNet();

    // 42%|████▏     | 395/938 [00:05<00:07, 74.21it/s, loss=0.213] or 2.1s/it
    [GeneratedRegex("""
        (?:\d+%\|[^|]{0,200}\|)\s*(?<step>\d+/\d+)\s*
        \[(?<elapsed>[\d:]+)<(?<left>[\d:?]+),\s*(?:(?<speed>[\d.?]+)(?:it|step|batch|ex)/s|(?<pace>[\d.?]+s)/it)?,?
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Progress();

    // 1875/1875 [==============================] - 5s 3ms/step - or ━━━━━━━━━━ 5s 3ms/step -
    [GeneratedRegex("""
        ^(?<step>\d+/\d+)\s*(?:\[[=>.\ ]{0,200}\]|[━╸\ ]{1,200})\s*(?:-\s*)?(?<elapsed>\d+m?s)?
        \s*(?<pace>\d+[mu]?s)?(?:/step|/sample|/epoch)?
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Keras();

    // lr=[9.65e-06, 9.65e-06], mom=[(0.9, 0.95), (0.9, 0.95)]: one for each group of parameters.
    [GeneratedRegex(@"(?<==\s?)\[\(?(?<first>[\d.eE+-]+)[^\]]{0,200}\]", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Lists();

    // val_loss improved from 0.3121 to 0.2987, saving model to best.h5
    [GeneratedRegex(@"\s+improved from [\d.einf+-]+ to (?<now>[\d.]*\d),?.*$", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Improved();

    [GeneratedRegex("""
        ^(?<name>[A-Za-z][A-Za-z_/()\ .-]{0,60}?)\s*(?::|(?=\s\d))\s*
        (?<value>[+-]?[\d.]+(?:[eE][+-]?\d+)?(?:\s*/\s*\d+)?)%?$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Named();

    [GeneratedRegex(@"\([A-Za-z/]*\)", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Unit();
}
