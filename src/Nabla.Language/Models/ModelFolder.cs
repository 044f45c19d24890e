using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nabla.Learning.Checkpoints;
using Nabla.Numerics;
using Nabla.Text;
using Nabla.Text.Tokenizers;

namespace Nabla.Language.Models;

/// <summary>
/// A model on disk: a folder in the layout of Hugging Face, which other tools open unchanged. <c>config.json</c> has
/// the sizes, <c>model.safetensors</c> the weights, <c>tokenizer.json</c> the tokenizer.
/// </summary>
/// <example><code>
/// ModelFolder.Save("my-model", model, tokenizer);
/// (LanguageModel model, Tokenizer tokenizer) = ModelFolder.Load("my-model");
/// </code></example>
public static class ModelFolder
{
    /// <summary>The file with the sizes.</summary>
    public const string ConfigFile = "config.json";

    /// <summary>The file with the weights.</summary>
    public const string WeightsFile = "model.safetensors";

    /// <summary>The file with the tokenizer.</summary>
    public const string TokenizerFile = "tokenizer.json";

    private const string TokenizerConfigFile = "tokenizer_config.json";
    private const string ShardedFile = "model.safetensors.index.json";
    private const string PickledFile = "pytorch_model.bin";
    private const int LargestConfig = 1 << 20;

    // Rows are often added to an embedding so that their number suits the hardware.
    private const int PaddedVocabularyMultiple = 64;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether a folder holds a model, finished or not.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, ConfigFile));

    /// <summary>
    /// Writes a model, making the folder if needed. Each file is replaced at once: whatever interrupts the writing,
    /// every file is the old one or the new one.
    /// </summary>
    /// <exception cref="CheckpointException">A file cannot be written; the message says which and why.</exception>
    public static void Save(string folder, LanguageModel model, Tokenizer tokenizer)
    {
        JsonObject config = model.ToConfigJson();
        // Absent keys would mean the numbers of the original models' tokens to other tools.
        config["bos_token_id"] = tokenizer.EndOfText;
        config["eos_token_id"] = tokenizer.EndOfText;
        var tokenizerConfig = new JsonObject
        {
            ["tokenizer_class"] = "PreTrainedTokenizerFast",
            ["model_max_length"] = model.Dimensions.Context,
            ["clean_up_tokenization_spaces"] = false,
            ["eos_token"] = tokenizer.EndOfText is null ? null : AddedToken.EndOfText,
        };
        AtomicFile.WriteText(Path.Combine(folder, ConfigFile), config.ToJsonString(Json) + "\n");
        AtomicFile.Write(Path.Combine(folder, TokenizerFile), tokenizer.Save);
        AtomicFile.WriteText(Path.Combine(folder, TokenizerConfigFile), tokenizerConfig.ToJsonString(Json) + "\n");
        SafeTensorsFile.Write(Path.Combine(folder, WeightsFile), ModelWeights.Entries(model));
    }

    /// <summary>Reads a model. Nothing in the folder is trusted.</summary>
    /// <exception cref="ModelException">
    /// The folder holds no model, or not one that Nabla can use; the message is one line.
    /// </exception>
    public static LoadedModel Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ModelException(File.Exists(folder)
                ? $"'{folder}' is a file; name the folder of a model, with {ConfigFile}, " +
                    $"{WeightsFile} and {TokenizerFile}."
                : $"There is no model folder '{folder}'. Check the path, or make one with 'nabla train'.");
        try
        {
            Tokenizer tokenizer = LoadTokenizer(folder);
            LanguageModel model = LoadModel(folder);
            RequireSameVocabulary(model, tokenizer);
            return new LoadedModel(model, tokenizer);
        }
        catch (Exception error) when (error is ModelException or CheckpointException or TextException or IOException
            or UnauthorizedAccessException or ArgumentException or OutOfMemoryException
            or InvalidOperationException) // the last: a text in JSON that is not Unicode, found when it is asked for
        {
            throw new ModelException(
                $"Cannot use the model folder '{folder}': {Foreign.OneLine(error.Message)}", error);
        }
    }

    /// <summary>Reads the model alone.</summary>
    private static LanguageModel LoadModel(string folder)
    {
        JsonObject config = ReadConfig(folder);
        if (config["model_type"] is not JsonValue type || type.GetValueKind() != JsonValueKind.String)
            throw new ModelException(
                $"{ConfigFile}: 'model_type' is missing; " +
                $"Nabla reads {string.Join(" and ", ModelFamilies.All.Select(f => f.Name))}.");
        IModelFamily family = ModelFamilies.Named(type.GetValue<string>());
        using SafeTensorsFile weights = SafeTensorsFile.Open(WeightsPath(folder));
        LanguageModel model = family.FromConfigJson(config, ModelWeights.Count(weights));
        ModelWeights.Read(weights, model, family);
        return model;
    }

    private static JsonObject ReadConfig(string folder)
    {
        string path = RequireFile(folder, ConfigFile);
        if (new FileInfo(path).Length > LargestConfig)
            throw new ModelException($"{ConfigFile} is larger than {LargestConfig} bytes; it is no configuration.");
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path),
                documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new ModelException($"{ConfigFile} holds something else than a JSON object.");
        }
        catch (JsonException error)
        {
            throw new ModelException($"{ConfigFile} is not valid JSON: {Foreign.OneLine(error.Message)}", error);
        }
    }

    private static string WeightsPath(string folder)
    {
        string path = Path.Combine(folder, WeightsFile);
        if (File.Exists(path))
            return path;
        if (File.Exists(Path.Combine(folder, ShardedFile)))
            throw new ModelException(
                $"its weights are spread over several files ({ShardedFile}), which Nabla does not read; " +
                $"save them as one {WeightsFile}.");
        if (File.Exists(Path.Combine(folder, PickledFile)))
            throw new ModelException(
                $"its weights are a {PickledFile}, which can hold any program and is not read; " +
                $"convert it to {WeightsFile}.");
        return RequireFile(folder, WeightsFile);
    }

    private static Tokenizer LoadTokenizer(string folder)
    {
        using FileStream stream = File.OpenRead(RequireFile(folder, TokenizerFile));
        return Tokenizer.Load(stream);
    }

    private static string RequireFile(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new ModelException($"it has no {file}.");
    }

    private static void RequireSameVocabulary(LanguageModel model, Tokenizer tokenizer)
    {
        int known = model.Dimensions.Vocabulary, named = tokenizer.VocabularySize;
        if (named != known && (named > known || known % PaddedVocabularyMultiple != 0))
            throw new ModelException(
                $"{TokenizerFile} has {named} tokens and {ConfigFile} says {known}; they are of different models.");
    }
}
