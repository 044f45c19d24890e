using System.IO.Compression;
using Nabla.Learning.Data.Formats;

namespace Nabla.Learning.Data.Catalogue;

/// <summary>The four files in which MNIST, and what was made after its pattern, come.</summary>
internal static class ImageFiles
{
    /// <summary>The names of the files, in the order of their lengths and checksums.</summary>
    private static readonly string[] Names =
    [
        "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz",
    ];

    public static IReadOnlyList<DataFile> Of(params (long Bytes, string Sha256)[] files) =>
        [.. Names.Zip(files, (name, file) => new DataFile(name, file.Bytes, file.Sha256))];

    /// <summary>The images and labels of both parts.</summary>
    public static LabelledParts Read(FoundData found, IReadOnlyList<string> classes)
    {
        NumericArray[] arrays = [.. found.Source.Files.Select(file => Read(found, file))];
        return new LabelledParts(
            new LabelledData(arrays[0], arrays[1].ToIntegers(), classes),
            new LabelledData(arrays[2], arrays[3].ToIntegers(), classes));
    }

    private static NumericArray Read(FoundData found, DataFile file)
    {
        using var bytes = new MemoryStream(DataStore.Read(found, file));
        using var inside = new GZipStream(bytes, CompressionMode.Decompress);
        return IdxFile.Read(inside, file.Name);
    }
}
