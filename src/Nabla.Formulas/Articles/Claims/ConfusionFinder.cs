using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Checks precision, recall, F1 and accuracy of a paragraph that gives the counts of true and false positives and
/// negatives, each once.
/// </summary>
internal static partial class ConfusionFinder
{
    private const int LongestParagraph = 2000;
    private const double MostRounded = 0.01; // of an F1 of a precision and a recall with two digits

    public static void Find(CheckContext context)
    {
        foreach (ArticleBlock block in context.Article.Blocks)
        {
            if (!context.MayClaim())
                return;
            if (block.Kind != BlockKind.Paragraph || block.Text.Length > LongestParagraph)
                continue;
            MappedText text = block.Spoken;
            if (Counts(text.Text) is { Count: >= 2 } counts)
                foreach (Match match in Measure().Matches(text.Text))
                    Check(text, match, counts, context);
        }
    }

    // TP, FP, FN and TN; null if one of them is given twice.
    private static Dictionary<string, double>? Counts(string text)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (Match match in Short().Matches(text).Concat(Long().Matches(text)))
        {
            string name = match.Groups["name"].Value.ToUpperInvariant();
            string key = name.Length == 2 ? name : $"{name[0]}{name[name.IndexOf(' ', StringComparison.Ordinal) + 1]}";
            int at = 0;
            if (PrintedNumber.Read(match.Groups["count"].Value, ref at) is not { Whole: not null } count
                || counts.TryGetValue(key, out double other) && other != count.Value)
                return null;
            counts[key] = count.Value;
        }
        return counts;
    }

    private static void Check(MappedText text, Match match, Dictionary<string, double> counts, CheckContext context)
    {
        int at = 0;
        string name = match.Groups["name"].Value.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal);
        if (Value(name, counts) is not { } actual || !double.IsFinite(actual)
            || PrintedNumber.Read(match.Groups["said"].Value, ref at) is not { } said)
            return;
        if (match.Groups["percent"].Success)
            said = said.Scaled(0.01, "%");
        said = said with { IsApproximate = match.Groups["about"].Success };
        Verdict verdict = Judgement.Of(actual, said);
        string shown = (verdict == Verdict.Wrong ? Judgement.ShowTrue(actual / said.Factor, said.Unit / said.Factor)
            : Judgement.Show(actual / said.Factor, said.Unit / said.Factor)) + said.Suffix;
        string? doubt = Math.Abs(actual - said.Value) <= said.Unit / 2 + MostRounded && name.StartsWith('f')
            ? "it may be computed from rounded numbers"
            : Other().Match(text.Text) is { Success: true } word ? $"it may be of other counts ('{word.Value}')"
            : Meanings.Falsehood(Rates().Replace(text.Text, rate => new string('x', rate.Length)), match.Index,
                match.Index + match.Length);
        bool isOpen = verdict == Verdict.Wrong && doubt is not null;
        string why = $"with {string.Join(", ", counts.Select(count => $"{count.Key} = {count.Value}"))} it is {shown}";
        context.Add(text.Slice(match.Index, match.Length), "given values", said.Text,
            (shown, isOpen ? Verdict.NotCheckable : verdict, isOpen ? $"{doubt}; {why}" : why));
    }

    private static double? Value(string name, Dictionary<string, double> counts)
    {
        double? right = Count("TP"), raised = Count("FP"), missed = Count("FN"), rest = Count("TN");
        return name switch
        {
            "precision" => right / (right + raised),
            "recall" or "sensitivity" => right / (right + missed),
            "specificity" => rest / (rest + raised),
            "accuracy" => (right + rest) / (right + rest + raised + missed),
            _ => 2 * right / (2 * right + raised + missed),
        };

        double? Count(string key) => counts.TryGetValue(key, out double count) ? count : null;
    }

    [GeneratedRegex(@"\b(?<name>TP|FP|FN|TN)s? ?(?:=|:|is|are) ?(?<count>\d[\d,]*(?![\d.%]))(?! ?[-+*/×%])",
        RegexOptions.None)]
    private static partial Regex Short();

    [GeneratedRegex(@"(?<![\d.,])(?<count>\d[\d,]*) (?<name>(?:true|false) (?:positive|negative))s?\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Long();

    [GeneratedRegex(@"\b(?<name>precision|recall|sensitivity|specificity|accuracy|F1(?:[- ]score)?|F₁(?:[- ]score)?)"
        + @" ?(?:is|of|=|:|equals|comes to|≈|being)? ?(?<about>about |roughly |around |approximately |~ ?|≈ ?)?"
        + @"(?<said>\d+(?:\.\d+)?)(?<percent>[ \u00a0]?%)?(?=[)”""]*(?:$|[.,;:!](?!\d)| (?:and|but|so|or|which|while|"
        + @"with|at|for|whereas|as)\b))", RegexOptions.IgnoreCase)]
    private static partial Regex Measure();

    [GeneratedRegex("false (?:positive|negative)", RegexOptions.IgnoreCase)]
    private static partial Regex Rates();

    // What other counts, or other ways to average, may be meant.
    [GeneratedRegex(@"\b(?:micro|macro|weighted|average[ds]?|(?<!(?:positive|negative) )class|classes|threshold\w*|"
        + @"instead|if|after|before|then|baseline|other|another|second|new|old|improv\w*|target|goal|at least|random|"
        + @"chance|without)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Other();
}
