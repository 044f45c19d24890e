using System.CommandLine;
using Nabla.Cli.Output;
using Nabla.Language.Models;
using Nabla.Language.Training;
using Nabla.Learning.Training;

namespace Nabla.Cli;

/// <summary>The argument MODEL: a model's folder.</summary>
internal static class ModelArgument
{
    public static Argument<string> Create() =>
        new("MODEL") { Description = "A model's folder: config.json, model.safetensors, tokenizer.json" };

    /// <summary>
    /// What is known of the training of the model in a folder, if it was trained there and the record is whole.
    /// </summary>
    public static RunRecord? RecordOf(string folder, Session session)
    {
        if (!File.Exists(RunRecord.PathIn(folder)))
            return null;
        try
        {
            var record = RunRecord.Read(folder);
            _ = record.Config; // reads the recipe in it
            return record;
        }
        catch (Exception error) when (error is TrainingException or IOException or UnauthorizedAccessException)
        {
            // The model itself is sound.
            session.Remarks.Line(
                $"What is known of its training is left out, for it cannot be read: "
                + $"{Printable.OneLine(error.Message, 200)}");
            return null;
        }
    }

    /// <summary>The kind of model in a word: <c>llama</c>.</summary>
    public static string FamilyOf(LanguageModel model) => model.ToConfigJson()["model_type"]?.ToString() ?? "model";
}
