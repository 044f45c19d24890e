using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Finds the functions that an article states with their variables: f(x, y) = x^2 + 2xy + y^2.</summary>
internal static partial class FunctionFinder
{
    private const int LongestLine = 2000, MostTried = 4000, LongestLook = 60;

    public static StatedFunctions Find(CheckContext context)
    {
        var found = new Dictionary<string, StatedFunction>(StringComparer.Ordinal);
        var ambiguous = new HashSet<string>(StringComparer.Ordinal);
        var redefined = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int tried = 0;
        foreach (TextUnit unit in context.Units)
        {
            string text = unit.Text.Text;
            if (text.Length > LongestLine || !text.Contains('=', StringComparison.Ordinal) || tried > MostTried
                || !seen.Add(text))
                continue;
            foreach (Match match in Head().Matches(text))
            {
                tried++;
                StatedFunction? stated = Read(text, match);
                if (match.Groups["name"].Value == "σ")
                {
                    if (stated is null || !IsSame(stated, Sigmoid(stated.Variables)))
                        redefined.Add("σ");
                    continue;
                }
                if (stated is not { } function)
                {
                    if (SaysSomething(text, match))
                        ambiguous.Add(match.Groups["name"].Value);
                    continue;
                }
                if (found.TryGetValue(function.Name, out StatedFunction? other) && !IsSame(function, other))
                    ambiguous.Add(function.Name);
                found.TryAdd(function.Name, function);
            }
        }
        foreach (string name in ambiguous)
            found.Remove(name);
        return new StatedFunctions(found) { Redefined = redefined };
    }

    private static StatedFunction Sigmoid(IReadOnlyList<string> variables) =>
        new("σ", variables, $"1/(1+exp(-{variables[0]}))");

    private static StatedFunction? Read(string text, Match match)
    {
        string[] variables = match.Groups["variables"].Value.Split(',', StringSplitOptions.TrimEntries);
        int start = match.Index + match.Length;
        while (start < text.Length && text[start] == ' ')
            start++;
        var values = variables.Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, _ => new Quantity(1.5), StringComparer.Ordinal);
        if (values.Count != variables.Length)
            return null;
        var context = new ArithmeticContext { IsAlgebra = true, Variables = values };
        if (ArithmeticParser.Read(text, start, context) is not { Value.IsList: false } read
            || !EndsThere(text, read.End))
            return null;
        string body = text[start..read.End].Trim();
        return body.Any(c => variables.Contains(c.ToString(), StringComparer.Ordinal))
            ? new StatedFunction(match.Groups["name"].Value, variables, body) : null;
    }

    /// <summary>Whether an expression that ends here is whole: nothing follows that would belong to it.</summary>
    public static bool EndsThere(string text, int end)
    {
        string rest = text[end..].TrimStart();
        return rest.Length == 0 || rest[0] is ',' or '.' or ';' or '→' or '—' or '`' or '=' or '≈' or ')' or '\ufffc'
            || rest[0] == '(' && text[end] == ' '
            || rest.Length > 1 && char.IsLetter(rest[0]) && char.IsLetter(rest[1]) && text[end] == ' '
                && !IsApplied(rest);
    }

    // x sin(x)
    private static bool IsApplied(string rest)
    {
        int letters = rest.TakeWhile(char.IsLetter).Count();
        return letters < rest.Length && rest[letters] == '(';
    }

    // y(x) = 2 tan^{-1}(exp(x)): it cannot be read, but it says that y is something else here.
    private static bool SaysSomething(string text, Match match)
    {
        int start = match.Index + match.Length;
        string body = text.Substring(start, Math.Min(LongestLook, text.Length - start)), variables =
            match.Groups["variables"].Value;
        for (int i = 0; i < body.Length; i++)
        {
            bool standsAlone = (i == 0 || !char.IsAsciiLetter(body[i - 1]))
                && (i + 1 == body.Length || !char.IsAsciiLetter(body[i + 1]));
            if (standsAlone && char.IsAsciiLetter(body[i]) && variables.Contains(body[i], StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static bool IsSame(StatedFunction a, StatedFunction b) => a.Variables.Count == b.Variables.Count
        && new[] { 0.7, 1.9, -1.3 }.All(x =>
        {
            double[] at = [.. a.Variables.Select((_, i) => x + 0.31 * i)];
            return a.At(at) is { } first && b.At(at) is { } second
                && Math.Abs(first - second) <= 1e-9 * (1 + Math.Abs(first))
                || a.At(at) is null;
        });

    [GeneratedRegex(@"(?<![\w\\^(])(?<name>[A-Za-z]{1,6}|σ)\((?<variables>[a-z](?:\s*,\s*[a-z]){0,3})\)\s*=(?!=)",
        RegexOptions.None)]
    private static partial Regex Head();
}
