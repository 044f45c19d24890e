namespace Nabla.Formulas.Articles.Reading;

/// <summary>Reads text without marks: lines of prose, tables with strokes, and lines of code.</summary>
internal static class PlainTextReader
{
    // Joining tries each line with those after it; all tries of a text together read so many characters.
    private const int MostJoined = 40, MostTried = 1_000_000, CostOfTry = 200;

    private enum LineKind
    {
        Prose,
        Empty,
        Comment,
        Code,
        Row,
    }

    public static IReadOnlyList<ArticleBlock> Read(string source)
    {
        MappedText[] lines = [.. MappedText.Of(source).Lines()];
        LineKind[] kinds = Classify(lines);
        List<ArticleBlock> blocks = [];
        for (int at = 0; at < lines.Length;)
        {
            int end = kinds[at] switch
            {
                LineKind.Code or LineKind.Comment => EndOfCode(lines, kinds, at),
                LineKind.Row => EndOf(kinds, at, LineKind.Row),
                _ => at + 1,
            };
            if (kinds[at] == LineKind.Row)
                blocks.Add(Table(lines.AsSpan(at, end - at)));
            else if (end > at + 1 || kinds[at] == LineKind.Code)
                blocks.Add(Code(source, lines[at], lines[end - 1]));
            else if (kinds[at] != LineKind.Empty)
                blocks.Add(InlineFormulas.Block(BlockKind.Paragraph, lines[at]));
            at = end;
        }
        return blocks;
    }

    private static LineKind[] Classify(MappedText[] lines)
    {
        var kinds = new LineKind[lines.Length];
        var known = new Dictionary<string, LineKind>(StringComparer.Ordinal);
        int tried = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            kinds[i] = i > 0 && kinds[i - 1] == LineKind.Row && GoesOnAsRow(lines[i].Text) ? LineKind.Row
                : KindOf(lines[i].Text, known);
            if (kinds[i] != LineKind.Prose || !CodeLines.IsCertain(lines[i].Text) && !lines[i].Text.TrimEnd()
                .EndsWith('(')
                && !lines[i].Text.TrimEnd().EndsWith('[')
                && !lines[i].Text.Contains("\"\"\"", StringComparison.Ordinal))
                continue;
            string joined = lines[i].Text;
            for (int last = i + 1; last < Math.Min(lines.Length, i + MostJoined) && tried < MostTried
                && CodeLines.GoesOn(joined); last++)
            {
                joined += "\n" + lines[last].Text;
                tried += joined.Length + CostOfTry;
                if (CodeLines.GoesOn(joined))
                    continue;
                Array.Fill(kinds, LineKind.Code, i, last - i + 1);
                i = last;
                break;
            }
        }
        return kinds;
    }

    // y = Wx + b | 1 + 2 | behind the rows of a table: one that lost its first stroke.
    private static bool GoesOnAsRow(string line)
    {
        string text = line.Trim();
        return text.EndsWith(" |", StringComparison.Ordinal) && text[..^1].Contains(" | ", StringComparison.Ordinal);
    }

    // Output and tables repeat their lines.
    private static LineKind KindOf(string line, Dictionary<string, LineKind> known)
    {
        if (!known.TryGetValue(line, out LineKind kind))
            known[line] = kind = KindOf(line);
        return kind;
    }

    private static LineKind KindOf(string line)
    {
        string text = line.Trim();
        if (text.Length == 0)
            return LineKind.Empty;
        if (text[0] == '|' && text.Count(c => c == '|') > 1)
            return LineKind.Row;
        if (text[0] == '#')
            return LineKind.Comment;
        return text.StartsWith(">>> ", StringComparison.Ordinal) || CodeLines.IsStatement(text) ? LineKind.Code
            : LineKind.Prose;
    }

    // Code goes on over comments and empty lines; without a line that is certainly code it is prose.
    private static int EndOfCode(MappedText[] lines, LineKind[] kinds, int start)
    {
        int end = start + 1;
        for (int i = start + 1; i < lines.Length
            && kinds[i] is LineKind.Code or LineKind.Comment or LineKind.Empty; i++)
            if (kinds[i] != LineKind.Empty)
                end = i + 1;
        for (int i = start; i < end; i++)
            if (kinds[i] == LineKind.Code && CodeLines.IsCertain(lines[i].Text))
                return end;
        bool isCommented = lines[start..end].Any(line => line.Text.Contains('#', StringComparison.Ordinal))
            && kinds.AsSpan(start, end - start).Count(LineKind.Code) > 1;
        if (isCommented)
            return end;
        kinds.AsSpan(start, end - start).Replace(LineKind.Code, LineKind.Prose);
        kinds.AsSpan(start, end - start).Replace(LineKind.Comment, LineKind.Prose);
        return start + 1;
    }

    private static int EndOf(LineKind[] kinds, int start, LineKind kind)
    {
        int end = start;
        while (end < kinds.Length && kinds[end] == kind)
            end++;
        return end;
    }

    private static ArticleBlock Code(string source, MappedText first, MappedText last)
    {
        int start = first.Place(0), end = last.Place(last.Length);
        return new ArticleBlock(BlockKind.Code, MappedText.Of(source[start..end], start)) { Language = "python" };
    }

    private static ArticleBlock Table(ReadOnlySpan<MappedText> lines)
    {
        List<IReadOnlyList<MappedText>> rows = [];
        foreach (MappedText line in lines)
            if (PipeTable.Row(line) is { } row)
                rows.Add(row);
        return ArticleBlock.Table(rows);
    }
}
