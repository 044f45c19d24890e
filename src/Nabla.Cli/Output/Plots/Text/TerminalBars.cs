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
        double most = values.Select(Math.Abs).DefaultIfEmpty().Max();
        int number = values.Select(value => Ticks.Number(value).Length).Append(1).Max();
        int room = Math.Max(4, width - name - number - 4);
        for (int i = 0; i < names.Count; i++)
            for (int k = 0; k < scales.Bars.Count; k++)
            {
                BarSeries bars = scales.Bars[k];
                double value = i < bars.Values.Count ? bars.Values[i] : double.NaN;
                string shown = Domain.IsDrawable(value) ? Ticks.Number(value) : "–";
                yield return new InkedLine(k == 0 ? TerminalFigure.OneLine(names[i], longest) : "").PadTo(name + 2)
                    .Add(shown.PadLeft(number), Ink.Dim).Add("  ").Add(
                        Bars.Bar(most > 0 ? Math.Abs(value) / most : 0, room),
                        value < 0 ? Ink.Bad : TerminalFigure.InkOf(scales.Colour(bars)));
            }
        if (scales.Bars.Count > 1)
            yield return new InkedLine(
                TerminalFigure.OneLine(string.Join(", then ", scales.Bars.Select(bars => bars.Name)), width), Ink.Dim);
    }
}
