using Nabla.Tensors;

namespace Nabla.Learning.Data.Catalogue.Entries;

/// <summary>Ten measures of 442 patients and how their diabetes progressed within a year.</summary>
public sealed class Diabetes : CatalogueEntry
{
    /// <summary>The names of the measures.</summary>
    public static IReadOnlyList<string> Features { get; } =
        ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"];

    /// <inheritdoc/>
    public override string Name => "diabetes";

    /// <inheritdoc/>
    public override string What => "Ten measures of patients, and how their diabetes progressed within a year";

    /// <inheritdoc/>
    public override DataKind Kind => DataKind.Regression;

    /// <inheritdoc/>
    public override string Size => "442 patients, 10 numbers each, and the number to be predicted";

    /// <inheritdoc/>
    public override string Licence => "free to use, as published with the paper";

    /// <inheritdoc/>
    public override string Reference => "Efron, Hastie, Johnstone and Tibshirani 2004, Annals of Statistics 32";

    /// <inheritdoc/>
    public override IReadOnlyList<DataSource> Sources { get; } = ScikitLearn.Sources(
        new DataFile(
            "diabetes_data_raw.csv.gz", 7087, "fc08fc59c1cbfe65550d9ebb36321d505de9e8f004bf92c1566d2908962f08ff"),
        new DataFile(
            "diabetes_target.csv.gz", 1044, "bf1ddd1f9d377278450a5f02c24b5e77b1501f2ad673fe9fdf4c4090d27eb5cc"));

    /// <summary>The measures as they were taken, [442, 10], and the progression, [442, 1].</summary>
    /// <exception cref="DataException">The files are not here, or are not what they should be.</exception>
    public TensorData Read(DataStore store)
    {
        FoundData found = store.Require(this);
        return new TensorData(Numbers(found, 0), Numbers(found, 1));
    }

    private static Tensor Numbers(FoundData found, int file) =>
        ScikitLearn.Read(found, new() { Delimiter = ' ' }, file).ToTensor();
}
