using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Cli.Quickstart;
using Nabla.Language.Evaluation;
using Nabla.Language.Models;
using Nabla.Language.Training;

namespace Nabla.Cli.Commands;

/// <summary>Measures how well a model predicts a text, with n-gram models beside it.</summary>
internal sealed class EvalCommand : NablaCommand
{
    private const double UsualFraction = 0.1;

    private readonly Argument<string> folder = ModelArgument.Create();

    private readonly Option<string[]> data =
        CommonOptions.Data("Text files in UTF-8 (default: those that the model was trained with)");
    private readonly Option<string?> split = CommonOptions.Choice(
        "--split",
        "val, train or all of the text (default: val of the text it was trained with, all of any other)",
        "PART", "val", "train", "all");

    public EvalCommand() : base("eval", "Measure how well a model predicts a text")
    {
        Arguments.Add(folder);
        Options.Add(data);
        Options.Add(split);
        Options.Add(CommonOptions.Plot);
    }

    public override int Place => 5;

    public override IReadOnlyList<string> Examples =>
        ["nabla eval models/shakespeare", "nabla eval models/shakespeare --data shakespeare.txt --split val --json"];

    public override int Run(Session session)
    {
        string path = session.Get(folder);
        LoadedModel loaded = ModelFolder.Load(path);
        RunRecord? record = ModelArgument.RecordOf(path, session);
        IReadOnlyList<string> files = session.Get(data) is { Length: > 0 } named ? named : record?.DataFiles ?? [];
        TrainingText text = Text(files, record);
        bool isItsOwn = record is not null && record.DataFingerprint == RunRecord.Fingerprint(text);
        string part = session.Get(split) ?? (isItsOwn ? "val" : "all");
        if (!isItsOwn && part != "all" && HasItsNames(files, record))
            throw new UsageException(
                $"{string.Join(", ", files)}: the text has changed since the model was trained with it, so nobody "
                + "knows which part was held out. Give it the text as it was, or measure on all of this one with "
                + "--split all.");
        int[] training = loaded.Tokenizer.EncodeOrdinary(text.Training, session.Cancellation);
        int[] heldOut = loaded.Tokenizer.EncodeOrdinary(text.Validation, session.Cancellation);
        int[] ids = part switch { "val" => heldOut, "train" => training, _ => [.. training, .. heldOut] };
        if (ids.Length < 2)
            throw new UsageException(
                $"The text to measure on ({part}) has {ids.Length} tokens; a loss needs at least 2. "
                + $"Give more text{(part == "all" ? "" : ", or --split all")}.");
        EvaluationResult result =
            Evaluator.Evaluate(loaded.Model, loaded.Tokenizer, ids, cancellation: session.Cancellation);
        IReadOnlyList<NGramBaseline> baselines = part != "val" || training.Length == 0 ? []
            : NGramBaseline.Measure(text.Training, text.Validation, Enumerable.Range(1, 6), session.Cancellation);
        session.Result(Document(path, part, result, baselines), () => Print(session.Screen, part, result, baselines));
        session.Plot(() => LossBars.Figure(baselines, result));
        return 0;
    }

    private static bool HasItsNames(IReadOnlyList<string> files, RunRecord? record) =>
        record is not null && files.Select(Path.GetFullPath).SequenceEqual(record.DataFiles, StringComparer.Ordinal);

    private static TrainingText Text(IReadOnlyList<string> files, RunRecord? record)
    {
        if (files.Count > 0)
            return TrainingText.Split(DataFiles.Read(files), record?.Config.ValidationFraction ?? UsualFraction);
        return Town.Trained(record)
            ? Town.Text
            : throw new UsageException("There is no text to measure on. Name a file with --data FILE.");
    }

    private static JsonObject Document(
        string path, string part, EvaluationResult result, IReadOnlyList<NGramBaseline> baselines)
    {
        return new JsonObject
        {
            ["model"] = path,
            ["split"] = part,
            ["tokens"] = result.Tokens,
            ["bytes"] = result.Bytes,
            ["loss_nats_per_token"] = JsonOutput.Number(result.LossNatsPerToken),
            ["perplexity"] = JsonOutput.Number(result.Perplexity),
            ["bits_per_byte"] = JsonOutput.Number(result.BitsPerByte),
            ["nats_per_byte"] = JsonOutput.Number(result.NatsPerByte),
            ["baselines"] = LossBars.ToJson(baselines),
        };
    }

    private static void Print(
        Screen screen, string part, EvaluationResult result, IReadOnlyList<NGramBaseline> baselines)
    {
        string name = part switch { "val" => "held-out part", "train" => "training part", _ => "whole text" };
        screen.Line(
            $"  The {name}: {Amounts.Count(result.Tokens)} tokens, {Amounts.Count(result.Bytes)} bytes", Ink.Dim);
        screen.Line();
        screen.Line(new InkedLine("  loss        ", Ink.Dim)
            .Add($"{Amounts.Fixed(result.LossNatsPerToken, 4)} nats a token", Ink.HeldOut)
            .Add($"   {Amounts.Fixed(result.NatsPerByte, 4)} nats a byte")
            .Add($"   {Amounts.Fixed(result.BitsPerByte, 4)} bits a byte"));
        screen.Line(new InkedLine("  perplexity  ", Ink.Dim).Add(Amounts.Fixed(result.Perplexity, 3))
            .Add("  as if it chose among so many equally likely tokens", Ink.Dim));
        if (baselines.Count == 0)
            return;
        screen.Line();
        screen.Lines(LossBars.Draw(baselines, result, screen.Width));
    }
}
