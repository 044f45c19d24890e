using System.Text.RegularExpressions;

namespace Nabla.Architecture.Tests;

/// <summary>Rules that hold for every source file.</summary>
public class SourceTests
{
    private const int MaxLines = 400, MaxColumns = 120;

    private static readonly Regex Unsafe = new(
        @"\bunsafe\s*\{|\bunsafe\s+(class|struct|static|void|partial|ref|readonly|delegate)\b|\bUnsafe\.|"
        + @"MemoryMarshal\.(GetReference|GetArrayDataReference|CreateSpan|CreateReadOnlySpan)\b");

    private static readonly Regex Unfinished = new("\\b(TO" + "DO|FIX" + "ME|HA" + "CK|XX" + "X)\\b");

    [Fact]
    public void Source_files_have_at_most_400_lines() =>
        Offending("src", "*.cs", text => text.Count(c => c == '\n') > MaxLines)
            .ShouldBeEmpty("one file, one concept: split it");

    [Fact]
    public void Lines_have_at_most_120_characters() =>
        new[] { "src", "tests", "examples" }.SelectMany(folder => Repository.Files(folder, "*.cs"))
            .SelectMany(path => File.ReadLines(path).Index()
                .Where(line => line.Item.Length > MaxColumns)
                .Select(line => $"{Repository.Relative(path)}:{line.Index + 1}"))
            .ShouldBeEmpty($"break the line, {MaxColumns} columns are enough");

    [Fact]
    public void Only_Numerics_has_unsafe_code() =>
        Offending("src", "*.cs", text => Unsafe.IsMatch(WithoutComments(text)))
            .Where(path => !path.StartsWith("src/Nabla.Numerics/", StringComparison.Ordinal))
            .ShouldBeEmpty("put it into a kernel of Nabla.Numerics behind a bounds-checked, span-based entry point");

    [Fact]
    public void Only_Numerics_may_be_compiled_with_unsafe_blocks() =>
        Offending("src", "*.csproj", text => text.Contains("AllowUnsafeBlocks", StringComparison.Ordinal))
            .ShouldBe(["src/Nabla.Numerics/Nabla.Numerics.csproj"]);

    [Fact]
    public void Nothing_is_left_for_later() =>
        new[] { "src", "tests", "bench", "examples", "studio" }
            .SelectMany(folder => new[] { "*.cs", "*.ts", "*.svelte", "*.py" }.SelectMany(pattern =>
                Offending(folder, pattern, Unfinished.IsMatch)))
            .ShouldBeEmpty("do it now, or file an issue");

    [Fact]
    public void Every_project_has_a_lock_file() =>
        new[] { "src", "tests", "bench" }.SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Where(project => !File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")))
            .Select(Repository.Relative)
            .ShouldBeEmpty("run dotnet restore and commit packages.lock.json");

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Repository.At("Nabla.slnx"));
        new[] { "src", "tests", "bench" }.SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Select(Repository.Relative)
            .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    private static List<string> Offending(string folder, string pattern, Func<string, bool> offends) =>
        Repository.Files(folder, pattern)
            .Where(path => offends(File.ReadAllText(path))).Select(Repository.Relative).ToList();

    private static string WithoutComments(string text) => Regex.Replace(text, "//[^\n]*", "");
}
