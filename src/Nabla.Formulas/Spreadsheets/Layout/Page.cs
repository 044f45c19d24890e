namespace Nabla.Formulas.Spreadsheets.Layout;

/// <summary>
/// Lays a sheet out: a title, the colours and what they mean, notes, then bands below one another, in each band blocks
/// side by side. A block has its title, its equation, its meaning, the names of its columns and rows, and its cells.
/// </summary>
internal sealed class Page
{
    private const int FirstColumn = 1, Gap = 1, LeastBand = 16;
    private const double CharactersPerColumn = 11.5, MarginWidth = 2, FirstWidth = 17;
    private const double TitleHeight = 26, BandHeight = 18;

    // Names of columns that are longer stand in two lines.
    private const int ShortLabel = 11;
    private const double TwoLines = 25;

    // Title, equation, two lines of meaning, names of columns.
    private const int LinesOverCells = 5, LinesOfMeaning = 2;

    private const int LegendRow = 1;

    private static readonly Dictionary<Role, string> Legend = new()
    {
        [Role.Input] = "input: edit",
        [Role.Weight] = "weight: edit",
        [Role.Computed] = "computed",
        [Role.Result] = "result",
        [Role.Gradient] = "gradient",
        [Role.Updated] = "new weight",
    };

    private readonly Workbook workbook;
    private readonly Sheet sheet;
    private readonly HashSet<Role> explained = [];
    private readonly List<int> bars = [];
    private int row, column = FirstColumn, bottom, width = LeastBand;

    /// <summary>A new sheet with a title and notes below it.</summary>
    public Page(Workbook workbook, string name, string title, params IEnumerable<string> notes)
    {
        this.workbook = workbook;
        sheet = workbook.Add(name);
        sheet.FrozenRows = LegendRow + 1;
        sheet.Widths[0] = MarginWidth;
        sheet.Widths[FirstColumn] = FirstWidth;
        sheet.Heights[0] = TitleHeight;
        Write(new(0, FirstColumn), title, Role.Title);
        Write(new(LegendRow, FirstColumn), "Colours:", Role.Label);
        row = LegendRow + 2;
        foreach (string note in notes)
            Write(new(row++, FirstColumn), note, Role.Note);
        bottom = row;
    }

    /// <summary>Begins a band: what is put from now on stands below all before.</summary>
    public void Band(string title, string about = "")
    {
        row = bottom + 1;
        column = FirstColumn;
        sheet.Heights[row] = BandHeight;
        Write(new(row, column), title, Role.Band);
        bars.Add(row);
        ExtendBars(width);
        if (about.Length > 0)
            Write(new(++row, column), about, Role.Note);
        bottom = ++row;
    }

    /// <summary>Puts a block beside the last one of the band.</summary>
    public Block Put(BlockSpec spec)
    {
        int labels = spec.Rows is null ? 0 : 1;
        var at = new CellAddress(row + LinesOverCells, column + labels);
        var block = new Block(sheet, at, spec.Values);
        WriteWords(spec);
        WriteLabels(spec, block);
        WriteCells(spec, block);
        Explain(spec.Role);
        Describe(spec, block);
        column += labels + WidthOf(spec);
        ExtendBars(column);
        column += Gap;
        bottom = Math.Max(bottom, at.Row + block.Rows);
        return block;
    }

    /// <summary>Goes on in the same band below all before.</summary>
    public void Below()
    {
        row = ++bottom;
        column = FirstColumn;
    }

    /// <summary>The columns that the blocks of the band have taken so far.</summary>
    public int Taken => column - FirstColumn;

    /// <summary>Leaves columns free, so that the next block stands over or below another one.</summary>
    public void Skip(int columns) => column += columns;

    /// <summary>Says that a cell is one of those that the workbook is about.</summary>
    public void Result(string name, Block block, int atRow = 0, int atColumn = 0) => workbook.AddResult(
        new(name, sheet.Name, block.Place(atRow, atColumn), block.Values[atRow, atColumn]));

    /// <summary>Puts lines of words into the band.</summary>
    public void Say(params IEnumerable<string> lines)
    {
        foreach (string line in lines)
            Write(new(bottom++, FirstColumn), line, Role.Note);
        row = bottom;
    }

    /// <summary>A line that leads to another sheet when one clicks on it.</summary>
    public void Link(Sheet to, string what)
    {
        sheet.Set(new(bottom, FirstColumn), new Cell(to.Name, new(Role.Link))
        {
            Formula = $"HYPERLINK(\"#{to.Prefix}A1\",\"{to.Name}\")",
        });
        Write(new(bottom++, FirstColumn + 2), what, Role.Note);
        row = bottom;
    }

    // The bars over the bands are as long as the widest band.
    private void ExtendBars(int end)
    {
        width = Math.Max(width, end);
        foreach (int bar in bars)
            for (int filled = width - 1; filled > FirstColumn && !sheet.Cells.ContainsKey(new(bar, filled)); filled--)
                Write(new(bar, filled), "", Role.Band);
    }

    private void WriteWords(BlockSpec spec)
    {
        Write(new(row, column), spec.Title, Role.Heading);
        Write(new(row + 1, column), spec.Equation, Role.Formula);
        int line = row + 2;
        foreach (string part in Wrap(spec.Meaning, TextWidth(spec)))
            Write(new(line++, column), part, Role.Note);
    }

    private void WriteLabels(BlockSpec spec, Block block)
    {
        for (int j = 0; j < (spec.Columns?.Count ?? 0); j++)
        {
            WriteLabel(new(block.TopLeft.Row - 1, block.TopLeft.Column + j), spec.Columns![j], Role.ColumnLabel);
            if (spec.Columns[j].Value.Text?.Length > ShortLabel)
                sheet.Heights[block.TopLeft.Row - 1] = TwoLines;
        }
        for (int i = 0; i < (spec.Rows?.Count ?? 0); i++)
            WriteLabel(new(block.TopLeft.Row + i, block.TopLeft.Column - 1), spec.Rows![i], Role.Label);
    }

    private void WriteLabel(CellAddress at, (CellValue Value, string? Formula) label, Role role) =>
        sheet.Set(at, new Cell(label.Value, new(role)) { Formula = OfThisSheet(label.Formula) });

    private void WriteCells(BlockSpec spec, Block block)
    {
        var style = new CellStyle(spec.Role, spec.UsedFormat);
        for (int i = 0; i < block.Rows; i++)
            for (int j = 0; j < block.Columns; j++)
                sheet.Set(block.Place(i, j), new Cell(spec.Values[i, j], style)
                {
                    Formula = OfThisSheet(spec.Cells?.Invoke(i, j) ?? spec.OwnCells?.Invoke(block, i, j)),
                });
        if (spec.Shade != Shade.None)
            sheet.Shades.Add((block.Extent, spec.Shade));
    }

    // An address without a sheet is one of the formula's own.
    private string? OfThisSheet(string? formula) => formula?.Replace(sheet.Prefix, "", StringComparison.Ordinal);

    private void Explain(Role role)
    {
        if (!Legend.TryGetValue(role, out string? meaning) || !explained.Add(role))
            return;
        Write(new(LegendRow, FirstColumn + explained.Count), meaning, role);
    }

    private void Describe(BlockSpec spec, Block block)
    {
        string text = string.Join('\n', new[] { spec.Equation, spec.Meaning }.Where(part => part.Length > 0));
        if (text.Length > 0)
            sheet.Hints.Add(new Hint(block.Extent, spec.Title, text) { Most = spec.Most });
    }

    private void Write(CellAddress at, string text, Role role)
    {
        if (text.Length > 0 || role == Role.Band)
            sheet.Set(at, new Cell(text, new(role)));
    }

    // So wide that the words over it do not run into the next block.
    private static int WidthOf(BlockSpec spec)
    {
        int labels = spec.Rows is null ? 0 : 1, width = spec.Values.Columns;
        double longest = Math.Max(spec.Title.Length * 1.1, spec.Equation.Length);
        while ((width + labels) * CharactersPerColumn < longest
            || Wrap(spec.Meaning, (int)((width + labels) * CharactersPerColumn)).Count > LinesOfMeaning)
            width++;
        return width;
    }

    private static int TextWidth(BlockSpec spec) =>
        (int)((WidthOf(spec) + (spec.Rows is null ? 0 : 1)) * CharactersPerColumn);

    private static List<string> Wrap(string text, int width)
    {
        List<string> lines = [];
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= width)
                lines[^1] += " " + word;
            else
                lines.Add(word);
        return lines;
    }
}
