using System.Text;
using Nabla.Learning.Data.Formats;

namespace Nabla.Learning.Data.Catalogue.Entries;

internal sealed class Iris : CatalogueEntry
{
    public override string Name => "iris";

    public override string What => "Lengths and widths of the leaves of three kinds of iris, in centimetres";

    public override DataKind Kind => DataKind.Table;

    public override string Size => "150 flowers, 4 numbers each, 3 classes";

    public override string Licence => "facts; the table is in the public domain";

    public override string Reference => "Fisher 1936, Annals of Eugenics 7, with the values of scikit-learn";

    public override IReadOnlyList<DataSource> Sources { get; } =
    [
        new("Nabla itself",
            [new("iris.csv", 3858, "9cc1c345c71bcc9b486b74cbf6063fa66f4bb5e0f603a4b3c3471ec2e5e8e355")])
        {
            IsBuiltIn = true,
        },
    ];

    public override LabelledParts Load(DataStore store)
    {
        FoundData found = store.Require(this);
        string text = Encoding.UTF8.GetString(DataStore.Read(found, found.Source.Files[0]));
        return new LabelledParts(LabelledData.Of(CsvFile.Parse(text, name: "iris.csv"), "species"), null);
    }
}
