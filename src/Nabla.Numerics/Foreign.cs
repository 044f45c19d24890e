using System.Globalization;
using System.Text;

namespace Nabla.Numerics;

/// <summary>
/// Text from outside, such as a name in a file or what the system says, made fit for a message of one line. It stands
/// here because every library has such messages, and this is the one that all of them use.
/// </summary>
public static class Foreign
{
    private const int MostQuoted = 80, MostSaid = 400;

    /// <summary>A name in quotes, at most 80 characters of it.</summary>
    public static string Quote(string name) => $"'{Cut(name, MostQuoted)}'";

    /// <summary>A sentence on one line, at most 400 characters of it.</summary>
    public static string OneLine(string text) => Cut(text.ReplaceLineEndings(" ").Trim(), MostSaid);

    // What moves a cursor, breaks a line or is not seen becomes a question mark.
    private static string Cut(string text, int most)
    {
        var shown = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (shown.Length >= most)
                return shown.Append('…').ToString();
            shown.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? "?" : rune.ToString());
        }
        return shown.ToString();
    }
}
