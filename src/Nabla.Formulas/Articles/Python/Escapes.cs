using System.Globalization;
using System.Text;

namespace Nabla.Formulas.Articles.Python;

/// <summary>What stands after a backslash in a string.</summary>
internal static class Escapes
{
    private const string Letters = "nrt0abfv\\'\"", Meanings = "\n\r\t\0\a\b\f\v\\'\"";

    /// <summary>Reads one escape at a backslash.</summary>
    public static void Read(string text, ref int at, StringBuilder value)
    {
        char letter = text[at + 1];
        int digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && at + 2 + digits <= text.Length && int.TryParse(text.AsSpan(at + 2, digits),
            NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && Rune.IsValid(code))
        {
            value.Append(new Rune(code).ToString());
            at += 2 + digits;
            return;
        }
        if (letter == 'N' && text.IndexOf('}', at) is > 0 and var close && text.AsSpan(at + 2).StartsWith("{"))
        {
            value.Append(Printed.UnknownMark); // one character by its name
            at = close + 1;
            return;
        }
        int known = Letters.IndexOf(letter, StringComparison.Ordinal);
        if (known >= 0)
            value.Append(Meanings[known]);
        else if (letter != '\n')
            value.Append('\\').Append(letter);
        at += 2;
    }
}
