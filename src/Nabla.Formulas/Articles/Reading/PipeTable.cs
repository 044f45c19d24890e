namespace Nabla.Formulas.Articles.Reading;

/// <summary>Rows of tables that are drawn with strokes: | a | b |.</summary>
internal static class PipeTable
{
    /// <summary>The cells of a row, or null for the line below the heads.</summary>
    public static IReadOnlyList<MappedText>? Row(MappedText line)
    {
        MappedText row = line.Trim();
        if (row.Text.All(c => c is '|' or '-' or ':' or ' ' or '+'))
            return null;
        int start = row.Text.StartsWith('|') ? 1 : 0;
        List<MappedText> cells = [];
        for (int at = start; at <= row.Length;)
        {
            int end = at;
            while (end < row.Length && (row.Text[end] != '|' || end > 0 && row.Text[end - 1] == '\\'))
                end++;
            if (end < row.Length || end > at)
                cells.Add(row.Slice(at, end - at).Trim());
            at = end + 1;
        }
        return cells;
    }
}
