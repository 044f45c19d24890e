using System.Text.RegularExpressions;

namespace Nabla.Formulas.Tests.Spreadsheets;

/// <summary>The cells that a formula names.</summary>
internal static partial class References
{
    /// <summary>The sheet, empty for the formula's own, and the address without $.</summary>
    public static IEnumerable<(string Sheet, string Address)> Of(string formula)
    {
        string without = Quoted().Replace(formula, "");
        string sheet = "";
        foreach (Match match in Reference().Matches(without))
        {
            // The second end of a range is on the sheet of the first.
            if (match.Groups["range"].Length == 0)
                sheet = match.Groups["sheet"].Value;
            yield return (sheet, match.Groups["column"].Value + match.Groups["row"].Value);
        }
    }

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<range>:)?('(?<sheet>[^']+)'!)?\$?\b(?<column>[A-Z]{1,3})\$?(?<row>[0-9]+)\b(?!\()",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
