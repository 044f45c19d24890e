using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Checks sentences such as "the softmax of [2, 1, 0.1] is [0.66, 0.24, 0.10]", "the mean of 2, 4 and 9 is 5" or "the
/// dot product of [1, 2] and [3, 4] is 11".
/// </summary>
internal static partial class NamedFunctionFinder
{
    private const int LongestLine = 20_000, MostItems = 1000;

    // Other words before the name may make another function of it: a weighted sum, a geometric mean.
    private static readonly HashSet<string> PlainWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "the", "a", "an", "its", "their", "that", "and", "so", "then", "whose", "is", "as", "with", "has", "have",
        "here", "arithmetic", "simple", "sample", "population", "shannon", "euclidean", "compute", "computes", "plain",
    };

    public static void Find(CheckContext context)
    {
        foreach (TextUnit unit in context.Units)
        {
            if (!context.MayClaim())
                return;
            if (unit.Text.Length > LongestLine)
                continue;
            foreach (Match match in Head().Matches(unit.Text.Text))
                Check(unit.Text, match, context);
        }
    }

    private static void Check(MappedText line, Match match, CheckContext context)
    {
        string text = line.Text, name = match.Groups["name"].Value;
        int at = match.Index + match.Length;
        if (ReadList(text, ref at) is not { } x || x.Length == 1 && !ListFunctions.OfEach.Contains(name)
            && text[at - 1] is not (']' or ')' or '}'))
            return; // a mean of 0 is no mean of a list
        Match and = And().Match(text, at);
        double[]? y = null;
        if (and.Success)
        {
            at = and.Index + and.Length;
            y = ReadList(text, ref at);
            if (y is null || y.Length != x.Length)
                return;
        }
        Match verb = Verb().Match(text, at);
        if (!verb.Success || Results(name, x, y) is not { } results)
            return;
        at = verb.Index + verb.Length;
        if (ArithmeticParser.Read(text, at, ArithmeticContext.Plain) is not { IsComputed: false } said)
            return;
        IReadOnlyList<Quantity> printed = said.Value.Items ?? [said.Value];
        if (printed.Any(item => item.Printed is null) || !EndsThere(text, said.End))
            return;
        if (Unit().Match(text, said.End) is { Success: true } unit && IsInformation(name))
            results = [.. results.Where((_, i) => unit.Groups["bits"].Success == (i % 2 == 0))];
        Report(line, (match, at, said.End), (results, printed, verb.Groups["about"].Success), context);
    }

    // Their results come in bits and in nats by turns.
    private static bool IsInformation(string name) => name.EndsWith("entropy", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("divergence", StringComparison.OrdinalIgnoreCase);

    private static double[][]? Results(string name, double[] x, double[]? y)
    {
        if (y is not null)
            return ListFunctions.Two.TryGetValue(name, out ListFunctions.OfTwo? ofTwo) ? ofTwo(x, y) : null;
        return ListFunctions.One.TryGetValue(name, out ListFunctions.OfOne? ofOne) ? ofOne(x) : null;
    }

    private static void Report(MappedText line, (Match Head, int Said, int End) place,
        (double[][] Results, IReadOnlyList<Quantity> Printed, bool IsApproximate) claim, CheckContext context)
    {
        string text = line.Text;
        var results = claim.Results.Where(result => result.Length == claim.Printed.Count
                && result.All(double.IsFinite))
            .Select(result => (Values: result, Verdict: Judgement.Worst(result.Zip(claim.Printed, (actual, item) =>
                Judgement.Of(actual, item.Printed! with { IsApproximate = claim.IsApproximate }))))).ToArray();
        if (results.Length == 0)
            return;
        var best = results.MinBy(result => result.Verdict == Verdict.Wrong ? 9 : (int)result.Verdict);
        string shown = string.Join(", ", best.Values.Zip(claim.Printed, (actual, item) =>
            item.Printed!.Text.EndsWith('%') ? Judgement.Show(actual * 100, item.Printed.Unit * 100) + "%"
                : Judgement.Show(actual, item.Printed)));
        shown = claim.Printed.Count > 1 ? $"[{shown}]" : shown;
        string wordBefore = text[..place.Head.Index].TrimEnd().Split(' ')[^1];
        string? doubt = wordBefore.Length > 0 && char.IsLetter(wordBefore[^1]) && !PlainWords.Contains(wordBefore)
            ? $"'{wordBefore}' may make another function of it"
            : Meanings.Falsehood(text, place.Head.Index, place.End);
        string name = place.Head.Groups["name"].Value;
        (Verdict verdict, string why) = best.Verdict == Verdict.Wrong && doubt is not null
            ? (Verdict.NotCheckable, $"{doubt}; the {name} is {shown}")
            : (best.Verdict, $"the {name} of it is {shown}");
        context.Add(line.Slice(place.Head.Index, place.End - place.Head.Index), "function",
            text[place.Said..place.End].Trim(), (shown, verdict, why));
    }

    // [1, 2], (1, 2), {1, 2}, a single number, or 1, 2 and 3.
    private static double[]? ReadList(string text, ref int at)
    {
        List<double> items = [];
        while (items.Count < MostItems)
        {
            if (ArithmeticParser.Read(text, at, ArithmeticContext.Plain) is not { } read
                || read.IsComputed && !read.Value.IsList)
                return null;
            at = read.End;
            if (read.Value.Items is { } list)
                return items.Count == 0 && list.Count > 0 && !list.Any(item => item.IsList)
                    ? [.. list.Select(item => item.Real)] : null;
            items.Add(read.Value.Real);
            Match comma = Comma().Match(text, at);
            if (!comma.Success)
                break;
            at = comma.Index + comma.Length;
        }
        return [.. items];
    }

    private static bool EndsThere(string text, int end) => end == text.Length || !GoesOn().IsMatch(text, end)
        && !char.IsLetterOrDigit(text[end]) && text[end] is not ('/' or '*' or '^' or '×' or '·' or '_')
        && !(text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]));

    [GeneratedRegex(@"\b(?<name>softmax|sigmoid|relu|tanh|square root|square|natural log|exponential|sum|"
        + @"mean squared error|mean|average|median|maximum|minimum|L2 norm|L1 norm|Euclidean norm|norm|length|"
        + @"magnitude|variance|standard deviation|cross[- ]entropy|entropy|dot product|inner product|product|"
        + @"cosine similarity|cosine distance|cosine|Euclidean distance|Manhattan distance|distance|"
        + @"KL divergence)(?: function| loss)?"
        + @" (?:of|between) (?:the )?(?:(?:list|vector|vectors|numbers|scores|logits|values|points|distributions?) )?"
        + @"(?=[\[({\-−.0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex Head();

    [GeneratedRegex(@"\G[ \u00a0](?:(?<bits>bits?|shannons?)|nats?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();

    [GeneratedRegex(@"\G ?(?:times|more|less|percent|orders|to|or|x|[-–])(?![A-Za-z])", RegexOptions.None)]
    private static partial Regex GoesOn();

    [GeneratedRegex(@"\G(?:, ?and |,? and |, )(?=[-−]?[\d.])", RegexOptions.None)]
    private static partial Regex Comma();

    [GeneratedRegex(@"\G ?(?:and|with|to|from|,) (?:the (?:vector|list) )?(?=[\[({])", RegexOptions.None)]
    private static partial Regex And();

    [GeneratedRegex(@"\G\s*(?:is|are|equals|gives|yields|comes to|works out to|comes out (?:as|at|to)|"
        + @"evaluates to|=|≈|:|is:)\s*(?<about>about |approximately |roughly |around |~|≈)?\s*(?=[\[({\-−.0-9])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Verb();
}
