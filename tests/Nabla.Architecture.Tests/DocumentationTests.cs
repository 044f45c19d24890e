using System.Text.RegularExpressions;

namespace Nabla.Architecture.Tests;

/// <summary>What the Markdown files say about the repository is so.</summary>
public partial class DocumentationTests
{
    private static IEnumerable<string> Documents =>
        Directory.GetFiles(Repository.Root, "*.md").Concat(Repository.Files("docs", "*.md"));

    [Fact]
    public void Snippets_are_what_the_code_says() =>
        Documents.SelectMany(path => Snippets.Problems(File.ReadAllText(path), ReadRepositoryFile)
            .Select(problem => $"{Repository.Relative(path)}: {problem}")).ShouldBeEmpty();

    [Fact]
    public void Relative_links_lead_somewhere() =>
        (from path in Documents
         from Match link in Link().Matches(WithoutCode(File.ReadAllText(path)))
         let target = Uri.UnescapeDataString(link.Groups["target"].Value)
         where !target.Contains("://", StringComparison.Ordinal)
             && !target.StartsWith("mailto:", StringComparison.Ordinal)
         where !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, target))
         select $"{Repository.Relative(path)}: {target}").ShouldBeEmpty();

    [Fact]
    public void An_outdated_snippet_is_found()
    {
        const string Source = "int a = 1;\n    // snippet: sum\n    int b = a\n        + 1;\n    // end\n";
        string Markdown(string marker, string code) => $"<!-- snippet: {marker} -->\n```csharp\n{code}\n```\n";
        string[] Problems(string text) => Snippets.Problems(text, file => file == "a.cs" ? Source : null).ToArray();

        Problems(Markdown("a.cs#sum", "int b = a\n    + 1;")).ShouldBeEmpty();
        Problems(Markdown("a.cs", Source)).ShouldBeEmpty();
        Problems(Markdown("a.cs#sum", "int b = a\n    + 2;")).ShouldHaveSingleItem().ShouldContain("+ 1;");
        Problems(Markdown("a.cs#product", "x")).ShouldHaveSingleItem().ShouldContain("// snippet: product");
        Problems(Markdown("b.cs", "x")).ShouldHaveSingleItem().ShouldContain("no such file");
        Problems("<!-- snippet: a.cs -->\ntext\n").ShouldHaveSingleItem().ShouldContain("no ``` block");
    }

    private static string? ReadRepositoryFile(string path) =>
        File.Exists(Repository.At(path)) ? File.ReadAllText(Repository.At(path)) : null;

    private static string WithoutCode(string markdown) => CodeBlock().Replace(markdown, "");

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)\s]*)?(\s+""[^""]*"")?\)|(src|href)=""(?<target>[^""#]+)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?\n```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
