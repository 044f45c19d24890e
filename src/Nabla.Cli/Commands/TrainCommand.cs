using System.CommandLine;
using Nabla.Cli.Output;
using Nabla.Cli.Runs;
using Nabla.Language.Training;
using Nabla.Learning.Training;

namespace Nabla.Cli.Commands;

/// <summary>Trains a language model from nothing, or goes on with a run that was interrupted.</summary>
internal sealed class TrainCommand : NablaCommand
{
    private readonly Option<string?> recipe = new("--recipe")
    {
        Description = $"A recipe of 'nabla recipes' (default: {Recipes.Default})",
        HelpName = "NAME",
    };

    private readonly Option<string?> config =
        new("--config") { Description = "A recipe in a JSON file", HelpName = "FILE" };

    private readonly Option<string[]> data =
        CommonOptions.Data("Text files in UTF-8 to learn from; their last part is held out");
    private readonly Option<string> folder =
        CommonOptions.Folder("--out", "Folder for the model, its checkpoints, metrics.jsonl and samples");
    private readonly Option<long?> seed =
        CommonOptions.Seed("Seed of weights and batches (default: 1); the same seed gives the same bits");
    private readonly Option<int?> steps = CommonOptions.Whole("--steps", "Steps, instead of the recipe's", 1);
    private readonly Option<bool> resume =
        new("--resume") { Description = "Go on with the run in the folder from its last checkpoint" };

    private readonly Option<bool> tensorBoard = new("--tensorboard")
    {
        Description = "Write TensorBoard's event files into the folder tensorboard beside metrics.jsonl",
    };

    public TrainCommand() : base("train", "Train a model on your own text")
    {
        folder.Required = true;
        foreach (Option option in new Option[] { data, folder, recipe, config, steps, seed, resume, tensorBoard })
            Options.Add(option);
        Options.Add(CommonOptions.Plot);
    }

    public override int Place => 1;

    public override IReadOnlyList<string> Examples =>
    [
        "nabla train --data shakespeare.txt --out models/shakespeare",
        "nabla train --recipe shakespeare --data shakespeare.txt --out models/best --seed 7",
        "nabla train --resume --out models/best",
    ];

    public override int Run(Session session)
    {
        string to = session.Get(folder)!;
        TrainingRun run = session.Get(resume) ? Resume(session, to) : Start(session, to);
        if (session.Get(tensorBoard))
            run.Callbacks.Add(new TensorBoardLog(Path.Combine(to, "tensorboard")));
        TrainingReport.Announce(session.Screen, run, to);
        TrainingOutcome outcome =
            TrainingDisplay.Show(session.Screen, to, progress => run.Run(progress, session.Cancellation));
        TrainingEnded end = outcome.End;
        RunRecord record = RunRecord.Read(to);
        session.Result(TrainingReport.Document(run, record, end, to), () => Print(session.Screen, outcome, to));
        if (end.Step > 0)
            session.Plot(() => RunsFigure.Of([ReportedRun.Read(to)], hasEachStep: true));
        if (!end.Finished)
            session.Remarks.Line(
                TrainingReport.Interrupted(end, record, Shell.Command("train", "--resume", "--out", to)));
        return end.Finished ? 0 : session.Interrupts.ExitCode;
    }

    private TrainingRun Start(Session session, string to)
    {
        if (session.Get(data) is not { Length: > 0 } files)
            throw new UsageException(
                "There is no text to learn from. Name a file with --data FILE (or try 'nabla quickstart', which brings "
                + "its own).");
        TrainingConfig settings = Settings(session);
        TrainingText text = TrainingText.Split(DataFiles.Read(files), settings.ValidationFraction) with
        {
            Files = [.. files.Select(Path.GetFullPath)],
        };
        return TrainingRun.Start(settings, text, to, session.Get(seed) ?? 1, session.Cancellation);
    }

    private TrainingRun Resume(Session session, string to)
    {
        foreach (Option option in new Option[] { recipe, config, steps, seed })
            if (session.IsGiven(option))
                throw new UsageException(
                    $"{option.Name} cannot be changed when a run goes on. Leave it out, or start a new run in another "
                    + "folder.");
        RunRecord record = RunRecord.Read(to);
        IReadOnlyList<string> files = session.Get(data) is { Length: > 0 } named ? named : record.DataFiles;
        if (files.Count == 0)
            throw new UsageException(
                $"The run in {to} learns from a text that Nabla makes. "
                + $"Go on with it with '{Shell.Command("quickstart", "--out", to)}'.");
        TrainingText text = TrainingText.Split(DataFiles.Read(files), record.Config.ValidationFraction);
        return TrainingRun.Resume(text, to, session.Cancellation);
    }

    private TrainingConfig Settings(Session session)
    {
        if (session.IsGiven(recipe) && session.IsGiven(config))
            throw new UsageException("--recipe and --config cannot both be given. Choose one.");
        TrainingConfig settings = session.Get(config) is { } file ? Recipes.FromFile(file)
            : Recipes.Named(session.Get(recipe) ?? Recipes.Default);
        return session.Get(steps) is { } number ? settings with { Steps = number } : settings;
    }

    private static void Print(Screen screen, TrainingOutcome outcome, string to)
    {
        if (!outcome.End.Finished)
            return;
        screen.Line();
        screen.Line(TrainingReport.Done(outcome));
        screen.Line($"The model is in {to}. Try:");
        foreach (string command in new[] { "generate", "eval", "chat", "inspect" })
            screen.Line(new InkedLine("  ").Add(Shell.Command(command, to), Ink.Model));
    }
}
