using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Reading;

/// <summary>
/// The settings that a page of a blog begins with, title and date, between lines of --- or +++: no text of the article.
/// </summary>
internal static partial class FrontMatter
{
    private const int LongestText = 20_000;

    /// <summary>The same text with spaces where the settings are, so that all places stay.</summary>
    public static string Blank(string source)
    {
        Match match = Settings().Match(source.Length > LongestText ? source[..LongestText] : source);
        return match.Success ? NotLineEnds().Replace(match.Value, " ") + source[match.Length..] : source;
    }

    // A line of --- without a setting below it is a rule between paragraphs.
    [GeneratedRegex(@"\A\ufeff?(?:---[ \t]*\r?\n(?=(?:[ \t]*(?:\#.*)?\r?\n)*[\w""'-]+[ \t]*:)"
        + @"(?:.*\r?\n)*?(?:---|\.\.\.)"
        + @"|\+\+\+[ \t]*\r?\n(?=(?:[ \t]*(?:\#.*)?\r?\n)*(?:[\w.""'-]+[ \t]*=|"
        + @"\[))(?:.*\r?\n)*?\+\+\+)[ \t]*(?=\r?\n|\z)",
        RegexOptions.None)]
    private static partial Regex Settings();

    [GeneratedRegex(@"[^\r\n]", RegexOptions.None)]
    private static partial Regex NotLineEnds();
}
