using System.Buffers;
using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Where a sentence goes on over the end of a line. Articles are wrapped anywhere, also within what is computed, but
/// some have an equation in each line.
/// </summary>
internal static partial class LineEnds
{
    // Lines of a paragraph that is wrapped are longer than those of equations below one another.
    private const int LeastWidth = 40, LongestLine = 500, LongestGap = 40;

    private static readonly SearchValues<char> InGaps = SearchValues.Create(" \t\r\n>*_+-");

    private const string Operators = "+-−*×·/÷^(,=≈";

    /// <summary>
    /// What stands between two lines if the second may go on with the first: a space, or an operator that was taken for
    /// the mark of a list; else null.
    /// </summary>
    /// <param name="line">A line.</param>
    /// <param name="next">The unit behind it.</param>
    /// <param name="width">The length of the longest line around.</param>
    /// <param name="source">The article.</param>
    public static string? Joint(TextUnit line, TextUnit next, int width, string source)
    {
        string before = line.Text.Text.TrimEnd(), after = next.Text.Text.TrimStart();
        ReadOnlySpan<char> gap = Gap(line, next, source);
        if (before is [] or [.., '.' or ':' or ';' or '\\'] || after.Length == 0 || gap.StartsWith("  "))
            return null;
        bool isWrapped = IsWrapped(before, after, width), isItem = Mark().IsMatch(before) || IsMarked(line, source);
        if (gap is [.., '+' or '-' or '*', ' '] && !gap.Contains("**", StringComparison.Ordinal))
            return isWrapped || !isItem && gap[^2] == '+' ? $" {gap[^2]} " : null;
        if (Mark().IsMatch(after))
            return isWrapped || !isItem && after[0] == '+' ? " " : null;
        return isWrapped || Operators.Contains(before[^1])
            || !(char.IsAsciiDigit(before[^1]) && char.IsAsciiDigit(after[0])) && !Equation().IsMatch(after)
                ? " " : null;
    }

    /// <summary>Whether a unit is the next line of the paragraph or list of another.</summary>
    public static bool AreOfOneParagraph(TextUnit line, TextUnit next, string source)
    {
        if (!IsProse(line) || !IsProse(next))
            return false;
        ReadOnlySpan<char> gap = Gap(line, next, source);
        return gap.Count('\n') == 1 && !gap.ContainsAnyExcept(InGaps);
    }

    /// <summary>Whether the joint, or what the line behind it begins with, may be the mark of a list.</summary>
    public static bool IsMark(TextUnit next, string joint) =>
        joint.Length > 1 || Mark().IsMatch(next.Text.Text.TrimStart());

    /// <summary>Whether a line ends where it does because the next word had no room in it.</summary>
    public static bool IsWrapped(string line, string next, int width)
    {
        int word = next.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? space : next.Length;
        return width >= LeastWidth && line.Length + 1 + word > width;
    }

    /// <summary>A paragraph whose lines end only where something ends.</summary>
    public static MappedText Unwrapped(MappedText paragraph)
    {
        string text = paragraph.Text;
        if (!text.Contains('\n'))
            return paragraph;
        string[] lines = text.Split('\n');
        int width = lines.Max(line => line.Length);
        var whole = new MappedText.Builder(text.Length);
        for (int i = 0, at = 0; i < lines.Length; at += lines[i++].Length + 1)
        {
            if (i > 0)
                whole.Add(IsWrapped(lines[i - 1].TrimEnd(), lines[i], width) ? ' ' : '\n', paragraph.Place(at - 1));
            whole.Add(paragraph.Slice(at, lines[i].Length));
        }
        return whole.Take();
    }

    // Nobody wraps at a thousand characters.
    private static bool IsProse(TextUnit unit) =>
        !unit.IsInline && unit.Block.Kind == BlockKind.Paragraph && unit.Text.Length <= LongestLine;

    private static ReadOnlySpan<char> Gap(TextUnit line, TextUnit next, string source)
    {
        int end = line.Text.Place(line.Text.Length), start = next.Text.Place(0);
        return end <= start && start - end <= LongestGap && start <= source.Length
            ? source.AsSpan(end, start - end) : "";
    }

    // The mark of its list is taken from an item's text.
    private static bool IsMarked(TextUnit line, string source)
    {
        int start = Math.Min(line.Text.Place(0), source.Length);
        return start > 1 && source[start - 1] == ' ' && source[start - 2] is '-' or '+' or '*' or '.' or ')';
    }

    [GeneratedRegex(@"^(?:[-+*•]\s|\d{1,2}[.)]\s)")]
    private static partial Regex Mark();

    // "x = 3": a line with an equation of its own.
    [GeneratedRegex(@"^[\w(][^=≈]{0,30}[=≈]")]
    private static partial Regex Equation();
}
