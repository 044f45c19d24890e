using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Language.Training;
using Nabla.Learning.Training;

namespace Nabla.Cli;

/// <summary>What is said of a training run before and after it.</summary>
internal static class TrainingReport
{
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
        ["metrics"] = MetricsLog.PathIn(folder),
    };

    // The clock knows only the steps that were taken just now.
    private static string Took(TrainingOutcome outcome) =>
        outcome.StepsTaken == 0 ? ""
        : outcome.StepsTaken == outcome.End.Step ? $" in {Amounts.Time(outcome.End.Seconds)}"
        : $", the last {Amounts.Count(outcome.StepsTaken)} of them in {Amounts.Time(outcome.End.Seconds)}";
}
