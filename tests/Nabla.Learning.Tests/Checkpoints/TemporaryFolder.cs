namespace Nabla.Learning.Tests.Checkpoints;

/// <summary>An empty folder that is removed with everything in it when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("nabla-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string[] Names => Directory.GetFileSystemEntries(Path).Select(x => System.IO.Path.GetFileName(x)!).ToArray();

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
