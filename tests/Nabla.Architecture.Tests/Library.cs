using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Nabla.Architecture.Tests;

/// <summary>
/// One row of the architecture table: a project in src/, the projects it may refer to, and the packages it may use.
/// What a project may refer to brings along what that one may refer to.
/// </summary>
public sealed record Library(string Name, string[] MayUse, string[] Packages)
{
    /// <summary>The table of DESIGN.md. A new library adds its row here.</summary>
    public static IReadOnlyList<Library> Table { get; } =
    [
        new("Nabla.Numerics", [], []),
        new("Nabla.Tensors", ["Nabla.Numerics"], []),
        new("Nabla.Learning", ["Nabla.Tensors"], ["CsvHelper", "Google.Protobuf"]),
        new("Nabla.Text", ["Nabla.Numerics"], []),
        new("Nabla.Language", ["Nabla.Learning", "Nabla.Text"], []),
        new("Nabla.Formulas", ["Nabla.Tensors"], ["AngleSharp", "DocumentFormat.OpenXml", "Markdig"]),
        new("Nabla.Cli", ["Nabla.Language", "Nabla.Formulas"], ["System.CommandLine", "Spectre.Console"]),
    ];

    public string Project => Repository.At("src", Name, Name + ".csproj");

    public IEnumerable<string> ProjectReferences =>
        XDocument.Load(Project).Descendants("ProjectReference")
            .Select(x => Path.GetFileNameWithoutExtension(((string?)x.Attribute("Include") ?? "").Replace('\\', '/')));

    public IEnumerable<string> PackageReferences =>
        XDocument.Load(Project).Descendants("PackageReference").Select(x => (string?)x.Attribute("Include") ?? "");

    /// <summary>Everything that <see cref="MayUse"/> reaches.</summary>
    public IReadOnlySet<string> Reachable => MayUse
        .SelectMany(name => Table.Single(row => row.Name == name).Reachable.Append(name))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The names of the assemblies that the built assembly refers to.</summary>
    public IReadOnlyList<string> AssemblyReferences() =>
        Read(metadata => metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)));

    /// <summary>The full names of the types of other assemblies that the built assembly uses.</summary>
    public IReadOnlyList<string> TypeReferences() =>
        Read(metadata => metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"));

    public override string ToString() => Name;

    private List<string> Read(Func<MetadataReader, IEnumerable<string>> select)
    {
        string name = Name == "Nabla.Cli" ? "nabla.dll" : Name + ".dll";
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, name));
        using var image = new PEReader(file);
        return select(image.GetMetadataReader()).Order(StringComparer.Ordinal).ToList();
    }
}
