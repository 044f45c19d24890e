using Nabla.Formulas.Printing;
using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Symbolics;

public class DifferentiatorTests
{
    [Theory]
    [InlineData("x^2 + 2*x*y + y^2", "x", "2 x + 2 y")]
    [InlineData("(w - 3)^2", "w", "2 (w - 3)")]
    [InlineData("(y - w)^2", "w", "2 (w - y)")]
    [InlineData("x^n", "x", "n x^(n - 1)")]
    [InlineData("a^x", "x", "a^x log(a)")]
    [InlineData("x^x", "x", "x^x (1 + log(x))")]
    [InlineData("e^(2*x)", "x", "2 e^(2 x)")]
    [InlineData("exp(-x^2/2)", "x", "-x e^(-x^2/2)")]
    [InlineData("1/x", "x", "-1/x^2")]
    [InlineData("x/(1 + x)", "x", "1/(x + 1)^2")]
    [InlineData("sqrt(x)", "x", "1/(2 sqrt(x))")]
    [InlineData("root(x, 3)", "x", "1/(3 x^(2/3))")]
    [InlineData("log(x)", "x", "1/x")]
    [InlineData("x*log(x)", "x", "1 + log(x)")]
    [InlineData("sin(x)*cos(x)", "x", "cos(x)^2 - sin(x)^2")]
    [InlineData("tanh(x)", "x", "1 - tanh(x)^2")]
    [InlineData("sigma(x)", "x", "sigma(x) (1 - sigma(x))")]
    [InlineData("log(sigma(x))", "x", "1 - sigma(x)")]
    [InlineData("1/(1 + e^(-x))", "x", "e^(-x)/(1 + e^(-x))^2")]
    [InlineData("x*sigma(x)", "x", "sigma(x) (1 + x (1 - sigma(x)))")]
    [InlineData("softplus(x)", "x", "sigma(x)")]
    [InlineData("ReLU(x)", "x", "[x > 0]")]
    [InlineData("max(0, x)", "x", "[x > 0]")]
    [InlineData("|x|", "x", "sign(x)")]
    [InlineData("f(x^2)", "x", "2 x fPRIME(x^2)")]
    [InlineData("IF(x, x^2, 3*x)", "x", "IF(2 x; 3)")]
    [InlineData("A/N^alpha", "N", "-A alpha/N^(alpha + 1)")]
    [InlineData("x^2*e^x", "x", "x (x + 2) e^x")]
    [InlineData("c", "x", "0")]
    public void Functions_of_numbers(string formula, string by, string expected) => Check(formula, by, expected);

    [Theory]
    [InlineData(@"\int_0^x t^2 dt", "x^{2}")]
    [InlineData(@"\int_x^1 t^2 dt", "-x^{2}")]
    [InlineData(@"\int_0^{x^2} e^t dt", "2 x e^{x^{2}}")]
    public void Ends_of_integrals(string formula, string expected) => FormulaPrinter.Latex(
        Differentiator.Derivative(Formula.Parse(formula).Tree, new Symbol("x"))!.Formula).ShouldBe(expected);

    [Theory]
    [InlineData("SUM(i, w_i*x_i)", "x", "w_i")]
    [InlineData("SUM(i, w_i*x_i)", "x_k", "w_k")]
    [InlineData("SUM(i, 1, n, (y_i - z_i)^2)/n", "z", "2 (z_i - y_i)/n")]
    [InlineData("-SUM(i, p_i*log(q_i))", "q", "-p_i/q_i")]
    [InlineData("log(SUM(i, e^(z_i)))", "z", "e^z_k/SUM(i, e^z_i)")]
    [InlineData("SUM(i, SUM(j, a_i_j*x_i*x_j))", "a", "x_i x_j")]
    [InlineData("SUM(i, x_i*x_(i+1))", "x", "x_i+1 + x_i-1")]
    [InlineData("SUM(i, a*x_i)", "a", "SUM(i, x_i)")]
    [InlineData("-SUM(x, p(x)*log(q(x)))", "q", "-p(x)/q(x)")]
    [InlineData("PROD(i, x_i)", "x", "PRODUCT(i, x_i)/x_k")]
    public void Sums_and_products(string formula, string by, string expected) => Check(formula, by, expected);

    [Theory]
    [InlineData("w' x + b", "x", "w")]
    [InlineData("w' x + b", "w", "x")]
    [InlineData("w' x + b", "b", "1")]
    [InlineData("x' A x", "x", "(A + A') x")]
    [InlineData("NORM(x)^2", "x", "2 x")]
    [InlineData("NORM(A x - b)^2", "x", "2 A' (A x - b)")]
    [InlineData("NORM(A x - b)^2", "A", "2 (A x - b) x'")]
    [InlineData("NORM(x)", "x", "x/NORM(x)")]
    [InlineData("W ~x + b", "x", "W")]
    [InlineData("tr(A X)", "X", "A'")]
    [InlineData("tr(X' X)", "X", "2 X")]
    [InlineData("log(det(X))", "X", "(INV(X))'")]
    [InlineData("FROB(X)^2", "X", "2 X")]
    [InlineData("logsumexp(z)", "z", "softmax(z)")]
    [InlineData("-y' log(softmax(z))", "z", "SUM(i, y_i) softmax(z) - y")]
    [InlineData("~x . ~y", "x", "y")]
    [InlineData("sigma(w' x)", "w", "sigma(w' x) (1 - sigma(w' x)) x")]
    [InlineData("(w' x - y)^2", "w", "2 (w' x - y) x")]
    [InlineData("NORM(y - X w)^2 + lambda*NORM(w)^2", "w", "2 lambda w + 2 X' (X w - y)")]
    [InlineData("sigma(~x)", "x", "sigma(x) o (1 - sigma(x))")]
    [InlineData("softmax(~x)", "x", "diag(softmax(x)) - softmax(x) softmax(x)'")]
    [InlineData("sigma(W ~x)", "x", "diag(sigma(W x) (1 - sigma(W x))) W")]
    public void Vectors_and_matrices(string formula, string by, string expected) => Check(formula, by, expected);

    private static void Check(string formula, string by, string expected)
    {
        SymbolicDerivative? derivative = Differentiator.Derivative(Notation.Read(formula), Notation.Name(by));
        derivative.ShouldNotBeNull();
        Shown.Of(derivative.Formula).Replace("_prime", "PRIME").ShouldBe(expected);
    }
}
