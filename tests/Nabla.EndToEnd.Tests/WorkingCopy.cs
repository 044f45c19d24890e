namespace Nabla.EndToEnd.Tests;

/// <summary>The repository that the tests run from.</summary>
public static class WorkingCopy
{
    public static string Root { get; } = FindRoot();

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

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
