using Nabla.Formulas.Printing;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>What is written for cells does no harm there, and computes as the evaluator does.</summary>
public sealed class SpreadsheetTextTests
{
    [Theory]
    [InlineData(@"\text{=cmd|' /C calc'!A0} + x", "A1: '=cmd")]
    [InlineData(@"\text{@SUM(1)} + x", "A1: '@SUM(1)")]
    [InlineData(@"\text{weight} + x", "A1: weight")]
    public void A_name_in_a_cell_is_text(string formula, string line) =>
        Excel(formula).ShouldStartWith(line);

    // ROUND would take 2.5 to 3, and e⁸⁰⁰ is no number of a spreadsheet.
    [Theory]
    [InlineData("2 round(x)", "2*(INT((B1)+0.5)-IF(")]
    [InlineData(@"2 \sigma(x)", "2*(1/(1+EXP(-ABS(B1)))*EXP((B1)*((B1)<0)))")]
    [InlineData(@"2 \log_{10}(x)", "2*LOG10(B1)")]
    [InlineData(@"2 \tan(x)", "2*TAN(B1)")]
    public void Functions_are_those_of_the_evaluator(string formula, string expected) =>
        Excel(formula).ShouldContain(expected);

    private static string Excel(string formula) => FormulaPrinter.Print(Formula.Parse(formula).Tree, "excel");

    [Theory]
    [InlineData("(-(-2))^x", "float(-(-2)) ** x")]
    [InlineData("2^x", "2.0 ** x")]
    public void Whole_numbers_in_python_are_raised_as_floats(string formula, string expected) =>
        FormulaPrinter.Print(Formula.Parse(formula).Tree, "python").ShouldContain(expected);
}
