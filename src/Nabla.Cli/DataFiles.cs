using Nabla.Text.Corpora;

namespace Nabla.Cli;

/// <summary>Text files to learn from or to be tested on.</summary>
internal static class DataFiles
{
    /// <summary>The texts one after the other, each but the last ended by a line feed.</summary>
    public static string Read(IReadOnlyList<string> paths) => paths.Count == 1
        ? TextFile.Read(paths[0])
        : string.Concat(
            paths.Select((path, i) => i < paths.Count - 1 ? Ended(TextFile.Read(path)) : TextFile.Read(path)));

    private static string Ended(string text) => text.EndsWith('\n') ? text : text + '\n';
}
