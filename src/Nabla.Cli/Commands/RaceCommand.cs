using System.CommandLine;
using System.CommandLine.Parsing;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Plots;
using Nabla.Cli.Race;

namespace Nabla.Cli.Commands;

/// <summary>Lets all optimizers run down the same problems from the same start.</summary>
internal sealed class RaceCommand : NablaCommand
{
    private const int UsualSteps = 300, RowsOfPicture = 16;
    private const long UsualSeed = 1;

    private readonly Option<string?> problem = CommonOptions.Choice(
        "--problem", $"{string.Join(", ", RaceProblem.All.Select(problem => problem.Name))} or all (default: all)",
        "NAME", [.. RaceProblem.All.Select(problem => problem.Name), "all"]);

    private readonly Option<Racer[]?> optimizers = new("--optimizers")
    {
        Description = $"Some of {string.Join(", ", Racer.All.Select(racer => racer.Name.ToLowerInvariant()))}, with "
            + "commas between (default: all)",
        HelpName = "A,B",
        CustomParser = Parse,
    };

    private readonly Option<int?> steps =
        CommonOptions.Whole("--steps", $"Steps of each optimizer (default: {UsualSteps})", 1, 100_000);
    private readonly Option<long?> seed =
        CommonOptions.Seed($"Seed of the network and its data (default: {UsualSeed})");
    private readonly Option<bool> tune = new("--tune")
    {
        Description = "Look for each optimizer's best learning rate among 1, 2 and 5 times the powers of ten, instead "
            + "of the ones found for 300 steps",
    };

    public RaceCommand() : base("race", "Race all optimizers from one start")
    {
        foreach (Option option in new Option[] { problem, optimizers, steps, seed, tune, CommonOptions.Plot })
            Options.Add(option);
    }

    public override int Place => 10;

    public override IReadOnlyList<string> Examples =>
        ["nabla race", "nabla race --problem rosenbrock --optimizers adam,lbfgs,muon --plot race.svg"];

    public override int Run(Session session)
    {
        string name = session.Get(problem) ?? "all";
        (int Steps, long Seed) length = (session.Get(steps) ?? UsualSteps, session.Get(seed) ?? UsualSeed);
        Racer[] racers = session.Get(optimizers) is { Length: > 0 } some ? some : [.. Racer.All];
        List<(RaceProblem Problem, IReadOnlyList<RaceResult> Results)> races = [];
        foreach (RaceProblem one in RaceProblem.All.Where(one => name == "all" || one.Name == name))
        {
            races.Add((one, Run(session, one, racers, length)));
            if (!session.Json)
                Print(session.Screen, races[^1].Problem, races[^1].Results);
        }
        session.Result(
            new()
            {
                ["steps"] = length.Steps,
                ["seed"] = length.Seed,
                ["races"] = JsonOutput.Array(races.Select(race => RaceTable.Document(race.Problem, race.Results))),
            },
            () => { });
        session.Plot(() => RaceFigure.Of(races));
        return 0;
    }

    /// <summary>All of them side by side, step by step, so that the standings can be followed.</summary>
    private RaceResult[] Run(Session session, RaceProblem on, Racer[] racers, (int Steps, long Seed) length)
    {
        if (!session.Screen.CanRedraw)
            return Run(session, on, racers, length, _ => { });
        Func<IEnumerable<InkedLine>> picture = () => [];
        return LivePicture.Show(
            session.Screen,
            (width, height) => picture().Take(height).Select(line => line.Cut(width)),
            live => Run(session, on, racers, length, next =>
            {
                picture = next;
                live.Refresh();
            }),
            takeAway: true);
    }

    private RaceResult[] Run(
        Session session, RaceProblem on, Racer[] racers, (int Steps, long Seed) length,
        Action<Func<IEnumerable<InkedLine>>> show)
    {
        List<RaceRun> runs = [];
        foreach (Racer racer in racers)
        {
            show(() => [$"{on.Title}: looking for the rate of {racer.Name}"]);
            float rate = session.Interrupts.WaitFor(() => session.Get(tune)
                ? RaceTuning.Search(on, racer, length) : RaceTuning.RateOf(on, racer, length));
            runs.Add(new RaceRun(on, racer, rate, length.Seed));
        }
        for (int step = 1; step <= length.Steps; step++)
        {
            session.Cancellation.ThrowIfCancellationRequested();
            foreach (RaceRun run in runs)
                run.Step();
            int done = step;
            show(() => [.. RaceTable.Draw(on, runs.Select(run => run.Result)), $"  step {done} of {length.Steps}"]);
        }
        return [.. runs.Select(run => run.Result)];
    }

    private static void Print(Screen screen, RaceProblem on, IReadOnlyList<RaceResult> results)
    {
        screen.Lines(RaceTable.Draw(on, results));
        screen.Line();
        Figure figure = RaceFigure.Of([(on, results)]) with { Title = "" };
        screen.Lines(TerminalFigure.Draw(figure, screen.Width, RowsOfPicture, screen.HasColours));
        screen.Line();
    }

    private static Racer[]? Parse(ArgumentResult result)
    {
        List<Racer> racers = [];
        foreach (string name in result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries))
            if (Racer.Named(name) is { } racer)
                racers.Add(racer);
            else
                result.AddError($"--optimizers: there is no '{name}'. There are "
                    + $"{string.Join(", ", Racer.All.Select(racer => racer.Name.ToLowerInvariant()))}.");
        return [.. racers.Distinct()];
    }
}
