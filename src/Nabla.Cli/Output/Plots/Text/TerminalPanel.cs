namespace Nabla.Cli.Output.Plots;

/// <summary>A panel with two axes of numbers, in dots of braille.</summary>
internal sealed class TerminalPanel
{
    // Without colours, classes are told apart by these.
    private const string Letters = "o+x*#@%&$=";

    private readonly PanelScales scales;
    private readonly BrailleCanvas canvas;
    private readonly char[,] letters;
    private readonly Ruler across, up;
    private readonly IReadOnlyList<Tick> upTicks;
    private readonly int columns, rows, width, margin;
    private readonly bool usesLetters;

    public TerminalPanel(Panel panel, int width, int rows, bool hasColours)
    {
        (scales, this.width, this.rows) = (new PanelScales(panel), width, rows);
        upTicks = scales.Up(0, 1).Ticks(Math.Max(2, rows / 3));
        margin = upTicks.Select(tick => Cut(tick.Label).Length).DefaultIfEmpty().Max() + 2;
        columns = Math.Max(8, width - margin);
        canvas = new BrailleCanvas(columns, rows);
        letters = new char[rows, columns];
        usesLetters = !hasColours && panel.Series.OfType<PointSeries>().Count() > 1;
        (across, up) = (scales.Across(0, canvas.Width - 1), scales.Up(canvas.Height - 1, 0));
    }

    public IEnumerable<InkedLine> Draw()
    {
        foreach (Series series in scales.Panel.Series)
            Draw(series, TerminalFigure.InkOf(scales.Colour(series)));
        string[] labels = new string[rows];
        foreach (Tick tick in upTicks.Where(tick => tick.Label.Length > 0))
            labels[Math.Clamp((int)Math.Round(up.At(tick.Value)) / 4, 0, rows - 1)] = Cut(tick.Label);
        if (scales.Panel.Y.Label.Length > 0)
            yield return new InkedLine(TerminalFigure.OneLine(scales.Panel.Y.Label, width), Ink.Dim);
        for (int row = 0; row < rows; row++)
        {
            string axis = labels[row] is { } label ? label + " ┤" : "│";
            yield return new InkedLine(axis.PadLeft(margin), Ink.Dim).Add(Row(row));
        }
        yield return new InkedLine(new string(' ', margin - 1) + "╰" + new string('─', columns), Ink.Dim);
        yield return new InkedLine(AcrossLabels(), Ink.Dim);
        if (scales.Panel.X.Label.Length > 0)
            yield return new InkedLine(new string(' ', margin)
                + TerminalFigure.OneLine(scales.Panel.X.Label, columns), Ink.Dim);
        foreach (InkedLine line in Legend())
            yield return line;
    }

    private static string Cut(string label) => TerminalFigure.OneLine(label, 12);

    private InkedLine Row(int row)
    {
        if (!usesLetters)
            return canvas.Row(row);
        string dots = canvas.Row(row).ToString();
        return string.Concat(dots.Select((dot, x) => letters[row, x] is var letter and not '\0' ? letter : dot));
    }

    private void Draw(Series series, Ink ink)
    {
        switch (series)
        {
            case LineSeries line:
                Curve(line.Points, line.IsFaint ? Ink.Dim : ink);
                break;
            case PointSeries first when ReferenceEquals(first, Clouds.First()):
                foreach (((double x, double y), PointSeries cloud) in InTurns())
                    Point(across.At(x), up.At(y), TerminalFigure.InkOf(scales.Colour(cloud)), Letter(cloud));
                break;
            case HistogramSeries histogram:
                foreach (var (from, to, count) in histogram.Intervals().Where(bin => bin.Count > 0))
                    Block((int)Math.Round(across.At(from)), (int)Math.Round(across.At(to)), up.At(count), ink);
                break;
            case ContourSeries contour:
                Contour(contour);
                break;
            case RuleSeries rule when rule.IsVertical:
                for (int y = 0; y < canvas.Height; y += 2)
                    Point(across.At(rule.At), y, Ink.Dim, '\0');
                break;
            case RuleSeries rule:
                for (int x = 0; x < canvas.Width; x += 2)
                    Point(x, up.At(rule.At), Ink.Dim, '\0');
                break;
        }
    }

    private IEnumerable<PointSeries> Clouds => scales.Panel.Series.OfType<PointSeries>();

    private char Letter(PointSeries cloud) => Letters[scales.Colour(cloud) % Letters.Length];

    // A part of each cloud after the other: else the last would hide the others.
    private IEnumerable<((double X, double Y) Point, PointSeries Cloud)> InTurns() => Clouds
        .SelectMany(cloud => cloud.Points.Select(
            (point, i) => (Point: point, Cloud: cloud, Share: (double)i / cloud.Points.Count)))
        .OrderBy(one => one.Share).Select(one => (one.Point, one.Cloud));

    private void Block(int left, int right, double top, Ink ink)
    {
        for (int x = left; x < Math.Max(right, left + 1); x++)
            Segment((x, up.Base), (x, top), ink);
    }

    private void Curve(IReadOnlyList<(double X, double Y)> points, Ink ink)
    {
        (double X, double Y) before = (double.NaN, double.NaN);
        foreach ((double x, double y) in points)
        {
            (double X, double Y) at = (across.At(x), up.At(y));
            Segment(double.IsNaN(before.X + before.Y) ? at : before, at, ink);
            before = at;
        }
    }

    private void Contour(ContourSeries contour)
    {
        double[,] grid = contour.Grid();
        double X(double column) => across.At(
            contour.X.From + (contour.X.To - contour.X.From) * column / (grid.GetLength(1) - 1));
        double Y(double row) => up.At(contour.Y.From + (contour.Y.To - contour.Y.From) * row / (grid.GetLength(0) - 1));
        // A third of the lines: characters are coarse.
        foreach (double level in ContourSeries.Levels(grid).Where((_, i) => i % 3 == 0))
            foreach (var (from, to) in Isolines.Of(grid, level))
                Segment((X(from.X), Y(from.Y)), (X(to.X), Y(to.Y)), Ink.Dim);
    }

    private void Segment((double X, double Y) from, (double X, double Y) to, Ink ink)
    {
        if (double.IsNaN(from.X + from.Y + to.X + to.Y))
            return;
        // What is far outside of the panel would be walked dot by dot.
        if (Clip.ToBox(ref from, ref to, (canvas.Width - 1, canvas.Height - 1)))
            canvas.Line(from, to, ink);
    }

    private void Point(double x, double y, Ink ink, char letter)
    {
        if (double.IsNaN(x + y))
            return;
        var (column, row) = ((int)Math.Round(x), (int)Math.Round(y));
        canvas.Dot(column, row, ink);
        if (usesLetters && letter != '\0' && column >= 0 && row >= 0 && column < canvas.Width && row < canvas.Height)
            letters[row / 4, column / 2] = letter;
    }

    private string AcrossLabels()
    {
        char[] line = new string(' ', margin + columns).ToCharArray();
        int most = Math.Max(2, columns / 12), end = 0;
        foreach (Tick tick in across.Ticks(most).Where(tick => tick.Label.Length > 0))
        {
            string label = Cut(tick.Label);
            int at = margin + (int)Math.Round(across.At(tick.Value) / 2) - label.Length / 2;
            at = Math.Min(Math.Max(at, 0), line.Length - label.Length);
            if (at < end)
                continue;
            label.CopyTo(0, line, at, label.Length);
            end = at + label.Length + 1;
        }
        return new string(line).TrimEnd();
    }

    private IEnumerable<InkedLine> Legend()
    {
        var line = new InkedLine("").PadTo(margin);
        foreach (Series series in scales.Legend())
        {
            string name = TerminalFigure.OneLine(series.Name, Math.Clamp(columns - 5, 4, 24));
            if (line.Length > margin && line.Length + name.Length + 5 > width)
            {
                yield return line;
                line = new InkedLine("").PadTo(margin);
            }
            bool isDim = series is RuleSeries or LineSeries { IsFaint: true };
            string swatch = series is RuleSeries ? "┄"
                : usesLetters && series is PointSeries cloud ? $"{Letter(cloud)}" : "●";
            line.Add(swatch, isDim ? Ink.Dim : TerminalFigure.InkOf(scales.Colour(series))).Add(" " + name + "   ");
        }
        if (line.Length > margin)
            yield return line;
    }
}
