using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Checks percentages in words: "30 percent of 250 is 75", "drops by 20 % from 50 to 40", "from 80 to 100 (+25 %)".
/// Numbers that a change leads from and to may be rounded themselves.
/// </summary>
internal static partial class PercentFinder
{
    private const int LongestLine = 20_000;

    public static void Find(CheckContext context)
    {
        foreach (TextUnit unit in context.Units)
        {
            if (!context.MayClaim())
                return;
            if (unit.Text.Length > LongestLine || unit.Text.Text.AsSpan().IndexOf('%') < 0
                && !unit.Text.Text.Contains("percent", StringComparison.OrdinalIgnoreCase)
                && !unit.Text.Text.Contains("per cent", StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (Match match in PartOf().Matches(unit.Text.Text))
                CheckPart(unit.Text, match, context);
            foreach (Regex change in new[] { ByFromTo(), FromToBy(), FromToSigned() })
                foreach (Match match in change.Matches(unit.Text.Text))
                    CheckChange(unit.Text, match, context);
        }
    }

    private static void CheckPart(MappedText line, Match match, CheckContext context)
    {
        if (Number(match.Groups["p"]) is not { } percent || Number(match.Groups["all"]) is not { } all
            || Number(match.Groups["said"]) is not { } said)
            return;
        said = said with { IsApproximate = match.Groups["about"].Success };
        double actual = percent.Value * all.Value / 100;
        double slack = (percent.LooksRounded ? percent.Unit / 2 * all.Value : 0)
            + (all.LooksRounded ? all.Unit / 2 * percent.Value : 0);
        Verdict verdict = Judgement.Of(actual, said);
        string shown = Judgement.Show(actual, said);
        string? doubt = Math.Abs(actual - said.Value) <= slack / 100 + said.Unit / 2
            ? "the difference is within the rounding of the numbers in it"
            : said.Whole is not null && Math.Abs(actual - said.Value) < 1 ? "things may be counted in whole numbers"
            : Meanings.Falsehood(line.Text, match.Index, match.Index + match.Length);
        Report((line, match), (said, shown, $"{percent.Text} % of {all.Text} is {shown}"), (verdict, doubt), context);
    }

    private static void CheckChange(MappedText line, Match match, CheckContext context)
    {
        if (Number(match.Groups["p"]) is not { } percent || Number(match.Groups["from"]) is not { Value: > 0 } from
            || Number(match.Groups["to"]) is not { Value: > 0 } to)
            return;
        percent = percent with { IsApproximate = match.Groups["about"].Success };
        double actual = Math.Abs(to.Value - from.Value) / from.Value * 100;
        Verdict verdict = Judgement.Of(actual, percent);
        string shown = Judgement.Show(actual, percent);
        Report((line, match), (percent, shown + "%", $"from {from.Text} to {to.Text} it is {shown} %"),
            (verdict, Doubt(line.Text, match, (percent, from, to))), context);
    }

    private static string? Doubt(
        string text, Match match, (PrintedNumber Percent, PrintedNumber From, PrintedNumber To) said)
    {
        (PrintedNumber percent, PrintedNumber from, PrintedNumber to) = said;
        double low = from.Value - from.Unit / 2, high = from.Value + from.Unit / 2;
        double least = Math.Abs(to.Value - from.Value) - (from.Unit + to.Unit) / 2;
        double most = Math.Abs(to.Value - from.Value) + (from.Unit + to.Unit) / 2;
        if (percent.Value / 100 >= least / high - percent.Unit / 200
            && percent.Value / 100 <= most / Math.Max(low, double.Epsilon) + percent.Unit / 200)
            return "the difference is within the rounding of the numbers in it";
        foreach (double other in new[]
        {
            Math.Abs(to.Value - from.Value), Math.Abs(to.Value - from.Value) / to.Value * 100,
            to.Value / from.Value * 100, from.Value / to.Value * 100,
            Math.Abs(to.Value - from.Value) / (100 - from.Value) * 100,
            Math.Abs(to.Value - from.Value) / (to.Value + from.Value) * 200,
        })
            if (Math.Abs(other - percent.Value) <= percent.Unit)
                return "the percentage may be of something else";
        return Bound().Match(text, Math.Max(0, match.Index - 40), match.Index + match.Length
            - Math.Max(0, match.Index - 40)) is { Success: true } bound ? $"it may be no plain change ('{bound.Value}')"
            : Meanings.Falsehood(text, match.Index, match.Index + match.Length);
    }

    private static void Report((MappedText Line, Match Match) place,
        (PrintedNumber Said, string Shown, string Why) found, (Verdict Verdict, string? Doubt) judged,
        CheckContext context)
    {
        bool isOpen = judged.Verdict == Verdict.Wrong && judged.Doubt is not null;
        string why = isOpen ? $"{judged.Doubt}; {found.Why}" : found.Why;
        context.Add(place.Line.Slice(place.Match.Index, place.Match.Length), "percent", found.Said.Text,
            (found.Shown, isOpen ? Verdict.NotCheckable : judged.Verdict, why));
    }

    private static PrintedNumber? Number(Group group)
    {
        int at = 0;
        return PrintedNumber.Read(group.Value, ref at) is { } number && at == group.Length ? number : null;
    }

    private const string Digits = @"\d[\d,]*(?:\.\d+)?(?![\d.,]*\d)", Percent = @"[ \u00a0]?(?:%|percent\b|per cent\b)";
    private const string End = @"(?=[)”""]*(?:$|[.,;:!](?!\d)| (?:and|but|so|or|which|while|not|because|since|as)\b))";

    [GeneratedRegex(@"(?<![\w.,/^$€£+–-]|[-+–−] )(?<p>" + Digits + ")" + Percent + @" of [$€£]?(?<all>" + Digits
        + @")(?! ?[%/×*+^-])(?: (?!is\b)[a-z]+)? ?(?:is|equals|makes|gives|comes to|=|≈) ?(?<about>about |roughly |"
        + @"approximately |around |~ ?|≈ ?)?[$€£]?(?<said>" + Digits + ")" + End, RegexOptions.IgnoreCase)]
    private static partial Regex PartOf();

    // drops by 20 % from 50 to 40
    [GeneratedRegex(@"\b(?:drop|f[ae]ll|declin|decreas|shr[ia]nk|reduc|r[io]se|grow|grew|increas|climb|jump)\w* by "
        + @"(?<about>about |roughly |around |approximately |~ ?|≈ ?|nearly |almost )?(?<p>" + Digits + ")" + Percent
        + @",? from [$€£]?(?<from>" + Digits + @")(?![%\w.]| %) ?(?:[a-zA-Z]+ )?to [$€£]?(?<to>" + Digits
        + @")(?! ?%)(?= ?[a-zA-Z]{0,12}(?:[.,;:!)]|$| (?:and|but|so|or|which|while|then)\b))",
        RegexOptions.IgnoreCase)]
    private static partial Regex ByFromTo();

    // from 50 to 40, a drop of 20 %
    [GeneratedRegex(@"\bfrom [$€£]?(?<from>" + Digits + @")(?![%\w.]| %) ?(?:[a-zA-Z]+ )?to [$€£]?(?<to>" + Digits
        + @")(?! ?%)(?: [a-zA-Z]+)?(?:,| \(|,? i\.e\.| =| –| —)+ ?an? (?:drop|fall|decrease|decline|reduction|rise|"
        + @"increase|growth|saving|jump) of (?<about>about |roughly |around |approximately |~ ?|≈ ?|nearly |almost )?"
        + @"(?<p>" + Digits + ")" + Percent + End, RegexOptions.IgnoreCase)]
    private static partial Regex FromToBy();

    // from 80 to 100 (+25 %)
    [GeneratedRegex(@"\bfrom [$€£]?(?<from>" + Digits + @")(?![%\w.]| %) ?(?:[a-zA-Z]+ )?to [$€£]?(?<to>" + Digits
        + @")(?! ?%)(?: [a-zA-Z]+)? \([+−-](?<about>~ ?|≈ ?)?(?<p>" + Digits + ")" + Percent + @"\)",
        RegexOptions.IgnoreCase)]
    private static partial Regex FromToSigned();

    [GeneratedRegex(@"\b(?:per|each|every|annual\w*|compound\w*|twice|log|points?|average|nearly|almost|over|at least|"
        + @"more than|up to|version|page|pages|relative to|dB|degrees|°)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Bound();
}
