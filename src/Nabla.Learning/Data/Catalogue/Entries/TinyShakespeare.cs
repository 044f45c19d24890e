namespace Nabla.Learning.Data.Catalogue.Entries;

internal sealed class TinyShakespeare : CatalogueEntry
{
    public override string Name => "tinyshakespeare";

    public override string What => "A million letters of Shakespeare's plays, for 'nabla train'";

    public override DataKind Kind => DataKind.Text;

    public override string Size => "1,115,394 letters";

    public override string Licence => "public domain";

    public override string Reference => "Karpathy 2015, https://github.com/karpathy/char-rnn";

    public override IReadOnlyList<DataSource> Sources { get; } =
    [
        new("Karpathy's repository",
            [new("input.txt", 1115394, "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed")])
        {
            Download = new("https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/"),
        },
    ];
}
