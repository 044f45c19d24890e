using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>A number of a program in C#.</summary>
/// <param name="Number">The number.</param>
/// <param name="IsWhole">Whether it is an int, which divides without a rest.</param>
internal sealed partial record CSharpValue(double Number, bool IsWhole)
{
    /// <summary>The value of arithmetic with known names; null of anything else.</summary>
    public static CSharpValue? Of(string expression, IReadOnlyDictionary<string, CSharpValue?> names)
    {
        string text = Suffix().Replace(expression.Trim(), "").Replace("Math.Pow(", "pow(", StringComparison.Ordinal)
            .Replace("Math.", "", StringComparison.Ordinal);
        bool isCall = expression.Contains("Math.", StringComparison.Ordinal);
        var variables = names.Where(name => name.Value is not null).ToDictionary(
            name => name.Key, name => new Quantity(name.Value!.Number), StringComparer.Ordinal);
        if (Other().IsMatch(text) || Name().Matches(text).Any(name =>
            !variables.ContainsKey(name.Value) && !NamedFunctions.Exists(name.Value) && name.Value != "pow"))
            return null;
        bool[] parts = [.. Operand().Matches(text).Select(operand => names.TryGetValue(operand.Value,
            out CSharpValue? value) ? value!.IsWhole : operand.Value.All(char.IsAsciiDigit))];
        bool isWhole = !isCall && Array.TrueForAll(parts, part => part) && !Real().IsMatch(expression);
        bool divides = text.Contains('/', StringComparison.Ordinal);
        if (divides && !isWhole && Array.Exists(parts, part => part) || divides && isWhole && parts.Length != 2)
            return null; // some of it is divided without a rest, or not
        if (ArithmeticParser.Read(text, 0, ArithmeticContext.Plain with { Variables = variables }) is not
            { Value.IsList: false } read || read.End != text.Length)
            return null;
        double number = divides && isWhole ? Math.Truncate(read.Value.Real) : read.Value.Real;
        return isWhole && Math.Abs(number) > int.MaxValue ? null : new CSharpValue(number, isWhole);
    }

    /// <summary>The same in a variable of a type.</summary>
    public CSharpValue? As(string type) => type switch
    {
        "var" => this,
        "int" or "long" => IsWhole ? this : null,
        _ => this with { IsWhole = false },
    };

    [GeneratedRegex(@"(?<=\d)[fFdDmML]\b", RegexOptions.None)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"(?<=\d)[fFdDmM]\b", RegexOptions.None)]
    private static partial Regex Real();

    // A sign that means something else, or nothing, in arithmetic as people write it.
    [GeneratedRegex(@"[\^%!&|""'<>\[\]?~{}=$@\\]|\+\+|--|//|\)\s*[\w(]|\w\s+\w|[\p{L}_]\.|\.[\p{L}_]",
        RegexOptions.None)]
    private static partial Regex Other();

    [GeneratedRegex(@"(?<![\w.])[A-Za-z_]\w*", RegexOptions.None)]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<![\w.])[A-Za-z_]\w*(?!\w*\()|(?<![\w.])\d[\d._eE]*", RegexOptions.None)]
    private static partial Regex Operand();
}
