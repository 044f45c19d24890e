using System.IO.Compression;
using Nabla.Learning.Data.Formats;
using Nabla.Tensors;

namespace Nabla.Learning.Data.Catalogue.Entries;

/// <summary>The small tables that scikit-learn carries with it.</summary>
internal static class ScikitLearn
{
    /// <summary>The source of these files: Debian's package, or the project's own repository.</summary>
    public static IReadOnlyList<DataSource> Sources(params DataFile[] files) =>
    [
        new("Debian's package python3-sklearn", files)
        {
            Folders = ["/usr/lib/python3/dist-packages/sklearn/datasets/data"],
            Remedy = "apt install python3-sklearn",
        },
        new("scikit-learn's repository", files)
        {
            Download = new("https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/"),
        },
    ];

    /// <summary>The numbers of a file, which may be compressed and has no names of columns.</summary>
    public static Table Read(FoundData found, CsvOptions options, int file = 0)
    {
        DataFile wanted = found.Source.Files[file];
        using var bytes = new MemoryStream(DataStore.Read(found, wanted));
        using Stream inside = wanted.Name.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
        using var text = new StreamReader(inside);
        return CsvFile.Parse(text.ReadToEnd(), options with { HasHeader = false }, wanted.Name);
    }

    /// <summary>The columns but the last, and the last, which is the number of the class.</summary>
    public static (Tensor Inputs, int[] Labels) Parts(Table table)
    {
        string label = table.Columns[^1].Name;
        return (table.Without(label).ToTensor(),
            [.. ((NumericColumn)table[label]).Values.Select(value => (int)value)]);
    }

    /// <summary>A table with a line of other things in front.</summary>
    public static LabelledParts Load(FoundData found, IReadOnlyList<string> features, IReadOnlyList<string> classes)
    {
        (Tensor inputs, int[] labels) = Parts(Read(found, new() { SkipLines = 1, Delimiter = ',' }));
        return new LabelledParts(
            new LabelledData(NumericArray.Of(inputs), labels, classes) { Features = features }, null);
    }
}
