using Nabla.Formulas.Spreadsheets;
using Xunit.Abstractions;

namespace Nabla.Formulas.Tests.Spreadsheets;

/// <summary>What the cells compute in LibreOffice is what Nabla computes.</summary>
public sealed class RecalculationTests(LibreOffice office, ITestOutputHelper output) : IClassFixture<LibreOffice>
{
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Kinds => [.. SheetSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_cell_equals_what_Nabla_has_computed(string kind)
    {
        if (!IsThere())
            return;
        (Workbook book, IReadOnlyList<Dictionary<string, CellValue>> sheets) = office.Recalculated(kind);
        double worst = 0;
        int compared = 0;
        for (int i = 0; i < book.Sheets.Count; i++)
            foreach ((CellAddress at, Cell cell) in book.Sheets[i].Cells.Where(cell => cell.Value.Formula is not null))
            {
                string place = $"{kind}, {book.Sheets[i].Name}!{at} ={cell.Formula}";
                sheets[i].ShouldContainKey(at.ToString(), place);
                CellValue got = sheets[i][at.ToString()];
                compared++;
                if (cell.Value.Text is { } text)
                    got.Text.ShouldBe(text, place);
                else
                    worst = Math.Max(worst, Difference(got, cell.Value.Number, place));
            }
        output.WriteLine($"{kind}: {compared} cells, the largest difference is {worst:G3}");
        compared.ShouldBe(book.FormulaCount);
    }

    private static double Difference(CellValue got, double expected, string place)
    {
        got.Text.ShouldBeNull(place);
        double difference = Math.Abs(got.Number - expected) / Math.Max(1, Math.Abs(expected));
        difference.ShouldBeLessThan(Tolerance, $"{place}: LibreOffice {got.Number}, Nabla {expected}");
        return difference;
    }

    private bool IsThere()
    {
        if (!LibreOffice.IsThere)
            output.WriteLine("Skipped: LibreOffice (soffice) is absent (apt: libreoffice-calc-nogui).");
        return LibreOffice.IsThere;
    }
}
