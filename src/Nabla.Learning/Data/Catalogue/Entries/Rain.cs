using System.Text;
using Nabla.Learning.Data.Formats;

namespace Nabla.Learning.Data.Catalogue.Entries;

internal sealed class Rain : CatalogueEntry
{
    public override string Name => "rain";

    public override string What => "Six days, three signs of the weather, and whether it rained the next day";

    public override DataKind Kind => DataKind.Table;

    public override string Size => "6 days, 3 numbers each, 2 classes";

    public override string Licence => "facts; the table is in the public domain";

    public override string Reference => "a textbook example of logistic regression";

    public override IReadOnlyList<DataSource> Sources { get; } =
    [
        new("Nabla itself",
            [new("rain.csv", 109, "7011b64b7c0b71e910af132ae5f6f1eb666e2f7dd81d95d1b145954d22a9e8a3")])
        {
            IsBuiltIn = true,
        },
    ];

    public override LabelledParts Load(DataStore store)
    {
        FoundData found = store.Require(this);
        string text = Encoding.UTF8.GetString(DataStore.Read(found, found.Source.Files[0]));
        return new LabelledParts(LabelledData.Of(CsvFile.Parse(text, name: "rain.csv"), "rain"), null);
    }
}
