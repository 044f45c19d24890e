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

    public Tensor Read(string name) => new(file.ReadFloats(name), Shape.Create(file.Shape(name)));

    public JsonElement Note(string name) => JsonDocument.Parse(file.Metadata[name]).RootElement;

    public void Dispose() => file.Dispose();
}
