using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Checks what a sentence computes with the values that it gives: "with w = 0.5, x = 2 and b = 1, wx + b = 2". Values
/// from an earlier sentence may have changed since; with them a claim can be found right, but never wrong.
/// </summary>
internal static partial class GivenValuesFinder
{
    private const int LongestSentence = 600, MostNames = 40, MostSentences = 6000;

    // Nobody writes a paragraph of so many characters.
    private const int LongestParagraph = 200_000;

    public static void Find(CheckContext context)
    {
        var before = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        Dictionary<string, Quantity>? leading = null; // what a sentence gives that goes on in a formula below
        int looked = 0;
        foreach (ArticleBlock block in context.Article.Blocks)
        {
            if (!context.MayClaim())
                return;
            if (block.Kind == BlockKind.Heading)
                before.Clear();
            if (block.Kind is not (BlockKind.Paragraph or BlockKind.Formula) || !block.HasEquation
                || block.Text.Length + block.Typed.Sum(formula => formula.Length) > LongestParagraph)
            {
                leading = null;
                continue;
            }
            MappedText[] sentences = [.. Sentences(LineEnds.Unwrapped(block.Spoken))];
            foreach (MappedText sentence in sentences)
                if (sentence.Length <= LongestSentence && sentence.Text.Contains('=', StringComparison.Ordinal)
                    && ++looked <= MostSentences)
                    Check(sentence, (before, block.Kind == BlockKind.Formula ? leading : null), context);
            leading = block.Spoken.Text.AsSpan().TrimEnd() is [.., ':' or ','] ? Clear(sentences[^1].Text) : null;
        }
        if (looked > MostSentences)
            context.Note($"given values were looked for in the first {MostSentences} sentences with equations only");
    }

    private static Dictionary<string, Quantity>? Clear(string sentence) =>
        Given(sentence, out bool isClear) is { Count: > 0 } given && isClear ? given : null;

    private static void Check(MappedText sentence,
        (Dictionary<string, Quantity> Before, Dictionary<string, Quantity>? Leading) known, CheckContext context)
    {
        Dictionary<string, Quantity> given = Given(sentence.Text, out bool isClear), before = known.Before;
        if (known.Leading is not null && !given.Keys.Any(known.Leading.ContainsKey) && !Change().IsMatch(sentence.Text))
        {
            isClear = true;
            given = known.Leading.Concat(given).ToDictionary(StringComparer.Ordinal);
        }
        foreach ((string name, Quantity value) in given)
            if (before.Count < MostNames)
                before[name] = value;
        if (before.Count == 0)
            return;
        bool isCertain = isClear && given.Count > 0;
        List<(int Start, int End, bool IsApproximate)> relations = ArithmeticFinder.Relations(sentence.Text);
        for (int i = 0; i < relations.Count && context.MayRelate(); i++)
        {
            int from = i > 0 ? relations[i - 1].End : 0;
            int to = i + 1 < relations.Count ? relations[i + 1].Start : sentence.Length;
            var place = new EquationPlace(sentence, from, relations[i].Start, relations[i].End, to)
            {
                IsApproximate = relations[i].IsApproximate,
                ContinuesChain = i > 0,
            };
            if (EquationSide.Left(sentence.Text, place, ArithmeticContext.Plain).Value is not null)
                continue; // arithmetic without names
            bool isOfSentence = isCertain && EquationSide.Left(sentence.Text, place, ArithmeticContext.Plain with
            {
                IsAlgebra = true,
                Variables = given,
                Functions = context.Functions.Table,
            }).Value is not null;
            new EquationCheck(place, context)
            {
                Given = new GivenValues(isOfSentence ? given : before, isOfSentence),
            }.Run();
        }
        AddResults(sentence.Text, given, before);
    }

    private static void AddResults(
        string text, Dictionary<string, Quantity> given, Dictionary<string, Quantity> before)
    {
        foreach (Match match in Result().Matches(text))
        {
            string name = match.Groups["name"].Value;
            int start = match.Index + match.Length;
            if (before.Count < MostNames && !given.ContainsKey(name)
                && ArithmeticParser.Read(text, start, ArithmeticContext.Plain) is { Value.IsList: false } read
                && End().IsMatch(text.AsSpan(read.End)))
                before[name] = read.Value;
        }
    }

    // The names with their numbers; not clear if one has two, or if something happens to them.
    private static Dictionary<string, Quantity> Given(string text, out bool isClear)
    {
        var values = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        Match[] names = [.. Binding().Matches(text).Cast<Match>()];
        isClear = names.Length > 0 && Introduction().IsMatch(text[..names[0].Index]) && !Change().IsMatch(text);
        foreach (Match match in names)
        {
            int start = match.Index + match.Length;
            if (ArithmeticParser.Read(text, start, ArithmeticContext.Plain) is not { Value.IsList: false } read
                || !End().IsMatch(text.AsSpan(read.End)))
                continue;
            string name = match.Groups["name"].Value;
            isClear &= !Another().IsMatch(text.AsSpan(read.End)); // n = 2, 3, 5
            if (values.TryGetValue(name, out Quantity? other) && other.Real != read.Value.Real)
                isClear = false;
            values[name] = read.Value;
        }
        return values;
    }

    private static IEnumerable<MappedText> Sentences(MappedText text)
    {
        int start = 0;
        foreach (Match match in Stop().Matches(text.Text))
        {
            if (match.Index > start)
                yield return text.Slice(start, match.Index - start);
            start = match.Index + match.Length;
        }
        if (start < text.Length)
            yield return text.Slice(start, text.Length - start);
    }

    [GeneratedRegex(@"[.!?](?=\s|$)|;|\n", RegexOptions.None)]
    private static partial Regex Stop();

    [GeneratedRegex(@"(?<![\w.'′^_)(|/*+·×-])(?<!\p{L} ?[-+*/·×=] )(?<!\b\p{L} )(?<name>\p{L}(?:_?\d{1,2})?) ?= ?"
        + @"(?=[-−]?[\d.])", RegexOptions.None)]
    private static partial Regex Binding();

    // y = wx + b = 0.5
    [GeneratedRegex(@"(?<![\w.'′^_)(|/*+·×-])(?<!\p{L} ?[-+*/·×=] )(?<name>\p{L}(?:_?\d{1,2})?) ?= ?[^=≈,;]{1,80}[=≈]"
        + @" ?(?=[-−]?[\d.])", RegexOptions.None)]
    private static partial Regex Result();

    [GeneratedRegex(@"^ ?(?:$|[,):]|(?:and|then|we|so|the|with|in|into|gives?|yields?|this|which|"
        + @"as|is|it|but|or|\()(?![\p{L}\d_]))",
        RegexOptions.None)]
    private static partial Regex End();

    [GeneratedRegex(@"^ ?(?:,|or|and) ?[-−]?[\d.…]", RegexOptions.None)]
    private static partial Regex Another();

    [GeneratedRegex(@"\b(?:with|for|if|when|let|given|suppose|take|taking|say|set|setting|using|at|"
        + @"assume|assuming)\b[^.;]*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Introduction();

    [GeneratedRegex(@"\b(?:after|updates?|updated|new|becomes?|change[sd]?|steps?|iterations?|next|later|instead|"
        + @"doubl\w+|hal[fv]\w*|previous|old|until|increase[sd]?|decrease[sd]?|integers?|mod|bits?)\b|[→⇒↦←]",
        RegexOptions.IgnoreCase)]
    private static partial Regex Change();
}
