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
        (Tensor pixels, int[] labels) = ScikitLearn.Parts(ScikitLearn.Read(store.Require(this), new()));
        Tensor images = pixels.Reshape(labels.Length, Side, Side) * (1f / Brightest);
        return new LabelledParts(
            new LabelledData(NumericArray.Of(images), labels, [.. Enumerable.Range(0, 10).Select(d => $"{d}")]), null);
    }
}
