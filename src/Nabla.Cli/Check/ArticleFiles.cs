using System.Text;
using Nabla.Formulas;
using Nabla.Formulas.Articles;

namespace Nabla.Cli.Check;

/// <summary>The files of articles.</summary>
internal static class ArticleFiles
{
    private const long LargestFile = 32_000_000;

    public static IReadOnlyList<string> Extensions { get; } =
        [".md", ".markdown", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".txt"];

    /// <summary>The articles of a folder and those below it, in the order of their names.</summary>
    public static string[] In(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant(), StringComparer.Ordinal))
        .Order(StringComparer.Ordinal)];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormulaException">It is too large, or no text.</exception>
    public static Article Read(string file)
    {
        var info = new FileInfo(file);
        if (!info.Exists)
            throw new FileNotFoundException("no such file", file);
        if (info.Length > LargestFile)
            throw new FormulaException(
                $"'{file}' has {info.Length} bytes; at most {LargestFile} are read. Cut it into parts.");
        return Article.Read(file, File.ReadAllText(file, Encoding.UTF8));
    }

    /// <summary>Where the page of a file of a folder goes; its folder is made.</summary>
    public static string PageOf(string to, string folder, string file)
    {
        string page = Path.Combine(to, Path.GetRelativePath(folder, file) + ".html");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(page))!);
        return page;
    }
}
