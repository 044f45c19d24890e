using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Checks sentences such as "the softmax of [2, 1, 0.1] is [0.66, 0.24, 0.10]".</summary>
internal static partial class NamedFunctionFinder
{
    // More than one result where several definitions are in use.
    private delegate double[][] Definitions(double[] x);

    private static readonly Dictionary<string, Definitions> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["softmax"] = x => [Call("softmax", x)],
        ["sigmoid"] = x => [[.. x.Select(v => 1 / (1 + Math.Exp(-v)))]],
        ["relu"] = x => [[.. x.Select(v => Math.Max(0, v))]],
        ["tanh"] = x => [[.. x.Select(v => Math.Tanh(v))]],
        ["square root"] = x => [[.. x.Select(v => Math.Sqrt(v))]],
        ["square"] = x => [[.. x.Select(v => v * v)]],
        ["natural log"] = x => [[.. x.Select(v => Math.Log(v))]],
        ["exponential"] = x => [[.. x.Select(v => Math.Exp(v))]],
        ["sum"] = x => [[x.Sum()]],
        ["mean"] = x => [[x.Average()]],
        ["average"] = x => [[x.Average()]],
        ["norm"] = x => [[Math.Sqrt(x.Sum(v => v * v))], [x.Sum(v => Math.Abs(v))]],
        ["length"] = x => [[Math.Sqrt(x.Sum(v => v * v))], [x.Length]],
        ["magnitude"] = x => [[Math.Sqrt(x.Sum(v => v * v))]],
        ["variance"] = x => [[Variance(x, 0)], [Variance(x, 1)]],
        ["standard deviation"] = x => [[Math.Sqrt(Variance(x, 0))], [Math.Sqrt(Variance(x, 1))]],
        ["entropy"] = x => [[Entropy(x) / Math.Log(2)], [Entropy(x)]],
    };

    public static void Find(CheckContext context)
    {
        foreach (TextUnit unit in context.Units)
        {
            if (unit.Text.Length > 20_000)
                continue;
            foreach (Match match in Head().Matches(unit.Text.Text))
                Check(unit.Text, match, context);
        }
    }

    private static void Check(MappedText line, Match match, CheckContext context)
    {
        string text = line.Text;
        if (ArithmeticParser.Read(text, match.Index + match.Length, ArithmeticContext.Plain) is not { } argument
            || argument.IsComputed && !argument.Value.IsList)
            return;
        Match verb = Verb().Match(text, argument.End);
        if (!verb.Success || verb.Index != argument.End
            || ArithmeticParser.Read(text, verb.Index + verb.Length, ArithmeticContext.Plain)
            is not { IsComputed: false } said)
            return;
        double[] values = argument.Value.Items is { } items ? [.. items.Select(item => item.Real)]
            : [argument.Value.Real];
        IReadOnlyList<Quantity> printed = said.Value.Items ?? [said.Value];
        if (values.Any(double.IsNaN) || printed.Any(item => item.Printed is null) || values.Length == 0)
            return;
        bool isApproximate = verb.Groups["about"].Success;
        var results = Functions[match.Groups["name"].Value](values).Where(result => result.Length == printed.Count)
            .Select(result => (Values: result, Verdict: Judgement.Worst(result.Zip(printed, (actual, item) =>
                Judgement.Of(actual, item.Printed! with { IsApproximate = isApproximate }))))).ToArray();
        if (results.Length == 0)
            return;
        var best = results.MinBy(result => result.Verdict == Verdict.Wrong ? 9 : (int)result.Verdict);
        string shown = string.Join(", ", best.Values.Zip(printed, (actual, item) => item.Printed!.Text.EndsWith('%')
            ? Judgement.Show(actual * 100, item.Printed.Unit * 100) + "%" : Judgement.Show(actual, item.Printed)));
        shown = printed.Count > 1 ? $"[{shown}]" : shown;
        Verdict verdict = best.Verdict == Verdict.Wrong
            && EquationSide.Suspicion(text, match.Index, said.End) is not null
            ? Verdict.NotCheckable : best.Verdict;
        context.Add(line.Slice(match.Index, said.End - match.Index), "function",
            text[(verb.Index + verb.Length)..said.End].Trim(),
            (shown, verdict, $"the {match.Groups["name"].Value} of it is {shown}"));
    }

    private static double[] Call(string name, double[] values) =>
        NamedFunctions.Call(name, [.. values.Select(value => new Quantity(value))]) is { } result
            ? [.. (result.Items ?? [result]).Select(item => item.Real)] : [];

    private static double Variance(double[] x, int less)
    {
        double mean = x.Average();
        return x.Sum(v => (v - mean) * (v - mean)) / (x.Length - less);
    }

    private static double Entropy(double[] p) => -p.Where(v => v > 0).Sum(v => v * Math.Log(v));

    [GeneratedRegex(@"\b(?<name>softmax|sigmoid|relu|tanh|square root|square|"
        + @"natural log|exponential|sum|mean|average|norm|length|magnitude|variance|standard deviation|entropy)"
        + @"(?: function)? of (?:the (?:list|vector|numbers|scores|logits) )?(?=[\[(\-−.0-9])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Head();

    [GeneratedRegex(@"\G\s*(?:is|are|equals|gives|yields|becomes|comes to|=|≈)"
        + @"\s*(?<about>about |approximately |roughly |~|≈)?\s*(?=[\[(\-−.0-9])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Verb();
}
