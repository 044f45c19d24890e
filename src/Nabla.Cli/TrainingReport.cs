using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Plots;
using Nabla.Language.Training;

namespace Nabla.Cli;

/// <summary>What is said of a training run before and after it.</summary>
internal static class TrainingReport
{
    private const int StepsInMeans = 100;

    /// <summary>Where a run writes a line of numbers for every step.</summary>
    public static string MetricsIn(string folder) => Path.Combine(folder, "metrics.jsonl");

    public static void Announce(Screen screen, TrainingRun run, string folder)
    {
        var size = run.Model.Dimensions;
        screen.Line(new InkedLine("Training ", Ink.Strong)
            .Add($"{Amounts.Count(run.Model.ParameterCount())} parameters", Ink.Model)
            .Add($": {size.Layers} layers, {size.Heads} heads, width {size.Dim}, context {size.Context}, "
                + $"{Amounts.Count(size.Vocabulary)} {(run.Tokenizer.Kind == "characters" ? "characters" : "tokens")}")
            .Add($"  →  {folder}", Ink.Dim));
    }

    public static InkedLine Done(TrainingOutcome outcome) => new InkedLine("Done", Ink.Good)
        .Add($": {Amounts.Count(outcome.End.Step)} steps{Took(outcome)}. Held-out loss ")
        .Add($"{Amounts.Fixed(outcome.End.ValLoss ?? double.NaN, 4)} nats a token", Ink.HeldOut)
        .Add($", {Amounts.Fixed(outcome.End.BitsPerByte ?? double.NaN, 3)} bits a byte.");

    public static InkedLine Interrupted(TrainingEnded end, RunRecord record, string command) =>
        new InkedLine($"Stopped after step {Amounts.Count(end.Step)} of {Amounts.Count(record.Config.Steps)}; ")
            .Add("everything is saved. Go on with: ").Add(command, Ink.Model);

    /// <summary>The course of the losses that a run wrote down, with the mean of neighbouring steps.</summary>
    public static Figure Curves(string folder)
    {
        var history = new TrainingHistory();
        history.Recall(MetricsIn(folder));
        int together = Math.Max(1, history.Training.Count / StepsInMeans);
        var means = history.Training.Chunk(together)
            .Select(steps => (steps.Average(step => (double)step.Step), steps.Average(step => step.Loss)));
        return new Figure($"Training {Path.GetFileName(Path.GetFullPath(folder))}", new Panel(
            new LineSeries("each step", Points(history.Training)) { IsFaint = true, Colour = 0 },
            new LineSeries("training", [.. means]) { Colour = 0 },
            new LineSeries("held out", Points(history.Validation)) { HasDots = true, Colour = 1 })
        {
            X = new Axis("step"),
            Y = new Axis("loss (nats a token)"),
        });

        static (double, double)[] Points(IEnumerable<(int Step, double Loss)> losses) =>
            [.. losses.Select(loss => ((double)loss.Step, loss.Loss))];
    }

    public static JsonObject Document(TrainingRun run, RunRecord record, TrainingEnded end, string folder) => new()
    {
        ["model"] = folder,
        ["finished"] = end.Finished,
        ["step"] = end.Step,
        ["steps"] = record.Config.Steps,
        ["seed"] = record.Seed,
        ["parameters"] = run.Model.ParameterCount(),
        ["val_loss"] = JsonOutput.Number(end.ValLoss),
        ["bits_per_byte"] = JsonOutput.Number(end.BitsPerByte),
        ["seconds"] = JsonOutput.Number(Math.Round(end.Seconds, 3)),
        ["metrics"] = MetricsIn(folder),
    };

    // The clock knows only the steps that were taken just now.
    private static string Took(TrainingOutcome outcome) =>
        outcome.StepsTaken == 0 ? ""
        : outcome.StepsTaken == outcome.End.Step ? $" in {Amounts.Time(outcome.End.Seconds)}"
        : $", the last {Amounts.Count(outcome.StepsTaken)} of them in {Amounts.Time(outcome.End.Seconds)}";
}
