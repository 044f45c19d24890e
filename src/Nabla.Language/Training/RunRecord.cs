using System.Text.Json;
using System.Text.Json.Serialization;
using Nabla.Learning.Checkpoints;

namespace Nabla.Language.Training;

/// <summary>What a run was started with, kept in <c>training/run.json</c> so that it can be resumed without saying it again.</summary>
public sealed record RunRecord
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
    };

    /// <summary>The recipe as JSON.</summary>
    public required JsonElement Recipe { get; init; }

    /// <summary>The seed of weights, batches and dropout.</summary>
    public required long Seed { get; init; }

    /// <summary>The files that the text was read from; empty if it was generated.</summary>
    public required IReadOnlyList<string> DataFiles { get; init; }

    /// <summary>SHA-256 of the text, so that a run never goes on with another.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>The recipe.</summary>
    [JsonIgnore]
    public TrainingConfig Config => TrainingConfig.Parse(Recipe.GetRawText());

    /// <summary>The path of the record in a run's folder.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "training", "run.json");

    /// <summary>Reads the record of a run's folder.</summary>
    /// <exception cref="TrainingException">There is none, or it is damaged.</exception>
    public static RunRecord Read(string folder)
    {
        string path = PathIn(folder);
        if (!File.Exists(path))
            throw new TrainingException($"{folder} holds no training run ({path} is missing). Start one with 'nabla train --data FILE --out {folder}'.");
        try
        {
            return JsonSerializer.Deserialize<RunRecord>(File.ReadAllText(path), Json)
                ?? throw new TrainingException($"{path} is empty. Start the run again in another folder.");
        }
        catch (JsonException error)
        {
            throw new TrainingException($"{path} is damaged: {error.Message} Start the run again in another folder.", error);
        }
    }

    /// <summary>Writes the record.</summary>
    public void Write(string folder) => AtomicFile.WriteText(PathIn(folder), JsonSerializer.Serialize(this, Json));
}
