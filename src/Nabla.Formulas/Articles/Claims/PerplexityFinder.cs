using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Checks what a loss is as a perplexity: "a loss of 3.0 nats is a perplexity of 20.1".</summary>
internal static partial class PerplexityFinder
{
    private const int LongestLine = 20_000;

    public static void Find(CheckContext context)
    {
        foreach (TextUnit unit in context.Units)
            if (unit.Text.Length <= LongestLine && context.MayClaim()
                && unit.Text.Text.Contains("perplexity", StringComparison.OrdinalIgnoreCase))
                foreach (Match match in Claim().Matches(unit.Text.Text))
                    Check(unit.Text, match, context);
    }

    private static void Check(MappedText line, Match match, CheckContext context)
    {
        if (Number(match.Groups["loss"]) is not { } loss || Number(match.Groups["said"]) is not { } said
            || loss.Value > 50)
            return;
        said = said with { IsApproximate = match.Groups["about"].Success };
        string unit = match.Groups["unit"].Value;
        double[] bases = unit.Length == 0 ? [Math.E, 2] : [unit[0] is 'n' or 'N' ? Math.E : 2];
        double actual = bases.Select(b => Math.Pow(b, loss.Value))
            .MinBy(value => (Judgement.Of(value, said), Math.Abs(value - said.Value)));
        Verdict verdict = Judgement.Of(actual, said);
        if (verdict == Verdict.Wrong && bases.Any(b => IsWithinRounding(b, loss, said)))
            verdict = Verdict.RightAfterRounding;
        string shown = Judgement.Show(actual, said);
        string? doubt = Meanings.Falsehood(line.Text, match.Index, match.Index + match.Length);
        bool isOpen = verdict == Verdict.Wrong && doubt is not null;
        string why = $"the perplexity of it is {shown}";
        context.Add(line.Slice(match.Index, match.Length), "function", said.Text,
            (shown, isOpen ? Verdict.NotCheckable : verdict, isOpen ? $"{doubt}; {why}" : why));
    }

    private static bool IsWithinRounding(double b, PrintedNumber loss, PrintedNumber said) =>
        said.Value >= Math.Pow(b, loss.Value - loss.Unit / 2) - said.Unit / 2
        && said.Value <= Math.Pow(b, loss.Value + loss.Unit / 2) + said.Unit / 2;

    private static PrintedNumber? Number(Group group)
    {
        int at = 0;
        return PrintedNumber.Read(group.Value, ref at) is { } number && at == group.Length ? number : null;
    }

    [GeneratedRegex(@"\b(?:loss|cross[- ]entropy|entropy) of (?<loss>\d+(?:\.\d+)?)(?: (?<unit>nats?|bits?))?"
        + @"(?: per (?:token|word|symbol|byte|character))? (?:is|gives|means|equals|is the same as|corresponds to|"
        + @"amounts to|yields|makes) an? perplexity of (?<about>about |roughly |around |approximately |~ ?|≈ ?)?"
        + @"(?<said>\d[\d,]*(?:\.\d+)?)(?=[)”""]*(?:$|[.,;:!](?!\d)| [a-z]))", RegexOptions.IgnoreCase)]
    private static partial Regex Claim();
}
