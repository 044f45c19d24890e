using System.CommandLine;
using System.Diagnostics;
using Nabla.Cli.Output;
using Nabla.Cli.Quickstart;
using Nabla.Language.Training;

namespace Nabla.Cli.Commands;

/// <summary>
/// Everything in three minutes: trains a model on the text that Nabla carries with it, measures what it learned and
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

    public QuickstartCommand() : base("quickstart", "Train a small model in three minutes and see what it learned")
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
        TrainingText text = Town.Text();
        bool goesOn = File.Exists(RunRecord.PathIn(to)) && !session.IsGiven(steps) && !session.IsGiven(seed);
        TrainingRun run = goesOn ? TrainingRun.Resume(text, to) : Start(session, text, to);
        var tour = new Tour(session.Screen, run, text);
        tour.Introduce(to, goesOn);
        NextTokens before = tour.ExpectUntrained(RunRecord.Read(to));
        TrainingEnded end =
            TrainingDisplay.Show(session.Screen, to, progress => run.Run(progress, session.Cancellation));
        RunRecord record = RunRecord.Read(to);
        if (!end.Finished)
        {
            session.Result(TrainingReport.Document(run, record, end, to), () => { });
            session.Remarks.Line(TrainingReport.Interrupted(end, record, Shell.Command("quickstart", "--out", to)));
            return Interrupts.ExitCode;
        }
        Findings findings = tour.Measure(before, end, session.Cancellation);
        session.Result(findings.AddTo(TrainingReport.Document(run, record, end, to)), () =>
        {
            tour.Show(findings);
            tour.SayWhatNext(to, clock.Elapsed.TotalSeconds);
        });
        return 0;
    }

    private TrainingRun Start(Session session, TrainingText text, string to)
    {
        TrainingConfig config = Recipes.Named(Recipe);
        return TrainingRun.Start(
            config with { Steps = session.Get(steps) ?? config.Steps }, text, to, session.Get(seed) ?? 1);
    }
}
