namespace Nabla.Architecture.Tests;

/// <summary>The files of the working copy that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>Files under a top folder, without what a build or a package manager put there.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(At(folder))
            ? Directory.EnumerateFiles(At(folder), pattern, SearchOption.AllDirectories)
                .Where(IsSource).Order(StringComparer.Ordinal)
            : [];

    private static bool IsSource(string path) =>
        !Relative(path).Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "artifacts" or "dist");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Nabla.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException(
            $"No Nabla.slnx above {AppContext.BaseDirectory}: run the tests from a working copy.");
    }
}
