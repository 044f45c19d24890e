using Nabla.Cli.Output.Plots;

namespace Nabla.Cli.Runs;

/// <summary>The losses of runs as curves.</summary>
internal static class RunsFigure
{
    private const int Points = 200;

    /// <summary>
    /// Of one run training and validation in one panel; of several a panel for each, a colour for each run.
    /// </summary>
    /// <param name="runs">The runs.</param>
    /// <param name="hasEachStep">Whether a single run has the training loss of each step, too.</param>
    public static Figure Of(IReadOnlyList<ReportedRun> runs, bool hasEachStep = false)
    {
        if (runs is [var only])
            return new Figure(only.Title, Panel("",
            [
                .. hasEachStep
                    ? [new LineSeries("each step", EachStep(only)) { Colour = 0, IsFaint = true }] : (Series[])[],
                new LineSeries("training", Training(only)) { Colour = 0 },
                new LineSeries("validation", Validation(only)) { Colour = 1, HasDots = true },
            ]));
        Panel training = Panel("training loss", [.. runs.Select((run, i) =>
            new LineSeries(run.Title, Training(run)) { Colour = i % SvgStyle.Colours })]);
        if (runs.All(run => run.Best is null))
            return new Figure("", training);
        return new Figure("", Panel("validation loss", [.. runs.Select((run, i) =>
            new LineSeries(run.Title, Validation(run)) { Colour = i % SvgStyle.Colours, HasDots = true })]), training);
    }

    private static Panel Panel(string title, params Series[] series) =>
        new(series) { Title = title, X = new Axis("step"), Y = new Axis("loss") };

    /// <summary>Means of steps that stand side by side: noise is not what one looks for.</summary>
    private static IReadOnlyList<(double X, double Y)> Training(ReportedRun run)
    {
        int each = Math.Max(1, run.Log.Steps.Count / Points);
        return [.. run.Log.Steps.Chunk(each).Select(
            part => (part.Average(step => (double)step.Step), part.Average(step => step.Loss)))];
    }

    private static IReadOnlyList<(double X, double Y)> EachStep(ReportedRun run) =>
        [.. run.Log.Steps.Select(step => ((double)step.Step, step.Loss))];

    private static IReadOnlyList<(double X, double Y)> Validation(ReportedRun run) =>
        [.. run.Log.Curve.Validation.Select(point => (point.Step, point.Loss))];
}
