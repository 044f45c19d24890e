using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;

namespace Nabla.Formulas.Tests.Printing;

public sealed class DisplayTests
{
    [Theory]
    [InlineData("MSE = x/n", "MSE = x/n")]
    [InlineData(@"\begin{bmatrix}1&2\\3&4\end{bmatrix} x", "[1 2; 3 4] x")]
    [InlineData(@"\begin{cases} x & x \ge 0 \\ -x & \text{otherwise} \end{cases}", "{ x, if x ≥ 0; −x, otherwise }")]
    [InlineData(@"\underbrace{a + b}_{\text{bias}} c", "a + b c")]
    public void People_see_no_macros(string formula, string shown) =>
        FormulaPrinter.Display(Formula.Parse(formula).Tree).ShouldBe(shown);

    [Theory]
    [InlineData(0.25, "0.25")]
    [InlineData(-0.0, "0")]
    [InlineData(70e9, "70,000,000,000")]
    [InlineData(1234567.5, "1.23457×10⁶")]
    [InlineData(1e20, "10²⁰")]
    [InlineData(-3.2e-7, "-3.2×10⁻⁷")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NaN, "undefined")]
    public void Numbers_are_written_as_people_write_them(double value, string shown) =>
        NumberText.Of(value).ShouldBe(shown);

    [Fact]
    public void Within_a_list_no_comma_groups_digits() =>
        new NumberArray([2], [7e6, 2]).ToDisplay().ShouldBe("[7×10⁶, 2]");
}
