using System.Reflection;
using Nabla.Formulas.Spreadsheets;

namespace Nabla.Cli.Sheets;

/// <summary>
/// Something that <c>nabla sheet</c> lays out. Every class derived from this one is found and offered by its name.
/// </summary>
/// <param name="name">What to type for it.</param>
/// <param name="what">What it is, in a line.</param>
internal abstract class SheetKind(string name, string what)
{
    /// <summary>All kinds, by name.</summary>
    public static IReadOnlyList<SheetKind> All { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetTypes()
            .Where(type => type.IsSubclassOf(typeof(SheetKind)) && !type.IsAbstract)
            .Select(type => (SheetKind)Activator.CreateInstance(type)!)
            .OrderBy(kind => kind.Place),
    ];

    public string Name => name;

    public string What => what;

    /// <summary>Where it stands in the list of kinds.</summary>
    public abstract int Place { get; }

    /// <summary>The names that --with may give values to.</summary>
    public virtual IReadOnlyList<string> Names => [];

    /// <summary>The kind of this name, or null.</summary>
    public static SheetKind? Named(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>Lays it out.</summary>
    public abstract Workbook Build(SheetRequest request);
}
