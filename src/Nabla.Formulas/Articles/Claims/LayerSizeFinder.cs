using System.Globalization;
using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Checks how many parameters a layer is said to have: "Linear(784, 128) has 100,480 parameters". With or without
/// biases; only what neither gives is wrong.
/// </summary>
internal static partial class LayerSizeFinder
{
    private const int LongestLine = 4000;

    public static void Find(CheckContext context)
    {
        foreach (TextUnit unit in context.Units)
        {
            if (!context.MayClaim())
                return;
            if (unit.Text.Length > LongestLine || !unit.Text.Text.Contains("param", StringComparison.OrdinalIgnoreCase)
                && !unit.Text.Text.Contains("weights", StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (Match match in Claims().Matches(unit.Text.Text))
                Check(unit.Text, match, context);
        }
    }

    private static void Check(MappedText line, Match match, CheckContext context)
    {
        Group count = match.Groups["count"];
        int at = count.Index;
        if (PrintedNumber.Read(line.Text, ref at) is not { Whole: { } said } printed || at != count.Index + count.Length
            || Number(match, "in") is not { } inputs || Number(match, "out") is not { } outputs)
            return;
        double kernel = Number(match, "kernel") is { } size ? size * size : 1;
        double weights = inputs * outputs * kernel, all = weights + outputs;
        bool isRight = (double)said == weights || (double)said == all;
        string plain = weights.ToString("N0", CultureInfo.InvariantCulture);
        string biased = all.ToString("N0", CultureInfo.InvariantCulture);
        bool isDoubtful = Meanings.Falsehood(line.Text, match.Index, match.Index + match.Length) is not null;
        context.Add(line.Slice(match.Index, match.Length), "parameters", printed.Text,
            ((double)said == weights ? plain : biased,
            isRight ? Verdict.Right : isDoubtful ? Verdict.NotCheckable : Verdict.Wrong,
            $"it has {plain} weights, {biased} with biases"));
    }

    private static double? Number(Match match, string name)
    {
        Group group = match.Groups[name];
        int at = 0;
        return group.Success && PrintedNumber.Read(group.Value, ref at) is { } number && at == group.Length
            ? number.Value : null;
    }

    [GeneratedRegex(@"(?:\b(?:Linear|Dense)\((?:in_features=)?(?<in>\d+), ?(?:out_features=)?(?<out>\d+)\)"
        + @"|\bConv2d\((?<in>\d+), ?(?<out>\d+), ?(?:kernel_size ?= ?)?(?<kernel>\d+)\)"
        + @"|\b(?:dense|linear|fully[- ]connected) layer (?:with|from|of) (?<in>\d[\d,]*\d|\d)"
        + @"(?: (?:inputs?|units|neurons|features))?"
        + @" (?:and|to) (?<out>\d[\d,]*\d|\d) (?:outputs?|units|neurons|features))`?"
        + @" (?:layer )?(?:has|have|contains|needs|holds|adds|gives) (?:exactly |a total of |in total )?"
        + @"(?<count>\d[\d,]*\d|\d)(?= (?:trainable |learnable |learned |free )?"
        + @"(?:parameters|params|weights\b(?! and)))",
        RegexOptions.IgnoreCase)]
    private static partial Regex Claims();
}
