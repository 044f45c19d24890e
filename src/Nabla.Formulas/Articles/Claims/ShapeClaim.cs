using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Python;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>A shape in a comment: <c>Query: (2, 10, 64)</c>, <c>shape [2, 3]</c>, <c>3 → 4 neurons</c>.</summary>
internal sealed partial record ShapeClaim(string Text, IReadOnlyList<int> Sizes, bool IsMap)
{
    private const int MostWordsBefore = 4;

    public static ShapeClaim? Read(string comment)
    {
        string text = comment.Trim();
        if (Change().Match(text) is { Success: true } change)
            text = text[(change.Index + change.Length)..].Trim(); // (3, 1) -> (1, 3)
        int open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 && text.Contains("shape", StringComparison.OrdinalIgnoreCase))
            open = text.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
            return Map(text);
        int close = text.IndexOf(text[open] == '(' ? ')' : ']', open);
        if (close < 0)
            return Map(text);
        string before = text[..open], after = text[(close + 1)..].Trim();
        string[] parts = text[(open + 1)..close].Split(',', 'x', '×');
        List<int> sizes = [];
        for (int i = 0; i < parts.Length; i++)
        {
            string part = parts[i].Trim();
            if (part.Length == 0 && i == parts.Length - 1 && i > 0)
                continue;
            if (part.Length is 0 or > 9 || !part.All(char.IsAsciiDigit))
                return null;
            sizes.Add(int.Parse(part, System.Globalization.CultureInfo.InvariantCulture));
        }
        bool isShape = before.Contains("shape", StringComparison.OrdinalIgnoreCase) || parts.Length > 1
            && IsLabel(before);
        bool ends = after.Length == 0 || !char.IsLetterOrDigit(after[0]) && after[0] is not ('+' or '*' or '/' or '@');
        return isShape && ends ? new ShapeClaim(text[open..(close + 1)], sizes, false) : null;
    }

    /// <summary>Whether the array has this shape.</summary>
    public OutputMatch? Compare(NdArray array)
    {
        string actual = Products.ShapeText(array);
        if (array.Rank == 0)
            return null;
        if (!IsMap)
            return Match(actual, array.Shape.AsSpan().SequenceEqual([.. Sizes]), $"the shape is {actual}");
        bool isMap = array.Rank == 2 && (array.Shape[0] == Sizes[0] && array.Shape[1] == Sizes[1]
            || array.Shape[0] == Sizes[1] && array.Shape[1] == Sizes[0]);
        return isMap
            ? Match(actual, true, $"a matrix of the shape {actual} maps {Sizes[0]} numbers to {Sizes[1]}") : null;
    }

    private OutputMatch Match(string actual, bool isRight, string why)
    {
        Verdict verdict = isRight ? Verdict.Right : Verdict.Wrong;
        return new OutputMatch(Text, actual, verdict, why) { Kind = "shape" };
    }

    [GeneratedRegex(@"^[\[(][\d, ]+[\])]\s*(?:->|→|=>)")]
    private static partial Regex Change();

    private static bool IsLabel(string before)
    {
        string label = before.Trim();
        return label.Length == 0 || label[^1] is ':' or '=' or '→' or '>' && label.Split(' ').Length <= MostWordsBefore;
    }

    private static ShapeClaim? Map(string text)
    {
        string[] words = text.Split(' ');
        return words.Length >= 3 && words[1] is "→" or "->" && int.TryParse(words[0], out int from)
            && int.TryParse(words[2], out int to) ? new ShapeClaim($"{from} {words[1]} {to}", [from, to], true) : null;
    }
}
