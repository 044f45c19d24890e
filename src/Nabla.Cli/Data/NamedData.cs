using Nabla.Learning.Data.Catalogue;

namespace Nabla.Cli.Data;

/// <summary>Data sets as they are named on a command line.</summary>
internal static class NamedData
{
    /// <summary>The data set of this name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static CatalogueEntry Of(string name)
    {
        if (DatasetCatalogue.Find(name) is { } entry)
            return entry;
        IReadOnlyList<string> names = [.. DatasetCatalogue.All.Select(known => known.Name)];
        string meant = Nearest.To(name, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        throw new UsageException(
            $"There is no data set '{name}'.{meant} Nabla knows {string.Join(", ", names)}; 'nabla data list' "
            + "describes them.");
    }
}
