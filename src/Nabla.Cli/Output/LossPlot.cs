using System.Globalization;

namespace Nabla.Cli.Output;

/// <summary>
/// The course of the loss over a whole run: training as a line, validation as a line through its points.
/// </summary>
internal sealed class LossPlot(int steps)
{
    private const int Axis = 7; // "12.34 ┤"
    private const double Headstart = 0.03;

    /// <summary>Training loss at steps done.</summary>
    public IReadOnlyList<(int Step, double Loss)> Training { get; init; } = [];

    /// <summary>Validation loss at the steps where it was looked at.</summary>
    public IReadOnlyList<(int Step, double Loss)> Validation { get; init; } = [];

    /// <summary>The plot, <paramref name="rows"/> rows for the curves and two for the axis below.</summary>
    public IEnumerable<InkedLine> Draw(int width, int rows)
    {
        var canvas = new BrailleCanvas(Math.Max(10, width - Axis), rows);
        List<(double X, double Loss)> training = Column(canvas);
        (double low, double high) = Range(training, canvas.Width);
        double Y(double loss) => (1 - (loss - low) / (high - low)) * (canvas.Height - 1);

        Curve(canvas, training, Y, Ink.Model);
        List<(double X, double Loss)> validation =
            [.. Validation.Where(p => double.IsFinite(p.Loss)).Select(p => (X(canvas, p.Step), p.Loss))];
        Curve(canvas, validation, Y, Ink.HeldOut);

        int every = Math.Max(2, rows / 4);
        for (int row = 0; row < rows; row++)
        {
            bool labelled = row % every == 0;
            double value = high - (high - low) * (row * 4 + 1.5) / (canvas.Height - 1);
            string label = labelled ? value.ToString("0.00", CultureInfo.InvariantCulture) : "";
            yield return new InkedLine($"{label,5} {(labelled ? '┤' : '│')}", Ink.Dim).Add(canvas.Row(row));
        }
        yield return new InkedLine(new string(' ', Axis - 1) + "╰" + new string('─', canvas.Width / 2), Ink.Dim);
        yield return new InkedLine(StepLabels(canvas.Width / 2), Ink.Dim);
    }

    private static void Curve(
        BrailleCanvas canvas, List<(double X, double Loss)> points, Func<double, double> y, Ink ink)
    {
        for (int i = 0; i < points.Count; i++)
        {
            (double X, double Loss) from = points[Math.Max(0, i - 1)], to = points[i];
            canvas.Line((from.X, y(from.Loss)), (to.X, y(to.Loss)), ink);
        }
    }

    private double X(BrailleCanvas canvas, int step) =>
        (double)(step - 1) / Math.Max(1, steps - 1) * (canvas.Width - 1);

    // The mean of the steps that share a column of dots.
    private List<(double X, double Loss)> Column(BrailleCanvas canvas) =>
        [.. Training.Where(p => double.IsFinite(p.Loss))
            .GroupBy(p => (int)X(canvas, p.Step))
            .Select(column => ((double)column.Key, column.Average(p => p.Loss)))];

    private (double Low, double High) Range(List<(double X, double Loss)> training, double width)
    {
        // The first steps fall so steeply that they would leave the rest a few rows: once there is a rest, they come in
        // from above.
        double from = training.Count > 0 && training[^1].X >= 4 * Headstart * width ? Headstart * width : 0;
        double[] all = [.. training.Where(p => p.X >= from).Select(p => p.Loss),
            .. Validation.Select(p => p.Loss).Where(double.IsFinite)];
        if (all.Length == 0)
            return (0, 1);
        double low = all.Min(), high = all.Max();
        return high - low < 1e-3 ? (low - 0.5, high + 0.5) : (low, high);
    }

    // Round numbers of steps, about one every twelve columns.
    private string StepLabels(int columns)
    {
        char[] line = new string(' ', Axis + columns + 1).ToCharArray();
        long every = Ladder.AtLeast(12.0 * steps / columns);
        for (long step = 0; step <= steps; step += every)
        {
            string label = Amounts.Count(step);
            int tick = Axis + (int)((double)(columns - 1) * step / Math.Max(1, steps));
            int at = step == 0 ? tick : tick - label.Length / 2;
            label.CopyTo(0, line, Math.Min(at, line.Length - label.Length), label.Length);
        }
        return new string(line).TrimEnd();
    }
}
