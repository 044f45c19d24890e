using System.Text;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>A line of output without its numbers, to find the same line in an article whose numbers may
/// differ.</summary>
/// <param name="Shape">The line with # for each number, and one space for any.</param>
/// <param name="Numbers">The numbers in order.</param>
internal sealed record Skeleton(string Shape, IReadOnlyList<PrintedNumber> Numbers)
{
    public bool HasWords => Shape.Any(char.IsLetter);

    public static Skeleton Of(string line)
    {
        var shape = new StringBuilder();
        List<PrintedNumber> numbers = [];
        for (int at = 0; at < line.Length;)
        {
            bool isPartOfName = at > 0 && (char.IsLetterOrDigit(line[at - 1]) || line[at - 1] == '_');
            int start = at;
            bool isNegative = line[at] is '-' or '−' && !isPartOfName && at + 1 < line.Length;
            at += isNegative ? 1 : 0;
            if (!isPartOfName && (char.IsAsciiDigit(line[at]) || line[at] == '.')
                && PrintedNumber.Read(line, ref at) is { } number)
            {
                numbers.Add(isNegative
                    ? number with { Value = -number.Value, Text = "-" + number.Text, Whole = -number.Whole } : number);
                shape.Append('#');
                // NumPy's 1. in a list
                at += at < line.Length && line[at] == '.' && (at + 1 == line.Length || line[at + 1] is ' ' or ']') ? 1
                    : 0;
                continue;
            }
            at = start;
            Append(shape, line[at++]);
        }
        return new Skeleton(shape.ToString().Trim(), numbers);
    }

    // Spaces, and commas in lists, differ between what is printed and what is written down.
    private static void Append(StringBuilder shape, char c)
    {
        if (c == '\u0001')
            shape.Append('#');
        else if (!char.IsWhiteSpace(c))
            shape.Append(c == '−' ? '-' : c);
        else if (shape.Length > 0 && shape[^1] is not (' ' or '['))
            shape.Append(' ');
    }
}
