using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nabla.Documentation.Generator;

/// <summary>Makes a test of every example in the documentation comments of the libraries that checks a value.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ExampleGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterSourceOutput(
            context.AdditionalTextsProvider.Select((file, stop) => PublicNamespace(file.GetText(stop))).Collect(),
            (output, names) => output.AddSource("Usings.g.cs", SourceText.From(
                string.Concat(names.OfType<string>().Distinct(StringComparer.Ordinal)
                    .OrderBy(name => name, StringComparer.Ordinal).Select(name => $"global using {name};\n")),
                Encoding.UTF8)));
        context.RegisterSourceOutput(context.AdditionalTextsProvider, (output, file) =>
        {
            DocumentedExample[] examples = file.GetText(output.CancellationToken) is { } text
                ? [.. DocumentedExample.In(file.Path, text.Lines.Select(line => line.ToString()))] : [];
            if (examples.Length > 0)
                output.AddSource(
                    $"{Identifier(file.Path)}.g.cs", SourceText.From(Tests(file.Path, examples), Encoding.UTF8));
        });
    }

    private static string? PublicNamespace(SourceText? source)
    {
        string text = source?.ToString() ?? "";
        return Regex.IsMatch(text, "^public ", RegexOptions.Multiline)
            && Regex.Match(text, "^namespace (?<name>[^;]+);", RegexOptions.Multiline) is { Success: true } match
            ? match.Groups["name"].Value : null;
    }

    private static string Tests(string path, DocumentedExample[] examples)
    {
        var code = new StringBuilder();
        code.Append("#pragma warning disable\nnamespace Nabla.Documentation.Tests.Examples;\n\n");
        code.Append($"public sealed class {Identifier(path)}\n{{\n");
        string name = Path.GetFileNameWithoutExtension(path).Replace('.', '_');
        foreach (DocumentedExample example in examples)
            code.Append("    [Xunit.Fact]\n")
                .Append($"    public void {name}_line_{example.Line}()\n")
                .Append($"    {{\n{example.ToStatements()}#line default\n    }}\n\n");
        return code.Append("}\n").ToString();
    }

    // Two files in different folders may have one name: the folders below src belong to it.
    private static string Identifier(string path) =>
        Regex.Replace(Regex.Replace(path.Replace('\\', '/'), "^.*/src/", "").Replace(".cs", ""), "[^A-Za-z0-9]", "_");
}
