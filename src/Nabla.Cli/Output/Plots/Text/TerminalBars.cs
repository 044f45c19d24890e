namespace Nabla.Cli.Output.Plots;

/// <summary>Bars with characters: a line for each, from left to right, with its number.</summary>
internal static class TerminalBars
{
    private const int LongestName = 24;

    public static IEnumerable<InkedLine> Draw(PanelScales scales, int width)
    {
        IReadOnlyList<string> names = (scales.IsLying ? scales.Y : scales.X).Categories ?? [];
        int longest = Math.Min(LongestName, width / 3);
        int name = names.Select(text => TerminalFigure.OneLine(text, longest).Length).DefaultIfEmpty().Max();
        double[] values = [.. scales.Bars.SelectMany(bars => bars.Values).Where(Domain.IsDrawable)];
        double below = -values.Append(0).Min(), above = values.Append(0).Max();
        int number = values.Select(value => Ticks.Number(value).Length).Append(1).Max();
        int room = Math.Max(4, width - name - number - 4);
        for (int i = 0; i < names.Count; i++)
            for (int k = 0; k < scales.Bars.Count; k++)
            {
                BarSeries bars = scales.Bars[k];
                double value = i < bars.Values.Count ? bars.Values[i] : double.NaN;
                string shown = Domain.IsDrawable(value) ? Ticks.Number(value) : "–";
                InkedLine line = new InkedLine(k == 0 ? TerminalFigure.OneLine(names[i], longest) : "").PadTo(name + 2)
                    .Add(shown.PadLeft(number), Ink.Dim).Add("  ");
                yield return Bar(line, value, below, above, room, TerminalFigure.InkOf(scales.Colour(bars)));
            }
        if (scales.Bars.Count > 1)
            yield return new InkedLine(
                TerminalFigure.OneLine(string.Join(", then ", scales.Bars.Select(bars => bars.Name)), width), Ink.Dim);
    }

    // What is negative goes left from the zero, which is drawn where anything is.
    private static InkedLine Bar(InkedLine line, double value, double below, double above, int room, Ink ink)
    {
        if (below == 0)
            return line.Add(Bars.Bar(above > 0 ? value / above : 0, room), ink);
        int left = (int)Math.Round((room - 1) * below / (below + above)), right = room - 1 - left;
        return value < 0
            ? line.Add(Bars.LeftwardBar(value / -below, left), Ink.Bad).Add("│", Ink.Dim)
            : line.Add(new string(' ', left)).Add("│", Ink.Dim)
                .Add(Bars.Bar(above > 0 ? value / above : 0, right), ink);
    }
}
