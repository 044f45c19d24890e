namespace Nabla.Learning.Data.Catalogue.Entries;

internal sealed class Iris() : BuiltInTable(
    new DataFile("iris.csv", 3858, "9cc1c345c71bcc9b486b74cbf6063fa66f4bb5e0f603a4b3c3471ec2e5e8e355"), "species")
{
    public override string Name => "iris";

    public override string What => "Lengths and widths of the leaves of three kinds of iris, in centimetres";

    public override string Size => "150 flowers, 4 numbers each, 3 classes";

    public override string Licence => "facts; the table is in the public domain";

    public override string Reference => "Fisher 1936, Annals of Eugenics 7, with the values of scikit-learn";
}
