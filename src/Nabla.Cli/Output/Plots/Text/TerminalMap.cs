namespace Nabla.Cli.Output.Plots;

/// <summary>A heat map with characters: the higher, the darker; with its numbers where they have room.</summary>
internal static class TerminalMap
{
    private const string Shades = " ░▒▓█";
    private const int LongestName = 16, MostRows = 48;

    public static IEnumerable<InkedLine> Draw(PanelScales scales, HeatMapSeries map, int width)
    {
        if (map.Values.Length == 0)
        {
            yield return new InkedLine("no finite values to draw", Ink.Dim);
            yield break;
        }
        IReadOnlyList<string> names = scales.Y.Categories!;
        int name = names.Max(text => TerminalFigure.OneLine(text, LongestName).Length);
        int room = width - name - 2;
        int number = map.Values.Cast<double>().Max(value => Shown(value).Length) + 1;
        bool hasNumbers = map.ShowsNumbers && map.Rows <= MostRows && map.Columns * number <= room;
        if (hasNumbers)
            number = Math.Clamp(LongestColumn(scales, map) + 1, number, room / map.Columns);
        if (hasNumbers)
            yield return new InkedLine("").PadTo(name + 1).Add(string.Concat(scales.X.Categories!.Take(map.Columns)
                .Select(text => TerminalFigure.OneLine(text, number - 1).PadLeft(number))), Ink.Dim);
        (double low, double high) = map.Range();
        // A large matrix shows every so many-th row and column.
        int across = hasNumbers ? number : Math.Clamp(room / map.Columns, 1, 2);
        int everyRow = (map.Rows + MostRows - 1) / MostRows, everyColumn = (map.Columns * across + room - 1) / room;
        for (int i = 0; i < map.Rows; i += everyRow)
        {
            string label = TerminalFigure.OneLine(names[i], LongestName);
            var line = new InkedLine(label.PadLeft(name) + " ", Ink.Dim);
            for (int j = 0; j < map.Columns; j += everyColumn)
            {
                double value = map.Values[i, j];
                if (hasNumbers)
                    line.Add(Shown(value).PadLeft(number), Share(value, low, high) > 0.5 ? Ink.Strong : Ink.Dim);
                else
                    line.Add(new string(Shade(value, low, high), across), value < 0 ? Ink.Series0 : Ink.Series9);
            }
            yield return line;
        }
        if (!hasNumbers)
            yield return new InkedLine("").PadTo(name + 1)
                .Add($"{Shades[1]} {Shown(low)} to {Shades[^1]} {Shown(high)}", Ink.Dim);
    }

    private static int LongestColumn(PanelScales scales, HeatMapSeries map) => scales.X.Categories!.Take(map.Columns)
        .Max(text => TerminalFigure.OneLine(text, LongestName).Length);

    private static string Shown(double value) => Domain.IsDrawable(value) ? Ticks.Number(value) : "·";

    private static double Share(double value, double low, double high) =>
        low < 0 && high == -low ? Math.Abs(value) / high : high > low ? (value - low) / (high - low) : 0.5;

    private static char Shade(double value, double low, double high) => !Domain.IsDrawable(value) ? '·'
        : Shades[(int)Math.Clamp(Share(value, low, high) * Shades.Length, 0, Shades.Length - 1)];
}
