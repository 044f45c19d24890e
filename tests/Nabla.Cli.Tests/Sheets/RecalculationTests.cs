using Xunit.Abstractions;

namespace Nabla.Cli.Tests.Sheets;

/// <summary>What the cells of a sheet compute in LibreOffice is what Nabla computes.</summary>
public sealed class RecalculationTests(LibreOffice office, ITestOutputHelper output) : IClassFixture<LibreOffice>
{
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Names => [.. LibreOffice.Sheets.Keys];

    public static TheoryData<string> ChangedNames => [.. LibreOffice.Changed.Keys];

    [OfficeTheory]
    [MemberData(nameof(ChangedNames))]
    public void Typing_other_numbers_gives_what_Nabla_computes_of_them(string name)
    {
        var recalculated = XlsxFile.Computed(office.Recalculated(name));
        var asked = XlsxFile.Computed(office.Asked(name));
        var written = XlsxFile.Computed(office.Written(name));
        // A sum of fewer terms has fewer cells; then the last one, the result, is compared.
        bool isLaidOutAlike = recalculated.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(asked.Keys);
        (string Place, string Asked)[] places = isLaidOutAlike
            ? [.. asked.Keys.Select(place => (place, place))] : [(recalculated.Keys.Last(), asked.Keys.Last())];
        places.ShouldContain(at => !Same(written[at.Place].Value, asked[at.Asked].Value), "nothing was changed");
        foreach ((string place, string other) in places)
            Same(recalculated[place].Value, asked[other].Value).ShouldBeTrue($"{place} ={recalculated[place].Formula}: "
                + $"LibreOffice {recalculated[place].Value}, Nabla {asked[other].Value}");
    }

    private static bool Same(object a, object b) => a is double x && b is double y
        ? Math.Abs(x - y) <= Tolerance * Math.Max(1, Math.Abs(y)) : Equals(a, b);

    [OfficeTheory]
    [MemberData(nameof(Names))]
    public void Every_cell_equals_what_Nabla_has_computed(string name)
    {
        var written = XlsxFile.Computed(office.Written(name));
        var recalculated = XlsxFile.Computed(office.Recalculated(name));
        recalculated.Keys.ShouldBe(written.Keys, ignoreOrder: true);
        double worst = 0;
        foreach ((string place, (object expected, string formula)) in written)
        {
            object got = recalculated[place].Value;
            string why = $"{place} ={formula}: LibreOffice {got}, Nabla {expected}";
            got.GetType().ShouldBe(expected.GetType(), why);
            if (expected is not double number)
            {
                got.ShouldBe(expected, why);
                continue;
            }
            double difference = Math.Abs((double)got - number) / Math.Max(1, Math.Abs(number));
            difference.ShouldBeLessThan(Tolerance, why);
            worst = Math.Max(worst, difference);
        }
        output.WriteLine($"{name}: {written.Count} cells, the largest difference is {worst:G3}");
    }
}
