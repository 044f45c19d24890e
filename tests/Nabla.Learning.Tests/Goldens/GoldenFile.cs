using System.Runtime.CompilerServices;
using System.Text.Json;
using Nabla.Learning.Checkpoints;
using Nabla.Tensors;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>What PyTorch says; see tests/goldens/README.md.</summary>
internal sealed class GoldenFile : IDisposable
{
    private readonly SafeTensorsFile file;

    private GoldenFile(SafeTensorsFile file) => this.file = file;

    public static GoldenFile Open(string name) => new(SafeTensorsFile.Open(PathOf(name)));

    public static string PathOf(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../goldens", name));

    /// <summary>The names of the cases in the file of this name.</summary>
    public static string[] CasesOf(string name)
    {
        using GoldenFile file = Open(name);
        return file.Cases;
    }

    /// <summary>The names of its cases.</summary>
    public string[] Cases => [.. Note("cases").EnumerateArray().Select(name => name.GetString()!)];

    /// <summary>The tensor of this name, or the part after the slash of a case that is one vector.</summary>
    public Tensor Read(string name) =>
        file.Contains(name) ? new(file.ReadFloats(name), Shape.Create(file.Shape(name)))
        : name.Split('/', 2) is [var golden, var part] && file.Contains(golden) ? Parts(golden)[part]
        : throw new ArgumentException($"The golden file has no '{name}'.", nameof(name));

    /// <summary>The parts of a case that is one vector, the numbers of one after those of the other.</summary>
    public IReadOnlyDictionary<string, Tensor> Parts(string golden)
    {
        float[] numbers = file.ReadFloats(golden);
        var parts = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        int at = 0;
        foreach (JsonProperty part in Note(golden).GetProperty("parts").EnumerateObject())
        {
            Shape shape = Shape.Create([.. part.Value.EnumerateArray().Select(size => size.GetInt32())]);
            parts[part.Name] = new Tensor(numbers.AsSpan(at, shape.ElementCount), shape);
            at += shape.ElementCount;
        }
        at.ShouldBe(numbers.Length);
        return parts;
    }

    public JsonElement Note(string name) => JsonDocument.Parse(file.Metadata[name]).RootElement;

    public void Dispose() => file.Dispose();
}
