using Nabla.Learning.Optimizers;
using Nabla.Tensors;

namespace Nabla.Cli.Race;

/// <summary>One optimizer on its way down a problem.</summary>
internal sealed class RaceRun
{
    private readonly RaceProblem problem;
    private readonly RaceTrack track;
    private readonly Optimizer optimizer;
    private readonly string name;
    private readonly float rate;
    private readonly List<double> losses = [];
    private readonly List<(double X, double Y)> path = [];

    public RaceRun(RaceProblem problem, Racer racer, float rate, long seed)
    {
        (this.problem, name, this.rate) = (problem, racer.Name, rate);
        track = problem.Begin(seed);
        optimizer = racer.Create(track.Module, rate);
        Look();
    }

    /// <summary>Whether the loss stopped being a number: it then stands where it is.</summary>
    public bool Diverged { get; private set; }

    /// <summary>How it stands.</summary>
    public RaceResult Result
    {
        get
        {
            double[] so = [.. losses];
            int arrived = Array.FindLastIndex(so, loss => loss > problem.Tolerance) + 1;
            return new RaceResult(name, rate, so)
            {
                Path = [.. path],
                Distance = problem.Surface is { } surface
                    ? Math.Sqrt(Square(path[^1].X - surface.Minimum.X) + Square(path[^1].Y - surface.Minimum.Y)) : null,
                Arrived = arrived == so.Length ? null : arrived,
                Diverged = Diverged,
            };
        }
    }

    /// <summary>Runs all of it.</summary>
    public static RaceResult Of(RaceProblem problem, Racer racer, float rate, (int Steps, long Seed) length)
    {
        var run = new RaceRun(problem, racer, rate, length.Seed);
        for (int step = 0; step < length.Steps && !run.Diverged; step++)
            run.Step();
        return run.Result;
    }

    /// <summary>Takes a step.</summary>
    public void Step()
    {
        if (Diverged)
            return;
        if (optimizer is NaturalGradient natural && (track.Scores ?? track.Examples) is { } scores)
            natural.Minimize(track.Examples ?? track.Loss, scores);
        else
            optimizer.Minimize(track.Loss);
        Look();
    }

    private void Look()
    {
        using var scope = TensorScope.Inference();
        double loss = track.Loss().Item();
        Diverged = !double.IsFinite(loss);
        if (Diverged && losses.Count > 0)
            return;
        losses.Add(loss);
        if (problem.Surface is not null)
        {
            Span<float> point = track.Module.Parameters()[0].Parameter.Values;
            path.Add((point[0], point[1]));
        }
    }

    private static double Square(double x) => x * x;
}
