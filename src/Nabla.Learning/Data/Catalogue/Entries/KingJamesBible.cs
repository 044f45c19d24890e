namespace Nabla.Learning.Data.Catalogue.Entries;

internal sealed class KingJamesBible : CatalogueEntry
{
    public override string Name => "king-james-bible";

    public override string What => "The Bible in the translation of 1611, a verse on each line, for 'nabla train'";

    public override DataKind Kind => DataKind.Text;

    public override string Size => "31,102 verses, 4.4 million letters";

    public override string Licence => "public domain (in the United Kingdom, Crown rights)";

    public override string Reference => "Debian's packages bible-kjv and bible-kjv-text 4.38";

    public override IReadOnlyList<DataSource> Sources { get; } =
    [
        new("Debian's program bible",
            [new("kjv.txt", 4404412, "cd45f0c9cedab8e4439bd6486c8952c77cc8b0ecc5d1f6ae3513f2039f47229d")])
        {
            Program = ["bible", "-f", "gen1:1-rev22:21"],
            Remedy = "apt install bible-kjv",
        },
    ];
}
