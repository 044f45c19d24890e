using System.IO.Compression;
using Nabla.Learning.Checkpoints;
using Nabla.Numerics;

namespace Nabla.Learning.Data.Formats;

/// <summary>NumPy's file for several arrays: a ZIP archive of NPY files, <c>NAME.npy</c> each.</summary>
/// <example><code>
/// var stream = new MemoryStream();
/// NpzFile.Write(stream, new Dictionary&lt;string, NumericArray&gt; { ["x"] = NumericArray.Of(new[] { 1, 2 }, 2) });
/// NpzFile.Read(stream, "example")["x"].ToIntegers();      // = [1, 2]
/// </code></example>
public static class NpzFile
{
    private const string Extension = ".npy";
    private const int MostArrays = 65_535;

    // Without a time of its own, so that the same arrays give the same bytes; the earliest that the format knows.
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All arrays of the file <paramref name="path"/> by name.</summary>
    /// <exception cref="DataException">
    /// There is no such file, it is no ZIP archive, or one of its arrays cannot be read.
    /// </exception>
    public static IReadOnlyDictionary<string, NumericArray> Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return Read(file, path);
        }
        catch (Exception error) when (FileErrors.Explains(error) || error is ArgumentException)
        {
            throw ByteSource.Unreadable(path, error);
        }
    }

    /// <summary>All arrays of a seekable stream by name; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="DataException">It is no ZIP archive, or one of its arrays cannot be read.</exception>
    public static IReadOnlyDictionary<string, NumericArray> Read(Stream stream, string name)
    {
        var arrays = new Dictionary<string, NumericArray>(StringComparer.Ordinal);
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > MostArrays)
                throw new DataException(
                    $"Cannot use '{name}': it has {archive.Entries.Count:N0} files; expected at most {MostArrays:N0}.");
            foreach (ZipArchiveEntry entry in archive.Entries)
                if (!arrays.TryAdd(ArrayName(entry), Read(entry, name)))
                    throw new DataException(
                        $"Cannot use '{name}': it has {Foreign.Quote(entry.FullName)} twice; expected each "
                        + "array once.");
        }
        catch (InvalidDataException error)
        {
            throw new DataException($"Cannot use '{name}': it is damaged or no ZIP archive "
                + $"({Foreign.OneLine(error.Message)}); expected an NPZ file, as numpy.savez writes it.", error);
        }
        return arrays;
    }

    /// <summary>Writes the arrays, in this order, into the file <paramref name="path"/>.</summary>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, NumericArray>> arrays, bool compressed = false) =>
        AtomicFile.Write(path, stream => Write(stream, arrays, compressed));

    /// <summary>Writes the arrays, in this order, to a stream.</summary>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static void Write(
        Stream stream, IEnumerable<KeyValuePair<string, NumericArray>> arrays, bool compressed = false)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, NumericArray array) in arrays)
        {
            if (name.Length == 0)
                throw new ArgumentException("NpzFile: an array has an empty name; give it one.", nameof(arrays));
            ZipArchiveEntry entry = archive.CreateEntry(
                name + Extension, compressed ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
            entry.LastWriteTime = Timeless;
            using Stream to = entry.Open();
            NpyFile.Write(to, array);
        }
    }

    private static string ArrayName(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(Extension, StringComparison.Ordinal)
        ? entry.FullName[..^Extension.Length] : entry.FullName;

    private static NumericArray Read(ZipArchiveEntry entry, string name)
    {
        using Stream bytes = entry.Open();
        return NpyFile.Read(bytes, $"{name}/{entry.FullName}");
    }
}
