using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>What manuals write with an = that is no arithmetic, or not that of real numbers.</summary>
internal static partial class ManualNotation
{
    /// <summary>Why two sides that differ may still be meant; null where they may not.</summary>
    /// <param name="left">The left side as it is written.</param>
    /// <param name="right">The right side as it is written.</param>
    /// <param name="first">The value of the left side.</param>
    /// <param name="second">The value of the right side.</param>
    public static string? Doubt(string left, string right, Quantity first, Quantity second)
    {
        if (Hexadecimal().IsMatch(left) || Hexadecimal().IsMatch(right))
            return "a number in it is to the base 16";
        if (Model().IsMatch(left))
            return "it may be the name of a model"; // 8x7B = 47B
        if (Bare().IsMatch(left) && Size().IsMatch(right))
            return "it may say which size the number stands for"; // 0 = 320x240
        if (Span().Match(left) is { Success: true } span && (Span().IsMatch(right) || IsRange(span)))
            return "it may be a range"; // 0-255 = 0-15300, 0-93 = 0.1
        if (Exponential().IsMatch(left) && Math.Abs(first.Real - second.Real) > 0.1 * Math.Abs(first.Real))
            return "its e may be another number"; // the eccentricity of e^2 = 0.0067
        if (first.IsList || second.IsList)
            return AreShapes(left, right) ? "the brackets may hold shapes" : null;
        return IsCut(left, right, first.Real, second.Real) || IsCut(right, left, second.Real, first.Real)
            ? "it is right if whole numbers are divided, which rounds down" : null;
    }

    // [1024, 64] * 12 = [1024, 768]: twelve tensors side by side, of which some sizes stay.
    private static bool AreShapes(string left, string right)
    {
        Match from = Shape().Match(left), to = Shape().Match(right);
        if (!from.Success || !to.Success || to.Length != right.Length)
            return false;
        string[] before = from.Groups["sizes"].Value.Split(',', StringSplitOptions.TrimEntries);
        string[] after = to.Groups["sizes"].Value.Split(',', StringSplitOptions.TrimEntries);
        Match times = Times().Match(left);
        (string Before, string After)[] changed =
            [.. before.Zip(after).Where(size => size.First != size.Second)];
        return before.Length == after.Length && before.Length > 1 && times.Success && changed is [var one]
            && double.TryParse(one.Before, CultureInfo.InvariantCulture, out double size)
            && double.TryParse(one.After, CultureInfo.InvariantCulture, out double result)
            && result == size * double.Parse(times.Groups["count"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\]\s*[*×·]\s*(?<count>\d{1,6})$")]
    private static partial Regex Times();


    // 128 * 43/255 = 21, but 3 - 1/4 is 3 in whole numbers
    private static bool IsCut(string computed, string said, double exact, double printed) =>
        computed.Contains('/', StringComparison.Ordinal) && Bare().IsMatch(said) && Quotients().IsMatch(computed)
        && exact != printed && Math.Floor(exact) == printed;

    [GeneratedRegex(@"(?<![\w.])0[xX][0-9A-Fa-f]")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^[\d*×·/() ]+$")]
    private static partial Regex Quotients();

    [GeneratedRegex(@"^\d+x\d+(?:\.\d+)?[BM]$")]
    private static partial Regex Model();

    [GeneratedRegex(@"^\d{1,6}$")]
    private static partial Regex Bare();

    [GeneratedRegex(@"^\d+[xX]\d+$")]
    private static partial Regex Size();

    [GeneratedRegex(@"^[\[(](?<sizes>\d{1,7}(?:\s*,\s*\d{1,7}){1,5})[\])]")]
    private static partial Regex Shape();

    private static bool IsRange(Match span) => double.Parse(span.Groups["from"].ValueSpan, CultureInfo.InvariantCulture)
        < double.Parse(span.Groups["to"].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^e(?:\^[\d{}]+|[²³])$")]
    private static partial Regex Exponential();

    [GeneratedRegex(@"^(?<from>\d+)-(?<to>\d+)$")]
    private static partial Regex Span();
}
