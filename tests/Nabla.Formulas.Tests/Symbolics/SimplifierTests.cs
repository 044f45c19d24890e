using Nabla.Formulas.Symbolics;

namespace Nabla.Formulas.Tests.Symbolics;

public class SimplifierTests
{
    [Theory]
    [InlineData("1/2*2*x", "x")]
    [InlineData("x*x", "x^2")]
    [InlineData("x + x", "2 x")]
    [InlineData("0*x + 1*y + 0", "y")]
    [InlineData("e^a*e^b", "e^(a + b)")]
    [InlineData("log(e^x)", "x")]
    [InlineData("log(exp(x))", "x")]
    [InlineData("e^(log(x))", "x")]
    [InlineData("e^(2*log(x))", "x^2")]
    [InlineData("sigma(x)*(1 - sigma(x))", "sigma(x) (1 - sigma(x))")]
    [InlineData("-(-x)", "x")]
    [InlineData("-2*(y - x)", "2 (x - y)")]
    [InlineData("y^2 + x^2 + 2*x*y", "x^2 + 2 x y + y^2")]
    [InlineData("1 + x^2 + x", "x^2 + x + 1")]
    [InlineData("3*(x + 1) + 2*(x + 1)", "5 (x + 1)")]
    [InlineData("sqrt(x)*sqrt(x)", "x")]
    [InlineData("sqrt(x^2)", "|x|")]
    [InlineData("sqrt(4*x)", "2 sqrt(x)")]
    [InlineData("2/sqrt(2)", "sqrt(2)")]
    [InlineData("1/3 + 1/6", "1/2")]
    [InlineData("0.1*x*3", "0.3 x")]
    [InlineData("x^0", "1")]
    [InlineData("(x^2 + x)/x", "x + 1")]
    [InlineData("x/y*y", "x")]
    [InlineData("SUM(i, 2*x_i)", "2 SUM(i, x_i)")]
    [InlineData("SUM(i, 1, n, c)", "c n")]
    [InlineData("(A B)'", "B' A'")]
    [InlineData("B A x", "B A x")]
    [InlineData("(x - 1)*(x + 1) - x^2", "-1")]
    [InlineData("2^3*5", "40")]
    [InlineData("2^x*2", "2 . 2^x")]
    [InlineData("|-3*x^2*y|", "3 x^2 |y|")]
    public void Formulas_take_the_form_that_a_person_would_write(string formula, string expected) =>
        Shown.Of(Simplifier.Simplify(Notation.Read(formula))).ShouldBe(expected);
}
