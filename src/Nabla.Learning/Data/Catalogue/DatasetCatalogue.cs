namespace Nabla.Learning.Data.Catalogue;

/// <summary>The data sets that Nabla knows by name.</summary>
/// <example><code>
/// LabelledData iris = DatasetCatalogue.Find("iris")!.Load(DataStore.Default).Training;
/// iris.Count;                  // = 150
/// iris.Classes[0];             // = "setosa"
/// </code></example>
public static class DatasetCatalogue
{
    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<CatalogueEntry> All { get; } =
    [
        .. typeof(DatasetCatalogue).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(CatalogueEntry)) && !type.IsAbstract)
            .Select(type => (CatalogueEntry)Activator.CreateInstance(type, nonPublic: true)!)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal),
    ];

    /// <summary>The one of this name, or null.</summary>
    public static CatalogueEntry? Find(string name) =>
        All.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));
}
