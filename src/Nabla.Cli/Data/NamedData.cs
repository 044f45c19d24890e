using Nabla.Learning.Data.Catalogue;

namespace Nabla.Cli.Data;

/// <summary>Data sets as they are named on a command line.</summary>
internal static class NamedData
{
    /// <summary>The data set of this name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static CatalogueEntry Of(string name) =>
        DatasetCatalogue.Find(name) ?? throw new UsageException(Unknown(name));

    /// <summary>That there is no data set of this name, and which there are.</summary>
    public static string Unknown(string name)
    {
        IReadOnlyList<string> names = [.. DatasetCatalogue.All.Select(known => known.Name)];
        string meant = Nearest.To(name, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        return $"There is no data set '{name}'.{meant} Nabla knows {string.Join(", ", names)}; 'nabla data list' "
            + "describes them.";
    }
}
