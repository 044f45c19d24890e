using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Checks counts that are given with their share: "230 of 250 (92%)", "an accuracy of 0.92 (230/250)".
/// </summary>
internal static partial class ShareFinder
{
    private const int LongestLine = 20_000, FewestForRate = 10;

    public static void Find(CheckContext context)
    {
        foreach (TextUnit unit in context.Units)
        {
            if (!context.MayClaim())
                return;
            if (unit.Text.Length > LongestLine)
                continue;
            foreach (Match match in Behind().Matches(unit.Text.Text))
                Check(unit.Text, match, isBehind: true, context);
            foreach (Match match in Before().Matches(unit.Text.Text))
                Check(unit.Text, match, isBehind: false, context);
        }
    }

    private static void Check(MappedText line, Match match, bool isBehind, CheckContext context)
    {
        if (Number(match.Groups["part"]) is not { } part || Number(match.Groups["all"]) is not { } all
            || Number(match.Groups["share"]) is not { } share || part.Value > all.Value || all.Value < 2
            || part.Whole is null || all.Whole is null)
            return;
        bool isPercent = match.Groups["percent"].Success;
        if (!isPercent && (share.Value > 1 || share.Unit > 0.01))
            return; // 3.2 (5/7)
        string near = match.Groups["near"].Value;
        share = (isPercent ? share.Scaled(0.01, "%") : share) with { IsApproximate = near.Length > 0 };
        double actual = part.Value / all.Value;
        Verdict verdict = Judgement.Of(actual, share);
        string shown = Judgement.Show(actual / share.Factor, share.Unit / share.Factor) + share.Suffix;
        string why = $"{part.Text} of {all.Text} is {shown}";
        if (verdict == Verdict.Wrong && Doubt(line.Text, match, (actual, share, isBehind, all.Value)) is { } doubt)
            (verdict, why) = (Verdict.NotCheckable, $"{doubt}; {why}");
        context.Add(line.Slice(match.Index, match.Length), "share", share.Text, (shown, verdict, why));
    }

    private static string? Doubt(string text, Match match,
        (double Actual, PrintedNumber Share, bool IsBehind, double All) claim)
    {
        if (Judgement.Of(1 - claim.Actual, claim.Share with { IsApproximate = true }) != Verdict.Wrong)
            return "it may be the share of the others";
        if (Bound().IsMatch(match.Groups["near"].Value))
            return "it is only a bound";
        if (IsDate(match) || Rates().IsMatch(text[..match.Index]) || Parts().IsMatch(match.Value)
            || OfOthers().IsMatch(text.AsSpan(match.Index + match.Length)))
            return "the two may be of different things";
        if (!claim.IsBehind && (claim.All < FewestForRate || !Rate().IsMatch(text[..match.Index])))
            return "the two may have nothing to do with each other";
        if (Place().IsMatch(text.AsSpan(0, match.Index)))
            return "it may be a place in a row, not a number of things";
        return Meanings.Falsehood(text, match.Index, match.Index + match.Length);
    }

    // 3/14: the fourteenth of March; 3/2021: a month; 2019/2020 and 1998 of 2000: years
    private static bool IsDate(Match match)
    {
        if (Number(match.Groups["part"]) is not { } part || Number(match.Groups["all"]) is not { } all)
            return false;
        bool isSlash = match.Value.Contains('/', StringComparison.Ordinal), isYear = IsYear(all);
        return isSlash && part.Value <= 12 && (all.Value <= 31 || isYear) || isYear && IsYear(part);
    }

    private static bool IsYear(PrintedNumber number) => number.Value is >= 1800 and <= 2100
        && number.Text.All(char.IsAsciiDigit);

    private static PrintedNumber? Number(Group group)
    {
        int at = 0;
        return PrintedNumber.Read(group.Value, ref at) is { } number && at == group.Length ? number : null;
    }

    // The learning rate is 0.01 (30/90).
    [GeneratedRegex(@"\b(?:learning|dropout|decay|sampling|frame) rate\b", RegexOptions.IgnoreCase)]
    private static partial Regex Rates();

    // 6 of 12 layers hold another share of the weights.
    [GeneratedRegex(@"\b(?:layers?|blocks?|heads?|experts?|stages?|shards?|files?|weights|param\w*)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Parts();

    [GeneratedRegex(@"^[)%,]* of (?:the|all|its|their)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OfOthers();

    // 230 of 250 right (92%), 200 out of 250, i.e. 80 %
    [GeneratedRegex(@"(?<![\d.,/$€£^_=(-]|\d )(?<part>\d[\d,]*) ?(?:/|of|out of|from) ?(?:the |all |our |these )?"
        + @"(?<all>\d[\d,]*\d)(?![\d.]|,\d)(?: [\p{L}-]+){0,4}?"
        + @"(?: ?\(|, (?:i\.e\.,?|that is,?|or|which is|so) )"
        + @"(?:i\.e\.,? |or |= ?)?(?<near>about |around |roughly |approximately |nearly |almost |over |under |"
        + @"more than |less than |at least |at most |ca\. |~ ?|≈ ?|[<>≤≥] ?)?"
        + @"(?<share>\d+(?:\.\d+)?)(?<percent>[ \u00a0]?%)(?=\)|[.,;:]|$| (?:accuracy|right|correct)\b)",
        RegexOptions.None)]
    private static partial Regex Behind();

    // 0.85 (34/40), 92% (230 of 250)
    [GeneratedRegex(@"(?<![\d.,$€£/^_-])(?<near>~|≈|about |around |roughly |nearly |almost |over |under )?"
        + @"(?<share>\d+(?:\.\d+)?)(?<percent>[ \u00a0]?%)?[ \u00a0]?"
        + @"\((?<part>\d[\d,]*) ?(?:/|of|out of) ?(?<all>\d[\d,]*)\)", RegexOptions.None)]
    private static partial Regex Before();

    [GeneratedRegex(@"nearly|almost|over|under|more|less|at |[<>≤≥]", RegexOptions.None)]
    private static partial Regex Bound();

    [GeneratedRegex(@"accura\w+|precision|recall|rate|correct\w*|solv\w+|pass\w*|success\w*|share|fraction|proportion|"
        + @"percent\w*|sensitivity|specificity|\bwins?\b|\bhits?\b|right", RegexOptions.IgnoreCase)]
    private static partial Regex Rate();

    [GeneratedRegex(@"\b(?:steps?|pages?|epochs?|chapters?|parts?|days?|figures?|sections?|levels?|tables?|top|"
        + @"version|row|column|round|fold|layer|item|lesson|week)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Place();
}
