namespace Nabla.Learning.Data.Catalogue.Entries;

internal sealed class Wine : CatalogueEntry
{
    public override string Name => "wine";

    public override string What => "Chemical analyses of wines from three growers of one region of Italy";

    public override DataKind Kind => DataKind.Table;

    public override string Size => "178 wines, 13 numbers each, 3 classes";

    public override string Licence => "CC BY 4.0";

    public override string Reference =>
        "Aeberhard and Forina 1991, UCI Machine Learning Repository, doi:10.24432/C5PC7J";

    public override IReadOnlyList<DataSource> Sources { get; } = ScikitLearn.Sources(
        new DataFile("wine_data.csv", 11157, "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede"));

    public override LabelledParts Load(DataStore store) => ScikitLearn.Load(
        store.Require(this),
        [
            "alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids",
            "nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue", "od280/od315_of_diluted_wines",
            "proline",
        ], ["class_0", "class_1", "class_2"]);
}
