using System.Text;
using System.Text.RegularExpressions;

namespace Nabla.Documentation.Generator;

/// <summary>
/// The code of one <c>&lt;example&gt;</c>. A statement <c>EXPRESSION;   // = VALUE</c> in it is a check of that value;
/// an example without a check shows how something is written and is not run.
/// </summary>
internal sealed class DocumentedExample
{
    private static readonly Regex Check = new(
        @"^(?<expression>.*?);\s*// = (?<value>.+)$", RegexOptions.CultureInvariant);

    private readonly List<string> lines = [];

    private DocumentedExample(string path, int line) => (Path, Line) = (path, line);

    /// <summary>The file that has it.</summary>
    public string Path { get; }

    /// <summary>The number of its first line of code, from 1.</summary>
    public int Line { get; }

    private bool HasCheck => lines.Any(line => Check.IsMatch(line));

    /// <summary>The examples with a check in the documentation comments of a file.</summary>
    public static IEnumerable<DocumentedExample> In(string path, IEnumerable<string> source)
    {
        DocumentedExample? example = null;
        int number = 0;
        foreach (string line in source)
        {
            number++;
            string text = line.TrimStart();
            if (!text.StartsWith("///", StringComparison.Ordinal))
                example = null;
            else if (text.Contains("<example><code>"))
                example = new DocumentedExample(path, number + 1);
            else if (text.Contains("</code></example>"))
            {
                if (example is { HasCheck: true })
                    yield return example;
                example = null;
            }
            else
                example?.lines.Add(Decode(text.Substring(3)));
        }
    }

    /// <summary>
    /// The example as statements that throw when a value is not what it says, with #line directives: an error of the
    /// compiler points at the comment.
    /// </summary>
    public string ToStatements()
    {
        var code = new StringBuilder();
        var statement = new List<string>();
        for (int i = 0; i < lines.Count; i++)
        {
            if (Check.Match(lines[i]) is { Success: true } check)
            {
                statement.Add(check.Groups["expression"].Value);
                Append(code, i - statement.Count + 1,
                    $"global::Nabla.Documentation.Tests.DocumentedValue.Check({string.Join("\n", statement)}, "
                    + $"{Literal(check.Groups["value"].Value.Trim())});");
                statement.Clear();
                continue;
            }
            statement.Add(lines[i]);
            string end = Regex.Replace(lines[i], "//.*$", "").TrimEnd();
            if (end.Length > 0 && end[end.Length - 1] is not (';' or '{' or '}'))
                continue;
            Append(code, i - statement.Count + 1, string.Join("\n", statement));
            statement.Clear();
        }
        Append(code, lines.Count - statement.Count, string.Join("\n", statement));
        return code.ToString();
    }

    private void Append(StringBuilder code, int index, string statement) =>
        code.Append($"#line {Line + index} \"{Path}\"\n{statement}\n");

    private static string Literal(string text) => "@\"" + text.Replace("\"", "\"\"") + "\"";

    private static string Decode(string text) =>
        text.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&quot;", "\"").Replace("&amp;", "&");
}
