using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Spreadsheets;
using Nabla.Formulas.Spreadsheets.Graphs;

namespace Nabla.Formulas.Tests.Spreadsheets;

public sealed class WorkbookTests
{
    public static TheoryData<string> Kinds => [.. SheetSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_is_what_the_schema_of_Excel_asks_for(string kind)
    {
        using var stream = new MemoryStream(Bytes(SheetSamples.All[kind]()));
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        var validator = new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2007);
        validator.Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_workbook_gives_the_same_bytes(string kind) =>
        Bytes(SheetSamples.All[kind]()).ShouldBe(Bytes(SheetSamples.All[kind]()));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_formula_refers_to_cells_that_hold_something(string kind)
    {
        Workbook book = SheetSamples.All[kind]();
        foreach (Sheet sheet in book.Sheets)
            foreach ((CellAddress at, Cell cell) in sheet.Cells.Where(cell => cell.Value.Formula is not null))
                foreach ((string on, string address) in References.Of(cell.Formula!))
                {
                    Sheet meant = on.Length == 0 ? sheet : book.Sheets.Single(other => other.Name == on);
                    meant.Cells.Keys.Any(key => key.ToString() == address)
                        .ShouldBeTrue($"{sheet.Name}!{at} ={cell.Formula}: nothing at {address}");
                }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_a_workbook_is_about_can_be_found_in_it(string kind)
    {
        Workbook book = SheetSamples.All[kind]();
        book.Results.ShouldNotBeEmpty();
        foreach (WorkbookResult result in book.Results)
            book.Sheets.Single(sheet => sheet.Name == result.Sheet).Cells[result.Cell].Value.ShouldBe(result.Value);
    }

    [Theory]
    [InlineData("rain", "another day")]
    [InlineData("attention", "causal")]
    [InlineData("gpt", "long text")]
    [InlineData("formula", "other numbers")]
    public void What_one_types_changes_the_numbers_and_no_formula(string kind, string edited)
    {
        Workbook before = SheetSamples.All[kind](), after = SheetSamples.All[edited]();
        Formulas(after).ShouldBe(Formulas(before));
        Numbers(after).ShouldNotBe(Numbers(before));
    }

    [Fact]
    public void The_rain_predictor_says_what_the_article_says()
    {
        WorkbookResult[] results = [.. SheetSamples.Rain([1, 0, 1]).Results];
        results.Single(result => result.Name == "weighted sum z of the new day").Value.Number.ShouldBe(0.5, 1e-6);
        results.Single(result => result.Name == "probability of rain tomorrow").Value.Number.ShouldBe(0.6225, 1e-4);
    }

    [Fact]
    public void A_character_that_a_model_does_not_know_is_named() =>
        Should.Throw<FormulaException>(() => SheetSamples.Gpt("quark")).Message.ShouldContain("'q'");

    [Theory]
    [InlineData("1 + 1", "nothing to compute")]
    [InlineData(@"\int_0^1 t^2 dt", "nothing to compute")]
    [InlineData(@"\sum_{i=1}^{100000} x/i", "cannot be followed")]
    public void What_cells_cannot_compute_is_an_error_that_says_so(string formula, string expected) =>
        Should.Throw<FormulaException>(() => FormulaSheet.Build(Formula.Parse(formula), Bindings.Parse("x=2")))
            .Message.ShouldContain(expected);

    [Theory]
    [InlineData("w^T x", "w=[1, 2, 3]", "x=[4, 5, 6]", "SUMPRODUCT(")]
    [InlineData("W x", "W=[[1, 2, 3], [4, 5, 6]]", "x=[4, 5, 6]", "SUMPRODUCT(")]
    [InlineData("A B", "A=[[1, 2, 3]]", "B=[[4, 1], [5, 1], [6, 1]]", "MMULT(")]
    [InlineData(@"\sum_i x_i + a", "x=[1, 2, 3]", "a=1", "SUM(")]
    public void Sums_over_neighbours_are_written_as_a_person_writes_them(
        string formula, string first, string second, string expected) =>
        Formulas(FormulaSheet.Build(Formula.Parse(formula), Bindings.Parse(first, second)))
            .ShouldContain(written => written.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Shapes_that_do_not_fit_are_named() => Should.Throw<FormulaException>(() => SheetSamples.Rain([1, 0]))
        .Message.ShouldContain("3 numbers");

    private static IEnumerable<string> Formulas(Workbook book) => book.Sheets.SelectMany(sheet => sheet.Cells
        .Where(cell => cell.Value.Formula is not null).Select(cell => $"{sheet.Name}!{cell.Key}={cell.Value.Formula}"));

    private static IEnumerable<CellValue> Numbers(Workbook book) => book.Sheets.SelectMany(sheet => sheet.Cells.Values
        .Where(cell => cell.Formula is not null).Select(cell => cell.Value));

    private static byte[] Bytes(Workbook book)
    {
        using var stream = new MemoryStream();
        book.Write(stream);
        return stream.ToArray();
    }
}
