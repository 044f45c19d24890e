using System.Text.Json;
using System.Text.Json.Nodes;
using Nabla.Learning.Checkpoints;

namespace Nabla.Learning.Training;

/// <summary>
/// What a run was started with, in <c>training/run.json</c>, where <c>nabla runs</c> finds it. Runs of language models
/// write a record of their own there, with a recipe.
/// </summary>
/// <param name="Kind">What trains, the name of the command say: <c>classify</c>.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Seed">The seed of weights and batches.</param>
public sealed record RunDescription(string Kind, JsonObject Settings, long Seed)
{
    private const int LongestValue = 60;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The path of the record in a run's folder.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "training", "run.json");

    /// <summary>Writes the record, making the folder if needed.</summary>
    /// <exception cref="CheckpointException">The folder cannot be written.</exception>
    public void Write(string folder) => AtomicFile.WriteText(
        PathIn(folder),
        new JsonObject { ["kind"] = Kind, ["seed"] = Seed, ["settings"] = Settings.DeepClone() }.ToJsonString(Json));

    /// <summary>The kind and the settings by dotted names; nothing if there is no whole record.</summary>
    internal static (string Kind, IReadOnlyDictionary<string, string> Settings) Read(string folder)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (File.Exists(PathIn(folder)) && JsonNode.Parse(File.ReadAllText(PathIn(folder))) is JsonObject record)
            {
                string kind = record["recipe"] is JsonObject ? "train"
                    : record["kind"] is JsonValue value && value.TryGetValue(out string? name) ? name : "";
                Flatten("", record["recipe"] ?? record["settings"], settings);
                foreach (string key in (string[])["seed", "data_files"])
                    Flatten(key, record[key], settings);
                return (kind, settings);
            }
        }
        catch (Exception error) when (
            error is JsonException or InvalidOperationException or ArgumentException || FileErrors.Explains(error))
        {
            settings.Clear(); // the log alone says enough to go on with
        }
        return ("", settings);
    }

    private static void Flatten(string name, JsonNode? node, Dictionary<string, string> into)
    {
        if (node is JsonObject members)
            foreach ((string key, JsonNode? value) in members)
                Flatten(name.Length == 0 ? key : $"{name}.{key}", value, into);
        else if (node is not null && name.Length > 0)
            into[name] = Short(node is JsonArray list
                ? string.Join(", ", list.Select(item => item?.ToString() ?? "null")) : node.ToString());
    }

    private static string Short(string text) => text.Length <= LongestValue ? text : text[..(LongestValue - 1)] + "…";
}
