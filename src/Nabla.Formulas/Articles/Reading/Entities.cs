using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace Nabla.Formulas.Articles.Reading;

/// <summary>Characters that are written by their names: &amp;amp;, &amp;times;, &amp;#8722;.</summary>
internal static class Entities
{
    private const int LongestName = 33; // of the names of the HTML standard

    /// <summary>A text with all names of characters replaced.</summary>
    public static MappedText Decode(MappedText text)
    {
        if (!text.Text.Contains('&', StringComparison.Ordinal))
            return text;
        var plain = new MappedText.Builder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int length = text.Text[at] == '&' ? Read(text, at, plain) : 0;
            if (length == 0)
            {
                plain.Add(text.Text[at], text.Place(at));
                length = 1;
            }
            at += length;
        }
        return plain.Take();
    }

    // Adds the character at an ampersand and gives how long its name was; 0 if there is none.
    private static int Read(MappedText text, int at, MappedText.Builder into)
    {
        int end = text.Text.IndexOf(';', at, Math.Min(LongestName, text.Length - at));
        if (end < at + 2)
            return 0;
        string name = text.Text[(at + 1)..end];
        if ((name[0] == '#' ? Numbered(name[1..]) : HtmlEntityProvider.Resolver.GetSymbol(name + ";")) is not { } value)
            return 0;
        into.Add(value, text.Place(at));
        return end - at + 1;
    }

    private static string? Numbered(string name)
    {
        bool isHex = name.StartsWith('x') || name.StartsWith('X');
        return int.TryParse(name.AsSpan(isHex ? 1 : 0), isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture, out int code) && Rune.IsValid(code) && code > 0
                ? new Rune(code).ToString() : null;
    }
}
