namespace Nabla.Learning.Data.Catalogue.Entries;

internal sealed class FashionMnist : CatalogueEntry
{
    private static readonly string[] Kinds =
    [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    ];

    public override string Name => "fashion-mnist";

    public override string What => "Pictures of ten kinds of clothes, made to be harder than MNIST's digits";

    public override DataKind Kind => DataKind.Images;

    public override string Size => "60,000 + 10,000 grey images of 28×28, 10 classes";

    public override string Licence => "MIT";

    public override string Reference =>
        "Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747; https://github.com/zalandoresearch/fashion-mnist";

    // The same images twice: Debian packs them anew, so its files have other checksums.
    public override IReadOnlyList<DataSource> Sources { get; } =
    [
        new("Debian's package dataset-fashion-mnist", ImageFiles.Of(
            (26421856, "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7"),
            (29491, "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056"),
            (4422079, "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa"),
            (5125, "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05")))
        {
            Folders = ["/usr/share/datasets/fashion-mnist"],
            Remedy = "apt install dataset-fashion-mnist",
        },
        new("Zalando's server", ImageFiles.Of(
            (26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            (29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            (4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            (5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")))
        {
            Download = new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        },
    ];

    public override LabelledParts Load(DataStore store) => ImageFiles.Read(store.Require(this), Kinds);
}
