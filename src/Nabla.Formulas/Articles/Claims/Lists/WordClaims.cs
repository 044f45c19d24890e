using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;
using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Articles.Claims.Lists;

/// <summary>
/// Computes what words say of lists with a name: "the determinant of A is 7", "the entropy of p is 1.5 bits",
/// KL(p || q) = 0.085; and of the only list in a sentence: "for p = [0.9, 0.1] the entropy is 0.469 bits".
/// </summary>
internal sealed partial class WordClaims(NamedValues values, CheckContext context)
{
    private const int LongestSentence = 1000, MostBetween = 3;

    private static readonly Dictionary<string, string> OfMatrices = new(StringComparer.OrdinalIgnoreCase)
    {
        ["determinant"] = "det(A)",
        ["trace"] = "tr(A)",
        ["rank"] = "rank(A)",
    };

    /// <summary>Checks the sentences of a paragraph.</summary>
    public void Check(ArticleBlock block)
    {
        MappedText text = block.Spoken;
        int start = 0;
        foreach (Match stop in Stop().Matches(text.Text))
        {
            Check(text.Slice(start, stop.Index - start), block);
            start = stop.Index + stop.Length;
        }
        Check(text.Slice(start, text.Length - start), block);
    }

    private void Check(MappedText sentence, ArticleBlock block)
    {
        if (sentence.Length is 0 or > LongestSentence || !context.MayClaim())
            return;
        foreach (Match match in OfNames().Matches(sentence.Text))
            Check(sentence, (match, match.Groups["first"].Value, match.Groups["second"].Value), block);
        foreach (Match match in Symbols().Matches(sentence.Text))
            Check(sentence, (match, match.Groups["first"].Value, match.Groups["second"].Value), block);
        foreach (Match match in Has().Matches(sentence.Text))
            Check(sentence, (match, match.Groups["first"].Value, ""), block);
        foreach (Match match in OfNothing().Matches(sentence.Text))
            if (OnlyName(sentence, match.Groups["name"].Value, block) is { } name)
                Check(sentence, (match, name, ""), block);
    }

    private void Check(MappedText sentence, (Match Head, string First, string Second) claim, ArticleBlock block)
    {
        int place = claim.Head.Groups["bar"].Success && !values.IsGivenBefore(claim.First,
            sentence.Place(claim.Head.Index)) ? sentence.Place(sentence.Length) : sentence.Place(claim.Head.Index);
        if (Said(sentence.Text, claim.Head) is not { } said || Given(claim.First) is not { } first)
            return;
        (NamedValue Value, bool IsCertain)? second = claim.Second.Length > 0 ? Given(claim.Second) : null;
        if (claim.Second.Length > 0 && second is null)
            return;
        double[][] results = Results(claim.Head, first.Value.Value!, second?.Value.Value, said.Unit);
        if (results.Length == 0)
            return;
        bool isCertain = first.IsCertain && second is not { IsCertain: false };
        double Slack(double value) => first.Value.Slack.Concat(second?.Value.Slack ?? []).Sum() * (1 + Math.Abs(value));
        Report(sentence, (claim.Head.Index, said.End), (results.Select(result => result[0]).ToArray(), said.Number,
            isCertain ? Changed() : "its values are given more than once"), Slack, claim.Head.Groups["kl"].Success);

        string? Changed() => ChangeWords.Between(context.Article.Source,
            Math.Max(first.Value.Place, second?.Value.Place ?? 0), place, sentence.Place(said.End)) is { } change
                ? $"the values may have changed ('{change}')" : null;

        (NamedValue Value, bool IsCertain)? Given(string name) =>
            NamedValueReader.Canonical(name) is { } known ? values.At(known, place, block) : null;
    }

    // The number behind the verb or the sign; formulas may stand between: H(p) = −Σ p log p = 1.5.
    private static (PrintedNumber Number, int End, string Unit)? Said(string text, Match head)
    {
        int at = head.Index + head.Length;
        bool isApproximate = head.Value.Contains('≈', StringComparison.Ordinal) || About().IsMatch(head.Value);
        for (int i = 0; i <= MostBetween; i++)
        {
            if (ArithmeticParser.Read(text, at, ArithmeticContext.Plain) is { IsComputed: false } read
                && read.Value.Printed is { } number && Ends().Match(text, read.End) is { Success: true } end)
                return (number with { IsApproximate = isApproximate }, read.End, end.Groups["unit"].Value);
            int next = text.AsSpan(at).IndexOfAny('=', '≈');
            if (!head.Value.TrimEnd().EndsWith('=') || next < 0)
                return null;
            isApproximate |= text[at + next] == '≈';
            at += next + 1;
        }
        return null;
    }

    private static double[][] Results(Match head, NumberArray first, NumberArray? second, string unit)
    {
        string name = head.Groups["kl"].Success ? "KL divergence"
            : head.Groups["bar"].Success ? Norm(head)
            : !head.Groups["entropy"].Success ? head.Groups["name"].Value
            : second is null ? "entropy" : "cross-entropy";
        if (OfMatrices.TryGetValue(name, out string? formula))
        {
            if (first.Shape.Rank != 2 || second is not null)
                return [];
            var bindings = new Bindings();
            bindings.Add("A", first);
            return FormulaClaims.Evaluate(Formula.Parse(formula).Tree, bindings) is { IsScalar: true } value
                ? [[value.Values[0]]] : [];
        }
        if (first.Shape.Rank != 1 || second is not null && !second.Shape.Equals(first.Shape))
            return [];
        double[] x = first.Values.ToArray();
        bool isDivergence = name.EndsWith("entropy", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("divergence", StringComparison.OrdinalIgnoreCase);
        if (isDivergence && (!IsDistribution(x) || second is not null && !IsDistribution(second.Values.ToArray())))
            return [];
        double[][] all = second is null
            ? ListFunctions.One.TryGetValue(name, out ListFunctions.OfOne? ofOne) ? ofOne(x) : []
            : ListFunctions.Two.TryGetValue(name, out ListFunctions.OfTwo? ofTwo) ? ofTwo(x, second.Values.ToArray())
                : [];
        return [.. all.Where(result => result is [var value] && double.IsFinite(value))
            .Where((_, i) => !isDivergence || unit.Length == 0 || (unit[0] is 'b' or 's') == (i % 2 == 0))];
    }

    private static string Norm(Match head) => head.Groups["bar"].Value switch
    {
        "_1" or "₁" => "L1 norm",
        "" => "norm",
        _ => "L2 norm",
    };

    private static bool IsDistribution(double[] x) =>
        Array.TrueForAll(x, value => value >= 0) && Math.Abs(x.Sum() - 1) < 0.02;

    private void Report(MappedText sentence, (int Start, int End) place,
        (double[] Results, PrintedNumber Printed, string? Doubt) claim, Func<double, double> slack, bool isDirected)
    {
        (double actual, int at) = claim.Results.Select((value, i) => (value, i)).MinBy(result =>
            (Judgement.Of(result.value, claim.Printed), Math.Abs(result.value - claim.Printed.Value)));
        Verdict verdict = Judgement.Of(actual, claim.Printed);
        string shown = Judgement.Show(actual / claim.Printed.Factor, claim.Printed.Unit / claim.Printed.Factor)
            + claim.Printed.Suffix;
        string? doubt = claim.Doubt ?? Meanings.Falsehood(sentence.Text, place.Start, place.End)
            ?? (Altered().Match(sentence.Text) is { Success: true } change
                ? $"the values may have changed ('{change.Value}')" : null);
        double off = Math.Abs(actual - claim.Printed.Value);
        if (verdict == Verdict.Wrong && off <= slack(actual) + claim.Printed.Unit / 2)
            doubt = "the difference is within the rounding of the numbers in it";
        bool isOpen = verdict == Verdict.Wrong && doubt is not null;
        bool isReversed = isDirected && claim.Results.Length > 1 && 2 * at >= claim.Results.Length;
        string why = isReversed ? $"the other way round it is {shown}"
            : $"it is {shown}";
        context.Add(sentence.Slice(place.Start, place.End - place.Start), "function", claim.Printed.Text,
            (shown, isOpen ? Verdict.NotCheckable : verdict, isOpen ? $"{doubt}; {why}" : why));
    }

    // The only list, or for a determinant the only matrix, of a sentence.
    private string? OnlyName(MappedText sentence, string function, ArticleBlock block)
    {
        bool ofMatrix = OfMatrices.ContainsKey(function);
        int from = ofMatrix ? 0 : sentence.Place(0), to = sentence.Place(sentence.Length);
        string[] names = values.Between(from, to, ofMatrix ? 2 : 1);
        bool isMarked = ofMatrix || sentence.Text.Count(c => c is '[' or '{') <= 1;
        return names is [var only] && isMarked && values.At(only, sentence.Place(sentence.Length), block) is not null
            ? only : null;
    }

    [GeneratedRegex(@"\b(?<name>determinant|trace|rank|entropy|(?:L1 |L2 |Euclidean )?norm|sum|mean|median|variance|"
        + @"standard deviation|softmax|KL divergence|cross[- ]entropy|dot product|inner product|cosine similarity|"
        + @"Euclidean distance|Manhattan distance) (?:of|between|from) (?:the )?(?:matri(?:x|ces) |vectors? |"
        + @"distributions? |logits |scores )?[($`]*(?<first>\p{L}[₀-₉]?(?:_\w)?)[)$`]*(?![\p{L}\d(\[^_'])"
        + @"(?: (?:and|to|with|from) [($`]*(?<second>\p{L}[₀-₉]?(?:_\w)?)[)$`]*(?![\p{L}\d(\[^_']))?"
        + @"\s*(?:is|are|equals|gives|yields|comes to|works out to|=|≈|:|is:)\s*(?:then |therefore |thus |hence |just |"
        + @"exactly )?(?:about |approximately |roughly |around |~|≈)?\s*", RegexOptions.IgnoreCase)]
    private static partial Regex OfNames();

    // KL(p || q) = …, D_KL(P ‖ Q) ≈ …, H(p) = …, H(p, q) = …, ‖u‖ = …
    [GeneratedRegex(@"(?<![\w^])(?:(?<kl>D_?\(?(?:KL)\)?|\(?KL\)?)\s*\(\s*\(?(?<first>\p{L})\)?\s*(?:\|\|?|‖|∥|"
        + @"\ufffd|;|,| )+\s*"
        + @"\(?(?<second>\p{L})\)?\s*\)|"
        + @"(?<entropy>H)\s*\(\s*\(?(?<first>\p{L})\)?(?:\s*,\s*\(?(?<second>\p{L})\)?)?\s*\))"
        + @"\s*(?:(?:is|equals)\s+)?(?:about |~ ?|≈ ?|= ?)+|"
        + @"(?<![\w·*/+−-]|[+−*/·-] )(?:‖|\|\|)(?<first>\p{L})(?:‖|\|\|)(?<bar>_[12]|[₁₂]|) (?:≈|=) ?",
        RegexOptions.None)]
    private static partial Regex Symbols();

    [GeneratedRegex(@"\b[($`]*(?<first>\p{L})[)$`]* has (?:a |an |full )?(?<name>rank|trace|determinant|norm|mean|"
        + @"entropy) (?:of |equal to |\(|= )?(?=[-−\d])", RegexOptions.None)]
    private static partial Regex Has();

    [GeneratedRegex(@"\b(?:the|its|an?|their) (?:shannon )?(?<name>determinant|trace|rank|entropy)"
        + @"\s*(?:is|equals|comes to|=|≈|of|:)\s*(?:then |thus |just |exactly )?(?:about |approximately |roughly |~|"
        + @"≈)?\s*"
        + @"(?=[-−\d.])", RegexOptions.IgnoreCase)]
    private static partial Regex OfNothing();

    [GeneratedRegex(@"about|approximately|roughly|around|~", RegexOptions.None)]
    private static partial Regex About();

    [GeneratedRegex(@"\G ?(?:$|[.,;)`$](?!\d)|\(|(?<unit>bits?|nats?|shannons?)\b|(?:and|but|so|which|while|whereas|"
        + @"for|in|"
        + @"as|with|or|because|since|the|if|when)\b)", RegexOptions.None)]
    private static partial Regex Ends();

    [GeneratedRegex(@"[.!?](?=\s|$)|;|\n\s*\n", RegexOptions.None)]
    private static partial Regex Stop();

    [GeneratedRegex(@"\b(?:if|after|before|batch|now|once|when|sort(?:s|ed|ing)?|round(?:s|ed|ing)?|zero(?:s|ed|ing)?|"
        + @"set|put|turn|raise|lower|reduc(?:e|es|ed|ing)|transpos(?:e|es|ed|ing)|cent(?:er|re)(?:s|d|ed|ing)?|"
        + @"pad(?:s|ded|ding)?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Altered();
}
