using System.Text;

namespace Nabla.Cli.Output.Plots;

/// <summary>How much room text takes, and text that is safe to write into a file.</summary>
internal static class Lettering
{
    public const double Small = 12, Medium = 13, Large = 14.5, Huge = 18;

    /// <summary>
    /// The width of a text in a sans-serif font, rather too much than too little: which font the reader has, nobody
    /// knows.
    /// </summary>
    public static double Width(string text, double size) => size * text.Sum(Width);

    private static double Width(char c) => c switch
    {
        'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or '(' or ')' or '[' or ']' => 0.36,
        'f' or 't' or 'r' or ' ' or '-' or '/' => 0.42,
        'm' or 'w' or 'M' or 'W' or '@' or '%' or '×' or '−' => 0.9,
        >= '⁰' and <= '⁻' or '¹' or '²' or '³' => 0.42,
        >= 'A' and <= 'Z' => 0.7,
        >= '\u1100' => 1,
        _ => 0.63,
    };

    /// <summary>A text that fits into a width, cut short with … if need be.</summary>
    public static string Fit(string text, double size, double width)
    {
        if (Width(text, size) <= width)
            return text;
        int length = 0;
        for (double taken = size; length < text.Length; length++)
            if ((taken += size * Width(text[length])) > width)
                break;
        return Clean(text[..length].TrimEnd()) + "…"; // half a surrogate pair may be left
    }

    /// <summary>One line of text in which every character is allowed in XML.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in Printable.OnTerminal(text.ReplaceLineEndings(" ").Replace('\t', ' ')).EnumerateRunes())
            clean.Append(rune.Value is 0xfffe or 0xffff ? Rune.ReplacementChar : rune);
        return clean.ToString();
    }
}
