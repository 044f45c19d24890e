using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Training;

namespace Nabla.Language.Training;

/// <summary>
/// What a run was started with, kept in <c>training/run.json</c> so that it can be resumed without saying it again.
/// </summary>
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
    public static string PathIn(string folder) => RunDescription.PathIn(folder);

    /// <summary>Reads the record of a run's folder.</summary>
    /// <exception cref="TrainingException">There is none, or it is damaged.</exception>
    public static RunRecord Read(string folder)
    {
        string path = PathIn(folder);
        if (!File.Exists(path))
            throw new TrainingException(
                $"{folder} holds no training run ({path} is missing). " +
                $"Start one with 'nabla train --data FILE --out {folder}'.");
        try
        {
            return JsonSerializer.Deserialize<RunRecord>(File.ReadAllText(path), Json)
                ?? throw new TrainingException($"{path} is empty. Start the run again in another folder.");
        }
        catch (JsonException error)
        {
            throw new TrainingException(
                $"{path} is damaged: {error.Message} Start the run again in another folder.", error);
        }
    }

    /// <summary>SHA-256 of both parts of a text.</summary>
    public static string Fingerprint(TrainingText text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text.Training));
        hash.AppendData([0]);
        hash.AppendData(Encoding.UTF8.GetBytes(text.Validation));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// SHA-256 of all that determines the run, so that a checkpoint can tell whether it belongs to this record.
    /// </summary>
    internal string Digest() => Convert.ToHexStringLower(
        SHA256.HashData(
            Encoding.UTF8.GetBytes(FormattableString.Invariant($"{Config.ToJson()}\n{Seed}\n{DataFingerprint}"))));

    /// <summary>Holds a run's folder until the result is disposed of, or the process ends.</summary>
    /// <exception cref="TrainingException">Another process trains there.</exception>
    internal static FileStream Lock(string folder)
    {
        string path = Path.Combine(folder, "training", "lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
            when (error is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
        {
            throw new TrainingException(
                $"A training run is under way in {folder}. Wait for its end, or choose another --out.", error);
        }
    }

    /// <summary>Writes the record.</summary>
    public void Write(string folder) => AtomicFile.WriteText(PathIn(folder), JsonSerializer.Serialize(this, Json));
}
