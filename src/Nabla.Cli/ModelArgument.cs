using System.CommandLine;
using Nabla.Language.Models;
using Nabla.Language.Training;

namespace Nabla.Cli;

/// <summary>The argument MODEL: a model's folder.</summary>
internal static class ModelArgument
{
    public static Argument<string> Create() =>
        new("MODEL") { Description = "A model's folder: config.json, model.safetensors, tokenizer.json" };

    /// <summary>What is known of the training of the model in a folder, if it was trained there.</summary>
    public static RunRecord? RecordOf(string folder) =>
        File.Exists(RunRecord.PathIn(folder)) ? RunRecord.Read(folder) : null;

    /// <summary>The kind of model in a word: <c>llama</c>.</summary>
    public static string FamilyOf(LanguageModel model) => model.ToConfigJson()["model_type"]?.ToString() ?? "model";
}
