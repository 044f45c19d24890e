using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Nabla.Cli.Output;
using Nabla.Cli.Quickstart;
using Nabla.Language.Training;

namespace Nabla.Cli.Commands;

/// <summary>
/// Everything in two minutes: trains a model on the text that Nabla carries with it, measures what it learned and
/// what it makes up, and shows it. Run again, it goes on with a run that was stopped, or shows the model that it has
/// trained.
/// </summary>
internal sealed class QuickstartCommand : NablaCommand
{
    private const string Recipe = "quickstart";

    private readonly Option<string> folder =
        CommonOptions.Folder("--out", "Folder for the model (default: models/quickstart)");
    private readonly Option<long?> seed =
        CommonOptions.Seed("Seed of weights and batches (default: 1); the same seed gives the same bits");
    private readonly Option<int?> steps = CommonOptions.Whole("--steps", "Steps, instead of the recipe's", 1);

    public QuickstartCommand() : base("quickstart", "Train a small model in two minutes and see what it learned")
    {
        folder.DefaultValueFactory = _ => Path.Combine("models", "quickstart");
        foreach (Option option in new Option[] { folder, steps, seed })
            Options.Add(option);
    }

    public override int Place => 0;

    public override IReadOnlyList<string> Examples =>
        ["nabla quickstart", "nabla quickstart --out models/seven --seed 7"];

    public override int Run(Session session)
    {
        var clock = Stopwatch.StartNew();
        string to = session.Get(folder)!;
        RunRecord? earlier = File.Exists(RunRecord.PathIn(to)) ? RunRecord.Read(to) : null;
        if (earlier is not null)
            CheckThatItCanGoOn(session, earlier, to);
        TrainingRun run = earlier is not null
            ? TrainingRun.Resume(Town.Text, to, session.Cancellation) : Start(session, to);
        var tour = new Tour(session.Screen, run, Town.Text);
        tour.Introduce(to, earlier);
        NextTokens before = tour.ExpectUntrained();
        TrainingOutcome outcome =
            TrainingDisplay.Show(session.Screen, to, progress => run.Run(progress, session.Cancellation));
        TrainingEnded end = outcome.End;
        RunRecord record = RunRecord.Read(to);
        if (!end.Finished)
        {
            session.Result(TrainingReport.Document(run, record, end, to), () => { });
            session.Remarks.Line(TrainingReport.Interrupted(end, record, Shell.Command("quickstart", "--out", to)));
            return session.Interrupts.ExitCode;
        }
        Findings findings = tour.Measure(before, outcome, session.Cancellation);
        session.Result(findings.AddTo(TrainingReport.Document(run, record, end, to)), () =>
        {
            tour.Show(findings);
            tour.SayWhatNext(to, clock.Elapsed.TotalSeconds);
        });
        return 0;
    }

    private void CheckThatItCanGoOn(Session session, RunRecord earlier, string to)
    {
        string command = Shell.Command("quickstart", "--out", Tour.Another(to));
        string another = $"For a new run, give another folder: '{command}'.";
        if (!Town.Trained(earlier))
            throw new UsageException(
                $"{to} holds a run on another text than this quickstart's (an older one, say). {another}");
        int itsSteps = earlier.Config.Steps;
        if ((session.Get(steps) ?? itsSteps) != itsSteps || (session.Get(seed) ?? earlier.Seed) != earlier.Seed)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture,
                $"{to} holds a run of {itsSteps} steps with seed {earlier.Seed}; go on with it, or see it, "
                + $"without --steps and --seed. {another}"));
    }

    private TrainingRun Start(Session session, string to)
    {
        TrainingConfig config = Recipes.Named(Recipe);
        return TrainingRun.Start(
            config with { Steps = session.Get(steps) ?? config.Steps }, Town.Text, to, session.Get(seed) ?? 1,
            session.Cancellation);
    }
}
