using System.Text.Json;

namespace Nabla.EndToEnd.Tests;

/// <summary>
/// A model of a few thousand parameters, trained once with the command line for the tests that use one.
/// </summary>
public sealed class TinyModel : IDisposable
{
    public const string Config = """
        {
          "model": { "family": "llama", "layers": 2, "heads": 2, "dim": 16, "context": 16 },
          "steps": 30, "batch": 4, "evaluate_every": 10, "checkpoint_every": 10, "sample_every": 15,
          "optimizer": { "warmup_steps": 5 }
        }
        """;

    private readonly TemporaryFolder folder = new();

    public TinyModel()
    {
        File.WriteAllText(ConfigFile, Config);
        File.WriteAllText(Data, Text(4000));
        Training = NablaProcess.Run(TrainInto(Path)).ShouldSucceed();
    }

    public string ConfigFile => folder["config.json"];

    public string Data => folder["data.txt"];

    public string Path => folder["model"];

    public CommandResult Training { get; }

    public string[] TrainInto(string path, params string[] more) =>
        ["train", "--config", ConfigFile, "--data", Data, "--out", path, .. more];

    /// <summary>Lines with some order in them.</summary>
    public static string Text(int lines) =>
        string.Concat(
            Enumerable.Range(0, lines).Select(i => $"{i % 97} and {i * 7 % 89} make {i % 97 + i * 7 % 89}.\n"));

    public void Dispose() => folder.Dispose();
}

/// <summary>The tests that share a <see cref="TinyModel"/>.</summary>
[CollectionDefinition("tiny model")]
public sealed class TinyModelCollection : ICollectionFixture<TinyModel>;

internal static class CommandResultJson
{
    /// <summary>The one document on stdout.</summary>
    public static JsonElement Json(this CommandResult result) => JsonDocument.Parse(result.Output).RootElement;
}
