using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// A text that was copied from a page or a book has often lost what stood raised: 3² + 4² has become 32 + 42, and 10⁻⁹
/// has become 10-9.
/// </summary>
internal static partial class LostScripts
{
    /// <summary>The ways in which an equation may have been written before, other than as it is now.</summary>
    public static IEnumerable<string> Restored(string equation)
    {
        string powers = Powers().Replace(equation, "${base}^(${power})");
        string squares = Squares().Replace(equation, "^2");
        return new[] { powers, squares, Squares().Replace(powers, "^2") }
            .Where(restored => restored != equation).Distinct(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"(?<![\d.,^(]|\d )\b(?<base>10|2)(?<power>[-−–]?\d{1,2})\b(?![.,]?\d)", RegexOptions.None)]
    private static partial Regex Powers();

    [GeneratedRegex(@"(?<=\d|\))2(?![\d.,]|\))\b|(?<=\d)2(?=\))", RegexOptions.None)]
    private static partial Regex Squares();
}
