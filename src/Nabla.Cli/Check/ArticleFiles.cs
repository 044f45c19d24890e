using System.Text;
using Nabla.Formulas;
using Nabla.Formulas.Articles;

namespace Nabla.Cli.Check;

/// <summary>The files of articles.</summary>
internal static class ArticleFiles
{
    private const long LargestFile = 32_000_000;

    // A link may lead back up, and then there would be no end.
    private static readonly EnumerationOptions EveryFile = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    public static IReadOnlyList<string> Extensions { get; } =
        [".md", ".markdown", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".txt"];

    /// <summary>The articles of a folder and those below it, in the order of their names.</summary>
    public static string[] In(string folder) => [.. Directory.EnumerateFiles(folder, "*", EveryFile)
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

    /// <summary>Where the page of a file of a folder goes.</summary>
    public static string PageOf(string to, string folder, string file) =>
        Path.Combine(to, Path.GetRelativePath(folder, file) + ".html");

    /// <summary>Refuses a page that would replace an article, or be an article of the folder the next time.</summary>
    /// <exception cref="UsageException">It would.</exception>
    public static void RequireApart(string page, string article, IReadOnlyCollection<string> files)
    {
        StringComparison sameness = OperatingSystem.IsLinux() ? StringComparison.Ordinal
            : StringComparison.OrdinalIgnoreCase;
        string full = Path.GetFullPath(page), from = Path.TrimEndingDirectorySeparator(Path.GetFullPath(article));
        if (files.Any(file => string.Equals(Path.GetFullPath(file), full, sameness)))
            throw new UsageException($"--out: the page '{page}' would replace the article; name another file.");
        if (full.StartsWith(from + Path.DirectorySeparatorChar, sameness))
            throw new UsageException($"--out: the page '{page}' would itself be an article of '{article}' the next "
                + "time; name a folder outside of it.");
    }
}
