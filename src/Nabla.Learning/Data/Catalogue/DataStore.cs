using System.Security.Cryptography;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Data.Formats;

namespace Nabla.Learning.Data.Catalogue;

/// <summary>
/// Where the files of data sets are: in this library, where packages install them, or in a folder of Nabla's own. What
/// is read from it has the checksum that it should have.
/// </summary>
/// <param name="folder">The folder of what was downloaded; each data set has a folder in it.</param>
public sealed class DataStore(string folder)
{
    private const string Resources = "data/";

    /// <summary>
    /// The store in <c>NABLA_DATA</c>, else in <c>XDG_CACHE_HOME/nabla/data</c>, else in <c>~/.cache/nabla/data</c>.
    /// </summary>
    public static DataStore Default => new(FolderFrom(Environment.GetEnvironmentVariable));

    /// <summary>The folder of what was downloaded.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The folder that an environment's variables ask for.</summary>
    public static string FolderFrom(Func<string, string?> variable) =>
        variable("NABLA_DATA") is { Length: > 0 } data ? data
        : variable("XDG_CACHE_HOME") is { Length: > 0 } cache ? Path.Combine(cache, "nabla", "data")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "nabla", "data");

    /// <summary>Where a data set's files are downloaded to.</summary>
    public string FolderOf(CatalogueEntry entry) => Path.Combine(Folder, entry.Name);

    /// <summary>The first source all of whose files are here, or null.</summary>
    public FoundData? Find(CatalogueEntry entry) => entry.Sources
        .Select(source => Find(entry, source)).FirstOrDefault(found => found is not null);

    /// <summary>The source, if all of its files are here, each of its length.</summary>
    public FoundData? Find(CatalogueEntry entry, DataSource source)
    {
        if (source.IsBuiltIn)
            return new FoundData(source, "");
        return source.Folders.SelectMany(Places).Append(FolderOf(entry))
            .Where(place => source.Files.All(file => HasLength(Path.Combine(place, file.Name), file.Bytes)))
            .Select(place => new FoundData(source, place)).FirstOrDefault();
    }

    /// <summary>The data set's files, or an error that says how to get them.</summary>
    /// <exception cref="DataException">They are not here.</exception>
    public FoundData Require(CatalogueEntry entry)
    {
        if (Find(entry) is { } found)
            return found;
        string[] remedies = [.. entry.Sources.Select(source => source.Remedy).Where(remedy => remedy.Length > 0)
            .Append(entry.Sources.Any(CanFetch) ? $"nabla data fetch {entry.Name}" : "").Where(r => r.Length > 0)];
        throw new DataException(
            $"{entry.Name} is not on this machine. Get it with '{string.Join("' or '", remedies)}'.");
    }

    /// <summary>Whether a source can be had by downloading, or by running a program.</summary>
    public static bool CanFetch(DataSource source) => source.Download is not null || source.Program is not null;

    /// <summary>A file's bytes, which have the checksum that they should have.</summary>
    /// <exception cref="DataException">The file cannot be read, or is another one.</exception>
    public static byte[] Read(FoundData found, DataFile file)
    {
        byte[] bytes;
        if (found.Source.IsBuiltIn)
        {
            using Stream resource = typeof(DataStore).Assembly.GetManifestResourceStream(Resources + file.Name)!;
            bytes = new byte[resource.Length];
            resource.ReadExactly(bytes);
        }
        else
        {
            string path = Path.Combine(found.Folder, file.Name);
            try
            {
                bytes = File.ReadAllBytes(path);
            }
            catch (Exception error) when (FileErrors.Explains(error))
            {
                throw ByteSource.Unreadable(path, error);
            }
        }
        string digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return digest == file.Sha256
            ? bytes
            : throw new DataException($"Cannot use '{Path.Combine(found.Folder, file.Name)}': its SHA-256 is {digest}; "
                + $"expected {file.Sha256}. Remove the file and get it again.");
    }

    // A relative place, such as a package's folder in node_modules, may be in this folder or in any above it.
    private static IEnumerable<string> Places(string folder)
    {
        if (Path.IsPathRooted(folder))
        {
            yield return folder;
            yield break;
        }
        for (string? place = Environment.CurrentDirectory; place is not null; place = Path.GetDirectoryName(place))
            yield return Path.Combine(place, folder);
    }

    private static bool HasLength(string path, long bytes)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == bytes;
    }
}

/// <summary>Where a data set's files are.</summary>
/// <param name="Source">The source that they are of.</param>
/// <param name="Folder">The folder that they are in; empty for those in this library.</param>
public sealed record FoundData(DataSource Source, string Folder);
