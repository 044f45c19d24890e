using System.Text.RegularExpressions;

namespace Nabla.Architecture.Tests;

/// <summary>
/// Code in a Markdown file that is a copy of code that runs. The block follows a marker that names the file and the
/// part:
/// <code>
/// &lt;!-- snippet: examples/xor.cs#train --&gt;
/// </code>
/// and the part stands in that file between <c>// snippet: train</c> and <c>// end</c>. Without <c>#part</c> it is the
/// whole file.
/// </summary>
internal static partial class Snippets
{
    /// <summary>What is wrong with the snippets of a Markdown text, one line each with the way to mend it.</summary>
    public static IEnumerable<string> Problems(string markdown, Func<string, string?> readFile)
    {
        string text = markdown.ReplaceLineEndings("\n");
        foreach (Match marker in Marker().Matches(text))
        {
            string file = marker.Groups["file"].Value, part = marker.Groups["part"].Value;
            string name = part.Length > 0 ? $"{file}#{part}" : file;
            Match block = Block().Match(text, marker.Index + marker.Length);
            if (!block.Success)
                yield return $"{name}: no ``` block follows the marker directly.";
            else if (readFile(file) is not { } source)
                yield return $"{name}: there is no such file.";
            else if (Part(source.ReplaceLineEndings("\n"), part) is not { } expected)
                yield return $"{name}: {file} has no lines `// snippet: {part}` … `// end`.";
            else if (block.Groups["code"].Value.TrimEnd() != expected)
                yield return $"{name}: not what {file} says. Replace the block by:\n{expected}\n";
        }
    }

    private static string? Part(string source, string part)
    {
        if (part.Length == 0)
            return source.TrimEnd();
        string[] lines = source.Split('\n');
        int start = Array.FindIndex(lines, line => line.Trim() == $"// snippet: {part}");
        int end = start < 0 ? -1 : Array.FindIndex(lines, start, line => line.Trim() == "// end");
        if (end < 0)
            return null;
        string[] body = lines[(start + 1)..end];
        int indent = body.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', body.Select(line => line.Length > indent ? line[indent..] : line.TrimStart()))
            .TrimEnd();
    }

    [GeneratedRegex(@"<!-- snippet: (?<file>[^\s#]+)(#(?<part>\S+))? -->[ ]*\n")]
    private static partial Regex Marker();

    [GeneratedRegex(@"\G```\w*\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
