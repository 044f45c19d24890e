using Nabla.Formulas.Printing;

namespace Nabla.Formulas.Tests.Parsing;

/// <summary>Notations as people type them, and the LaTeX of what they mean.</summary>
public sealed class TypedNotationTests
{
    [Theory]
    [InlineData("x^x^x", "x^{x^{x}}")]
    [InlineData("e^-x²/2", @"\frac{e^{-x^{2}}}{2}")]
    [InlineData("2^⌊x/2⌋", @"2^{\left\lfloor\frac{x}{2}\right\rfloor}")]
    [InlineData("p^|x|", @"p^{\left|x\right|}")]
    public void Powers_bind_to_the_right_and_take_brackets(string formula, string latex) => Latex(formula, latex);

    [Theory]
    [InlineData("½mv²", @"\frac{1}{2} m v^{2}")]
    [InlineData("3½ + ⅓x", @"3.5 + \frac{1}{3} x")]
    [InlineData("768 x 16", @"768 \times 16")]
    [InlineData("√max(a, b)", @"\sqrt{\max(a, b)}")]
    [InlineData("√|x|", @"\sqrt{\left|x\right|}")]
    [InlineData("|a − |b||", @"\left|a - \left|b\right|\right|")]
    [InlineData("||a| − |b||", @"\left|\left|a\right| - \left|b\right|\right|")]
    [InlineData("X.T @ X", @"X^{\top} @ X")]
    [InlineData("Σᵧ p(y)", @"\sum_{y} p(y)")]
    [InlineData("out = (in - 1) * s", @"\mathrm{out} = (\mathrm{in} - 1) * s")]
    [InlineData(@"100\%", @"100\%")]
    public void Signs_are_read_as_a_person_reads_them(string formula, string latex) => Latex(formula, latex);

    [Theory]
    [InlineData("W ~ U[-a, a]", @"W \sim U(-a, a)")]
    [InlineData(@"\text{pad}[0] + 1", @"(\mathrm{pad})_{0} + 1")]
    [InlineData(@"\sqrt{fan_{in}}", @"\sqrt{\mathrm{fan}_{\mathrm{in}}}")]
    [InlineData("PP(W)", @"\operatorname{PP}(W)")]
    [InlineData(@"\text{Hit Rate@}K", @"\mathrm{Hit Rate@K}")]
    [InlineData(@"(x)^+ + A^+", @"\max(0, x) + A^{\dagger}")]
    [InlineData(@"\sigma(W \delta(V z))", @"\sigma(W \delta(V z))")]
    [InlineData(@"c^{\langle t-1 \rangle}", "c^{(t-1)}")]
    [InlineData(@"\text{MQA: } K = X W", "K = X W")]
    [InlineData(@"\frac{a}{\text{FP + FN}}", @"\frac{a}{\mathrm{FP} + \mathrm{FN}}")]
    public void Names_and_brackets_mean_what_the_field_means(string formula, string latex) => Latex(formula, latex);

    [Theory]
    [InlineData(@"\max_{0 \le m,n < p} x_{mn}", @"\max_{0 \leq m<p,0 \leq n<p} x_{m,n}")]
    [InlineData(@"\arg\max_{\|w\|=1} w^T S w", @"\arg\max_{\left\|w\right\|=1} w^{\top} S w")]
    [InlineData(@"\int\int\int f dx dy dz", @"\int \int \int f dx dy dz")]
    [InlineData(@"\int_0^1 g(t) \, d(F(t))", @"\int_{0}^{1} g(t) d(F(t))")]
    [InlineData(@"f = \begin{cases} x && x > 0 \\ 0 && x \le 0 \end{cases}",
        @"f = \begin{cases} x & \text{if }x > 0 \\ 0 & \text{if }x \leq 0 \end{cases}")]
    public void Ranges_differentials_and_columns_are_kept(string formula, string latex) => Latex(formula, latex);

    [Fact]
    public void Nested_integrals_take_their_differentials_from_the_inside() =>
        Lisp.Of(@"\int_0^1\int_0^2 x \,dx\,dy").ShouldBe(Lisp.Of(@"\int_0^1 \left(\int_0^2 x \,dx\right) dy"));

    [Fact]
    public void A_sigma_beside_a_mean_is_no_sigmoid()
    {
        Formula style = Formula.Parse(@"y = \sigma(s) \frac{x - \mu(x)}{\sigma(x)} + \mu(s)");
        style.Tree.All().OfType<Trees.Call>().Where(call => call.Letter == "sigma")
            .ShouldAllBe(call => Trees.KnownFunctions.NameOf(call) == null);
    }

    private static void Latex(string formula, string latex) =>
        FormulaPrinter.Latex(Formula.Parse(formula).Tree).ShouldBe(latex);
}
