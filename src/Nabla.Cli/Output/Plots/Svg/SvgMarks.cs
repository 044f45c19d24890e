using System.Globalization;
using System.Text;
using Nabla.Learning.Training.TensorBoard;

namespace Nabla.Cli.Output.Plots;

/// <summary>The data of a panel as SVG.</summary>
internal sealed class SvgMarks(SvgWriter svg, PanelScales scales, (Ruler X, Ruler Y) rulers, Box plot, HoverData hover)
{
    private const int MostCircles = 3000, SharpDots = 1000, Turns = 10;

    public void Draw()
    {
        foreach (Series series in scales.Panel.Series)
        {
            int colour = scales.Colour(series);
            switch (series)
            {
                case LineSeries line: Draw(line, colour); break;
                case PointSeries points: Draw(points, colour); break;
                case BarSeries bars: Draw(bars, colour); break;
                case HistogramSeries histogram: Draw(histogram, colour); break;
                case HeatMapSeries map: Draw(map); break;
                case ContourSeries contour: Draw(contour); break;
                case RuleSeries rule: Draw(rule); break;
            }
        }
    }

    /// <summary>A path in the manner of a series.</summary>
    public static void Stroke(SvgWriter svg, Series series, int colour, string path)
    {
        bool isRule = series is RuleSeries, isFaint = series is LineSeries { IsFaint: true };
        svg.Element("path", ("class", isRule ? "rule" : SvgStyle.Line(colour)), ("d", path),
            ("stroke-width", isRule ? 1.4 : isFaint ? 1.1 : 2.0), ("stroke-opacity", isFaint ? 0.4 : 1.0),
            ("stroke-linejoin", "round"),
            // The eleventh series has the first colour again, but not its stroke.
            ("stroke-dasharray", isRule ? "5 4"
                : series is LineSeries { IsDashed: true } || colour >= SvgStyle.Colours ? "7 4" : "none"));
    }

    /// <summary>Dots as an image that fills a box.</summary>
    public static void Image(SvgWriter svg, uint[,] rgba, Box box, bool smooth) => svg.Element(
        "image", ("x", box.Left), ("y", box.Top), ("width", box.Width), ("height", box.Height),
        ("preserveAspectRatio", "none"), ("image-rendering", smooth ? "auto" : "pixelated"),
        ("href", "data:image/png;base64," + Convert.ToBase64String(Png.Encode(rgba))));

    /// <summary>All colours of a map, the highest number on top.</summary>
    public static uint[,] Ramp(HeatMapSeries map)
    {
        uint[,] dots = new uint[256, 1];
        for (int i = 0; i < 256; i++)
            dots[i, 0] = Opaque(MapOf(map).At(1 - i / 255.0));
        return dots;
    }

    private void Draw(LineSeries line, int colour)
    {
        (double X, double Y)[] places = Places(line.Points);
        int[] kept = [.. Thinning.Of(places)];
        var path = new StringBuilder();
        bool isOpen = false;
        foreach (int i in kept)
        {
            if (IsDrawable(places[i]))
                path.Append(isOpen ? 'L' : 'M').Append(Dot(places[i].X)).Append(' ').Append(Dot(places[i].Y));
            isOpen = IsDrawable(places[i]);
        }
        if (path.Length > 0)
            Stroke(svg, line, colour, path.ToString());
        // A point between two that cannot be drawn has no line to show it.
        int[] dots = line.HasDots ? kept : [.. kept.Where((_, k) => IsAlone(places, kept, k))];
        foreach (int i in dots.Where(i => IsDrawable(places[i])))
            svg.Element("circle", ("class", SvgStyle.Fill(colour)), ("cx", places[i].X), ("cy", places[i].Y),
                ("r", 3.2));
        if (!line.IsFaint)
            hover.Add(line.Name, colour, scales, kept.Select(i => (places[i], line.Points[i], "")));
    }

    private static bool IsAlone((double X, double Y)[] places, int[] kept, int k) =>
        (k == 0 || !IsDrawable(places[kept[k - 1]]))
        && (k == kept.Length - 1 || !IsDrawable(places[kept[k + 1]]));

    private void Draw(PointSeries points, int colour)
    {
        PointSeries[] clouds = [.. scales.Panel.Series.OfType<PointSeries>()];
        int all = clouds.Sum(series => series.Points.Count);
        if (all > MostCircles)
        {
            if (ReferenceEquals(points, clouds[0]))
                Interleave(clouds, radius: all <= 20_000 ? 1.7 : 1.1);
            return;
        }
        (double X, double Y)[] places = Places(points.Points);
        using (svg.Group("g", ("class", SvgStyle.Fill(colour) + " halo"), ("fill-opacity", 0.8)))
            foreach ((double x, double y) in places.Where(IsDrawable))
                svg.Element("circle", ("cx", x), ("cy", y), ("r", all <= 300 ? 4 : 2.8));
        Note(points, places, colour);
    }

    // Large clouds in turns, a part of each: else the last would hide the others. A part is one path of dots, a tenth
    // of the size of as many circles.
    private void Interleave(PointSeries[] clouds, double radius)
    {
        (double X, double Y)[][] places = [.. clouds.Select(cloud => Places(cloud.Points))];
        for (int turn = 0; turn < Turns; turn++)
            for (int k = 0; k < clouds.Length; k++)
            {
                var path = new StringBuilder();
                foreach ((double x, double y) in places[k].Where((place, i) => i % Turns == turn && IsDrawable(place)))
                    path.Append('M').Append(Dot(x)).Append(' ').Append(Dot(y)).Append("h0");
                if (path.Length > 0)
                    svg.Element("path", ("class", SvgStyle.Line(scales.Colour(clouds[k]))), ("d", path.ToString()),
                        ("stroke-width", 2 * radius), ("stroke-linecap", "round"), ("stroke-opacity", 0.75));
            }
        for (int k = 0; k < clouds.Length; k++)
            Note(clouds[k], places[k], scales.Colour(clouds[k]));
    }

    private void Note(PointSeries points, (double X, double Y)[] places, int colour) => hover.Add(
        points.Name, colour, scales, places.Select((place, i) => (place, points.Points[i], points.Labels?[i] ?? "")));

    private (double X, double Y)[] Places(IReadOnlyList<(double X, double Y)> points) =>
        [.. points.Select(point => (rulers.X.At(point.X), rulers.Y.At(point.Y)))];

    private static bool IsDrawable((double X, double Y) place) => !double.IsNaN(place.X + place.Y);

    private void Draw(BarSeries bars, int colour)
    {
        int k = Enumerable.Range(0, scales.Bars.Count).First(i => ReferenceEquals(scales.Bars[i], bars));
        Ruler along = scales.IsLying ? rulers.Y : rulers.X, grows = scales.IsLying ? rulers.X : rulers.Y;
        List<((double, double), (double, double), string)> notes = [];
        for (int i = 0; i < bars.Values.Count; i++)
        {
            double end = grows.At(bars.Values[i]);
            if (double.IsNaN(end))
                continue;
            (double from, double to) = BarSeries.Place(i, k, scales.Bars.Count);
            var (a, b) = (along.At(from), along.At(to));
            Box box = scales.IsLying ? Around(grows.Base, a, end, b) : Around(a, grows.Base, b, end);
            svg.Element("rect", ("class", SvgStyle.Fill(colour)), ("x", box.Left), ("y", box.Top), ("width", box.Width),
                ("height", box.Height), ("rx", Math.Min(2, box.Width / 4)));
            notes.Add((scales.IsLying ? (end, (a + b) / 2) : ((a + b) / 2, end),
                scales.IsLying ? (bars.Values[i], i) : (i, bars.Values[i]), ""));
        }
        hover.Add(bars.Name, colour, scales, notes);
    }

    private void Draw(HistogramSeries histogram, int colour)
    {
        var bins = histogram.Intervals();
        bool isAlone = scales.Panel.Series.OfType<HistogramSeries>().Count() == 1;
        using (svg.Group("g", ("class", SvgStyle.Fill(colour) + " halo"), ("fill-opacity", isAlone ? 0.9 : 0.55)))
            foreach (var (from, to, count) in bins.Where(bin => bin.Count > 0))
            {
                Box box = Around(rulers.X.At(from), rulers.Y.Base, rulers.X.At(to), rulers.Y.At(count));
                if (double.IsFinite(box.Width + box.Height))
                    svg.Element("rect", ("x", box.Left), ("y", box.Top), ("width", box.Width), ("height", box.Height));
            }
        hover.Add(histogram.Name, colour, scales, bins.Select(bin => (
            (rulers.X.At((bin.From + bin.To) / 2), rulers.Y.At(bin.Count)), ((bin.From + bin.To) / 2, bin.Count),
            $"{Ticks.Number(bin.From)} to {Ticks.Number(bin.To)}")));
    }

    private void Draw(HeatMapSeries map)
    {
        if (map.Values.Length == 0)
            return;
        (double low, double high) = map.Range();
        // Some viewers blend neighbouring dots whatever they are asked: with many to a cell, only borders could blend.
        int scale = Math.Max(1, SharpDots / Math.Max(map.Rows, map.Columns));
        uint[,] dots = new uint[map.Rows * scale, map.Columns * scale];
        for (int i = 0; i < map.Rows; i++)
            for (int j = 0; j < map.Columns; j++)
                Fill(dots, (i * scale, j * scale), scale, Domain.IsDrawable(map.Values[i, j])
                    ? Opaque(MapOf(map).At(Share(map.Values[i, j], low, high))) : 0x80808060);
        Box box = Around(
            rulers.X.At(-0.5), rulers.Y.At(-0.5), rulers.X.At(map.Columns - 0.5), rulers.Y.At(map.Rows - 0.5));
        Image(svg, dots, box, smooth: false);
        if (map.ShowsNumbers)
            Numbers(map, low, high);
        hover.Add(map, box, scales);
    }

    private static void Fill(uint[,] dots, (int Y, int X) from, int size, uint colour)
    {
        for (int y = from.Y; y < from.Y + size; y++)
            for (int x = from.X; x < from.X + size; x++)
                dots[y, x] = colour;
    }

    private void Numbers(HeatMapSeries map, double low, double high)
    {
        double size = Math.Min(Lettering.Small, plot.Height / map.Rows * 0.6);
        for (int i = 0; i < map.Rows; i++)
            for (int j = 0; j < map.Columns; j++)
            {
                string text = Ticks.Number(map.Values[i, j]);
                if (size < 6 || !Domain.IsDrawable(map.Values[i, j])
                    || Lettering.Width(text, size) > plot.Width / map.Columns - 2)
                    continue;
                bool isLight = MapOf(map).IsLight(Share(map.Values[i, j], low, high));
                svg.Text("text", text, ("x", rulers.X.At(j)), ("y", rulers.Y.At(i) + 0.35 * size), ("font-size", size),
                    ("text-anchor", "middle"), ("fill", isLight ? "#111111" : "#ffffff"));
            }
    }

    // The higher, the less paper shows through: that reads on light paper and on dark.
    private void Draw(ContourSeries contour)
    {
        double[,] grid = contour.Grid();
        double[] levels = ContourSeries.Levels(grid);
        int rows = grid.GetLength(0), columns = grid.GetLength(1);
        uint[,] dots = new uint[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                int band = levels.Count(level => grid[rows - 1 - i, j] >= level);
                dots[i, j] = 0x5b7fb500 | (uint)(8 + 140 * band / Math.Max(1, levels.Length));
            }
        double X(double column) => rulers.X.At(Along(contour.X, column / (columns - 1)));
        double Y(double row) => rulers.Y.At(Along(contour.Y, row / (rows - 1)));
        Image(svg, dots, Around(X(-0.5), Y(-0.5), X(columns - 0.5), Y(rows - 0.5)), smooth: true);
        foreach (double level in levels)
        {
            var path = new StringBuilder();
            foreach (var (from, to) in Isolines.Of(grid, level))
                path.Append('M').Append(Dot(X(from.X))).Append(' ').Append(Dot(Y(from.Y)))
                    .Append('L').Append(Dot(X(to.X))).Append(' ').Append(Dot(Y(to.Y)));
            svg.Element("path", ("class", "iso"), ("d", path.ToString()), ("stroke-width", 0.8));
        }
        hover.Add(contour, grid, plot, scales);
    }

    private static double Along((double From, double To) side, double share) =>
        side.From + (side.To - side.From) * share;

    private void Draw(RuleSeries rule)
    {
        double at = rule.IsVertical ? rulers.X.At(rule.At) : rulers.Y.At(rule.At);
        if (!double.IsNaN(at))
            Stroke(svg, rule, 0, rule.IsVertical ? $"M{Dot(at)} {Dot(plot.Bottom)}V{Dot(plot.Top)}"
                : $"M{Dot(plot.Left)} {Dot(at)}H{Dot(plot.Right)}");
    }

    private static ColourMap MapOf(HeatMapSeries map) => map.IsDiverging ? ColourMap.Diverging : ColourMap.Sequential;

    private static double Share(double value, double low, double high) =>
        high > low ? (value - low) / (high - low) : 0.5;

    private static uint Opaque((byte R, byte G, byte B) colour) =>
        (uint)(colour.R << 24 | colour.G << 16 | colour.B << 8 | 255);

    private static Box Around(double x1, double y1, double x2, double y2) =>
        new(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2));

    // A tenth of a dot: files of long curves stay small.
    private static string Dot(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
