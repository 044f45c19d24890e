using Nabla.Cli.Output.Plots;

namespace Nabla.Cli.Race;

/// <summary>A race as a picture: the ways on the map, and the losses.</summary>
internal static class RaceFigure
{
    /// <summary>How many of the first are drawn: more colours nobody can tell apart.</summary>
    public const int MostDrawn = 8;

    public static Figure Of(IReadOnlyList<(RaceProblem Problem, IReadOnlyList<RaceResult> Results)> races) =>
        new(races.Count == 1 ? $"Race: {races[0].Problem.Title}" : "Race of the optimizers",
            [.. races.SelectMany(race => Panels(race.Problem, race.Results, named: races.Count > 1))]);

    private static IEnumerable<Panel> Panels(RaceProblem problem, IReadOnlyList<RaceResult> results, bool named)
    {
        RaceResult[] drawn = [.. RaceResult.Ranked(results).Where(result => !result.Diverged).Take(MostDrawn)];
        string title = problem.Title.Split(',')[0];
        if (problem.Surface is { } surface)
            yield return new Panel(
                [new ContourSeries("", surface.Height, surface.X, surface.Y),
                    .. drawn.Select(result => new LineSeries(result.Optimizer, Visible(result.Path, surface))),
                    new PointSeries("start", [results[0].Path[0]]), new PointSeries("minimum", [surface.Minimum])])
            {
                Title = named ? title : "The ways from the start to the minimum",
                X = new Axis("x"),
                Y = new Axis("y"),
            };
        yield return new Panel(
            [.. drawn.Select(result => new LineSeries(
                result.Optimizer, [.. result.Losses.Select((loss, step) => ((double)step, Shown(loss)))])),
                new RuleSeries("arrived", problem.Tolerance)])
        {
            Title = named ? $"{title}: loss" : "Loss",
            X = new Axis("step"),
            Y = new Axis("loss") { IsLog = true },
        };
    }

    // A logarithm has no place for 0, and what is beyond a float's digits is noise.
    private static double Shown(double loss) => Math.Max(loss, 1e-14);

    /// <summary>The way as far as it is on the map, and one step beyond where it leaves it.</summary>
    private static (double X, double Y)[] Visible(IReadOnlyList<(double X, double Y)> path, Surface surface)
    {
        double width = surface.X.To - surface.X.From, height = surface.Y.To - surface.Y.From;
        return [.. path.Select(point => Near(point) ? point : (double.NaN, double.NaN))];

        bool Near((double X, double Y) point) =>
            point.X > surface.X.From - width && point.X < surface.X.To + width
            && point.Y > surface.Y.From - height && point.Y < surface.Y.To + height;
    }
}
