namespace Nabla.Cli.Output;

/// <summary>Columns that line up: the first ones on the left, those named so on the right.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<InkedLine[]> rows = [];
    private readonly HashSet<int> right = [];

    /// <summary>Columns of numbers, counted from 0.</summary>
    public TextTable AlignRight(params int[] columns)
    {
        right.UnionWith(columns);
        return this;
    }

    public TextTable Row(params InkedLine[] cells)
    {
        rows.Add(cells);
        return this;
    }

    public IEnumerable<InkedLine> Draw(string indent = "  ")
    {
        InkedLine[] heading = [.. headings.Select(text => new InkedLine(text, Ink.Dim))];
        List<InkedLine[]> all = headings.All(text => text.Length == 0) ? rows : [heading, .. rows];
        int[] widths = [.. Enumerable.Range(0, headings.Length)
            .Select(column => all.Max(row => column < row.Length ? row[column].Length : 0))];
        foreach (InkedLine[] row in all)
        {
            var line = new InkedLine(indent);
            int end = indent.Length;
            for (int column = 0; column < row.Length; column++)
            {
                int start = end + (column == 0 ? 0 : 2);
                end = start + widths[column];
                line.PadTo(right.Contains(column) ? end - row[column].Length : start).Add(row[column]);
            }
            yield return line;
        }
    }
}
