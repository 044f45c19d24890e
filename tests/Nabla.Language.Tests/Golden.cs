using System.Text.Json;
using System.Text.Json.Nodes;
using Nabla.Language.Models;
using Nabla.Learning.Checkpoints;

namespace Nabla.Language.Tests;

/// <summary>A model of tests/goldens, read as any model is, and what PyTorch says of it.</summary>
internal sealed class Golden : IDisposable
{
    private readonly SafeTensorsFile file;

    public Golden(string family)
    {
        file = SafeTensorsFile.Open(Path.Combine(Folder, $"{family}.safetensors"));
        IModelFamily reader = ModelFamilies.Named(family);
        Config = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{family}.json")))!.AsObject();
        Model = reader.FromConfigJson(Config);
        using SafeTensorsFile weights = SafeTensorsFile.Open(new MemoryStream(WeightsFile()), "weights");
        ModelWeights.Read(weights, Model, reader);
    }

    public static IEnumerable<string> Families => ["gpt2", "llama"];

    public LanguageModel Model { get; }

    public JsonObject Config { get; }

    public TokenBatch Inputs => Ids("input_ids");

    public int[] Targets => Ids("targets").Ids.ToArray();

    public float[] this[string name] => file.ReadFloats($"golden/{name}");

    public IEnumerable<SafeTensorEntry> Weights => file.Names
        .Where(name => !name.StartsWith("golden/", StringComparison.Ordinal))
        .Select(name => new SafeTensorEntry(name, file.Shape(name).ToArray(), file.ReadFloats(name)));

    public void Dispose() => file.Dispose();

    private static string Folder
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "Nabla.slnx")))
                folder = folder.Parent;
            return Path.Combine(folder.FullName, "tests", "goldens");
        }
    }

    private byte[] WeightsFile()
    {
        using var stream = new MemoryStream();
        SafeTensorsFile.Write(stream, Weights);
        return stream.ToArray();
    }

    private TokenBatch Ids(string name)
    {
        int[][] rows = JsonSerializer.Deserialize<int[][]>(file.Metadata[name])!;
        return new TokenBatch(rows.SelectMany(row => row).ToArray(), rows.Length);
    }
}
