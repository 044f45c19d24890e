namespace Nabla.Learning.Data.Catalogue.Entries;

internal sealed class BreastCancer : CatalogueEntry
{
    private static readonly string[] Measured =
    [
        "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave_points",
        "symmetry", "fractal_dimension",
    ];

    public override string Name => "breast-cancer";

    public override string What => "Measures of cell nuclei in 569 samples of breast tissue, malignant or benign";

    public override DataKind Kind => DataKind.Table;

    public override string Size => "569 samples, 30 numbers each, 2 classes";

    public override string Licence => "CC BY 4.0";

    public override string Reference =>
        "Wolberg, Mangasarian, Street and Street 1993, UCI Machine Learning Repository, doi:10.24432/C5DW2B";

    public override IReadOnlyList<DataSource> Sources { get; } = ScikitLearn.Sources(
        new DataFile(
            "breast_cancer.csv", 119913, "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed"));

    public override LabelledParts Load(DataStore store)
    {
        string[] features = [.. new[] { "mean", "error", "worst" }
            .SelectMany(of => Measured.Select(measure => $"{of}_{measure}"))];
        return ScikitLearn.Load(store.Require(this), features, ["malignant", "benign"]);
    }
}
