using System.IO.Compression;
using Nabla.Learning.Data.Formats;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Data.Catalogue.Entries;

internal sealed class Digits : CatalogueEntry
{
    private const int Side = 8, Brightest = 16;

    public override string Name => "digits";

    public override string What => "Handwritten digits, small enough to look at every number";

    public override DataKind Kind => DataKind.Images;

    public override string Size => "1,797 grey images of 8×8, 10 classes";

    public override string Licence => "CC BY 4.0";

    public override string Reference =>
        "Alpaydin and Kaynak 1998, UCI Machine Learning Repository, doi:10.24432/C50P49";

    public override IReadOnlyList<DataSource> Sources { get; } = ScikitLearn.Sources(
        new DataFile("digits.csv.gz", 57512, "46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a"));

    public override LabelledParts Load(DataStore store)
    {
        FoundData found = store.Require(this);
        using var bytes = new MemoryStream(DataStore.Read(found, found.Source.Files[0]));
        using var text = new StreamReader(new GZipStream(bytes, CompressionMode.Decompress));
        Table table = CsvFile.Parse(text.ReadToEnd(), new() { HasHeader = false }, "digits.csv.gz");
        string label = table.Columns[^1].Name;
        Tensor images = table.Without(label).ToTensor().Reshape(table.Rows, Side, Side) * (1f / Brightest);
        int[] labels = [.. ((NumericColumn)table[label]).Values.Select(value => (int)value)];
        return new LabelledParts(
            new LabelledData(NumericArray.Of(images), labels, [.. Enumerable.Range(0, 10).Select(d => $"{d}")]), null);
    }
}
