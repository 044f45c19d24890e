using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Checks stated derivatives, df/dx = 2x + 2y, of functions that the article states.</summary>
internal static partial class DerivativeFinder
{
    private const double Step = 1e-5;
    private static readonly double[] Places = [0.7, 1.3, 2.1, 0.45, 1.75, 2.9];

    public static void Find(CheckContext context)
    {
        if (context.Functions.All.Count == 0)
            return;
        foreach (TextUnit unit in context.Units)
        {
            if (!context.MayClaim())
                return;
            if (unit.Text.Length > 2000)
                continue;
            foreach (Match match in Head().Matches(unit.Text.Text))
                Check(unit, match, context);
            foreach (Match match in AtPoint().Matches(unit.Text.Text))
                CheckAt(unit, match, context);
        }
    }

    private static void Check(TextUnit unit, Match match, CheckContext context)
    {
        string text = unit.Text.Text;
        if (context.Functions.All.GetValueOrDefault(match.Groups["f"].Value) is not { } function)
            return;
        int variable = function.Variables.ToList().IndexOf(match.Groups["x"].Value);
        int start = match.Index + match.Length;
        while (start < text.Length && text[start] == ' ')
            start++;
        var values = function.Variables.ToDictionary(name => name, _ => new Quantity(1.5), StringComparer.Ordinal);
        var algebra = new ArithmeticContext { IsAlgebra = true, Variables = values };
        if (variable < 0 || ArithmeticParser.Read(text, start, algebra) is not { Value.IsList: false } read
            || !FunctionFinder.EndsThere(text, read.End) || Derivative().IsMatch(text.AsSpan(read.End)))
            return;
        var stated = new StatedFunction("", function.Variables, text[start..read.End].Trim());
        (Verdict verdict, string recomputed) = Compare(function, variable, stated);
        if (verdict == Verdict.Wrong && Logarithm().IsMatch(function.Body))
            return; // of another base it has another slope
        string why = verdict switch
        {
            Verdict.Right => $"it agrees with the slope of {function.Name} = {function.Body} wherever it was tried",
            Verdict.Wrong => $"the slope of {function.Name} = {function.Body} {recomputed}",
            _ => "the function has no slope where it was tried",
        };
        context.Add(unit.Text.Slice(match.Index, read.End - match.Index), "derivative", stated.Body,
            (recomputed, verdict, why));
    }

    // f'(2) = 10
    private static void CheckAt(TextUnit unit, Match match, CheckContext context)
    {
        string text = unit.Text.Text;
        int place = match.Groups["at"].Index, start = match.Index + match.Length;
        if (context.Functions.All.GetValueOrDefault(match.Groups["f"].Value) is not { Variables.Count: 1 } function
            || ArithmeticParser.Read(text, place, ArithmeticContext.Plain) is not { Value.IsList: false } at
            || ArithmeticParser.Read(text, start, ArithmeticContext.Plain) is not { Value.IsList: false } said
            || !FunctionFinder.EndsThere(text, said.End)
            || Descent.Slope(function, at.Value.Real) is not { } slope)
            return;
        double near = Math.Round(slope, 6), actual = Math.Abs(slope - near) < 1e-7 ? near : slope;
        PrintedNumber printed = said.Value.Printed
            ?? new PrintedNumber(text[start..said.End].Trim(), said.Value.Real, 1e-6);
        Verdict verdict = Judgement.Of(actual,
            printed with { IsApproximate = match.Value[^1] == '≈' || printed.IsApproximate });
        string shown = Judgement.Show(actual, printed);
        if (verdict == Verdict.Wrong && (Meanings.Falsehood(text, match.Index, said.End) is not null
            || Logarithm().IsMatch(function.Body) || Angle().IsMatch(function.Body)))
            return;
        context.Add(unit.Text.Slice(match.Index, said.End - match.Index), "derivative", printed.Text,
            (shown, verdict, $"the slope of {function.Name} = {function.Body} there is {shown}"));
    }

    private static (Verdict, string) Compare(StatedFunction function, int variable, StatedFunction stated)
    {
        int agree = 0, differ = 0;
        string shown = stated.Body;
        foreach (double place in Places)
        {
            double[] at = [.. function.Variables.Select((_, i) => place + 0.37 * i)];
            double[] above = [.. at], below = [.. at];
            above[variable] += Step;
            below[variable] -= Step;
            if (function.At(above) is not { } high || function.At(below) is not { } low
                || stated.At(at) is not { } claimed)
                continue;
            double slope = (high - low) / (2 * Step), off = Math.Abs(slope - claimed);
            if (off <= 1e-5 * (1 + Math.Abs(slope)))
            {
                agree++;
            }
            else if (off > 1e-3 * (1 + Math.Abs(slope)))
            {
                differ++;
                string where = string.Join(", ", function.Variables.Select((name, i) =>
                    string.Create(CultureInfo.InvariantCulture, $"{name} = {at[i]:0.##}")));
                shown = string.Create(CultureInfo.InvariantCulture,
                    $"is {slope:0.####} at {where}, not {claimed:0.####}");
            }
        }
        return (agree >= 4 && differ == 0 ? Verdict.Right : differ >= 4 && agree <= 1 ? Verdict.Wrong
            : Verdict.NotCheckable, shown);
    }

    [GeneratedRegex(@"(?<![\w\\])(?:\(*[d∂]\s*(?<f>[A-Za-z]{1,6})\)*\s*/\s*\(*[d∂]\s*(?<x>[a-z])\)*|"
        + @"(?<f>[A-Za-z])['′]\((?<x>[a-z])\))\s*=(?!=)",
        RegexOptions.None)]
    private static partial Regex Head();

    // … + x dy/dx
    [GeneratedRegex(@"^\s*\(?[d∂]\s*[A-Za-z]\)?\s*/\s*\(?[d∂]", RegexOptions.None)]
    private static partial Regex Derivative();

    [GeneratedRegex(@"\blog", RegexOptions.IgnoreCase)]
    private static partial Regex Logarithm();

    [GeneratedRegex(@"\b(?:sin|cos|tan)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Angle();

    [GeneratedRegex(@"(?<![\w\\])(?<f>[A-Za-z])['′]\((?<at>[-−]?\d+(?:\.\d+)?)\)\s*[=≈](?!=)", RegexOptions.None)]
    private static partial Regex AtPoint();
}
