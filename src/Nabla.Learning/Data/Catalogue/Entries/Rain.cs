namespace Nabla.Learning.Data.Catalogue.Entries;

internal sealed class Rain() : BuiltInTable(
    new DataFile("rain.csv", 109, "7011b64b7c0b71e910af132ae5f6f1eb666e2f7dd81d95d1b145954d22a9e8a3"), "rain")
{
    public override string Name => "rain";

    public override string What => "Six days, three signs of the weather, and whether it rained the next day";

    public override string Size => "6 days, 3 numbers each, 2 classes";

    public override string Licence => "facts; the table is in the public domain";

    public override string Reference => "a textbook example of logistic regression";
}
