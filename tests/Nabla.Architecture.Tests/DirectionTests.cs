namespace Nabla.Architecture.Tests;

/// <summary>Who may refer to whom, and what libraries must not know.</summary>
public class DirectionTests
{
    private static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    public static TheoryData<Library> AllRows => new(Library.Table);

    public static TheoryData<Library> Libraries => new(Library.Table.Where(row => row.Name != "Nabla.Cli"));

    [Fact]
    public void Every_project_in_src_has_its_row_in_the_table() =>
        Repository.Files("src", "*.csproj").Order(StringComparer.Ordinal).ShouldBe(
            Library.Table.Select(row => row.Project).Order(StringComparer.Ordinal),
            "add the new project's row to Library.Table and to DESIGN.md");

    [Theory]
    [MemberData(nameof(AllRows))]
    public void A_project_refers_only_to_what_its_row_allows(Library library)
    {
        library.ProjectReferences.Where(name => !library.Reachable.Contains(name)).ShouldBeEmpty();
        library.PackageReferences.Where(name => !library.Packages.Contains(name, StringComparer.Ordinal))
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(AllRows))]
    public void An_assembly_refers_only_to_what_its_row_allows(Library library) =>
        library.AssemblyReferences()
            .Where(name => !library.Reachable.Contains(name)
                && !library.Packages.Contains(name, StringComparer.Ordinal) && !IsFramework(name))
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_knows_no_console_no_network_and_no_global_random_numbers(Library library) =>
        library.TypeReferences()
            .Where(type =>
                type is "System.Console" or "System.Random" || type.StartsWith("System.Net.", StringComparison.Ordinal))
            .ShouldBeEmpty("take a TextWriter, a Stream or an IProgress<T>, and an Rng");

    private static bool IsFramework(string name) => File.Exists(Path.Combine(FrameworkFolder, name + ".dll"));
}
