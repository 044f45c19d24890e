using System.Text;

namespace Nabla.Cli.Output;

/// <summary>Makes text that a model wrote, or that a file holds, fit to show.</summary>
internal static class Printable
{
    /// <summary>Control characters as their pictures (␛ for escape), so that no text can drive the terminal.</summary>
    public static string OnTerminal(string text)
    {
        if (!text.Any(IsControl))
            return text;
        return string.Concat(text.Select(c => IsControl(c) ? Picture(c) : c));
    }

    /// <summary>A token as it is shown in lists: spaces and line feeds visible, in quotes.</summary>
    public static string Token(string text)
    {
        var shown = new StringBuilder();
        foreach (char c in text)
            shown.Append(c switch
            {
                '\n' => "⏎",
                '\t' => "⇥",
                ' ' => "␣",
                _ => char.IsControl(c) ? Picture(c).ToString() : c.ToString(),
            });
        return shown.ToString();
    }

    /// <summary>One line, at most <paramref name="length"/> characters, line feeds visible.</summary>
    public static string OneLine(string text, int length)
    {
        string line = OnTerminal(
            text.Trim().Replace("\r", "", StringComparison.Ordinal).Replace("\n", " ⏎ ", StringComparison.Ordinal));
        return line.Length <= length ? line : line[..Math.Max(0, length - 1)] + "…";
    }

    /// <summary>The lines of a text, broken at spaces to a width; one below 1 counts as 1.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        width = Math.Max(width, 1);
        foreach (string paragraph in OnTerminal(text.Trim('\n')).Split('\n'))
        {
            int from = 0;
            while (paragraph.Length - from > width)
            {
                int at = paragraph.LastIndexOf(' ', from + width, width + 1);
                if (at <= from)
                    at = from + width;
                yield return paragraph[from..at].TrimEnd();
                for (from = at; from < paragraph.Length && char.IsWhiteSpace(paragraph[from]);)
                    from++;
            }
            yield return paragraph[from..];
        }
    }

    private static bool IsControl(char c) => char.IsControl(c) && c is not '\n' and not '\t';

    private static char Picture(char c) => c < ' ' ? (char)('\u2400' + c) : c == '\u007f' ? '\u2421' : '\ufffd';
}
