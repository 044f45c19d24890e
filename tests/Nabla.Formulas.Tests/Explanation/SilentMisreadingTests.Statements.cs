using Nabla.Formulas.Explanation;
using Nabla.Formulas.Printing;

namespace Nabla.Formulas.Tests.Explanation;

public partial class SilentMisreadingTests
{
    public static TheoryData<string, string> Statements => new()
    {
        { @"\tilde\nabla_\theta J = F^{-1} g",
            "the natural gradient, with respect to θ, of J is the inverse of F times g" },
        { @"E[g^2]_t = a", "the running average at step t of g squared is a" },
        { @"\min_{\beta\in\mathbb R^p} f(\beta)", "the minimum over all β in the real vectors of length p of f of β" },
        { @"q-\mathbb{1}_{(e<0)}", "q minus (1 if e is less than 0 and otherwise 0)" },
        { @"y^\top K_y^{-1} y + \log|K_y|",
            "y transposed times the inverse of K_y times y plus the log of the determinant of K_y" },
        { @"\sum_{i,j=1}^{m,n} k(x_i,y_j)", "the sum over i from 1 to m and over j from 1 to n of k of x_i and y_j" },
        { @"a = \underbrace{b}_{\text{`` predicted } x_0\text{''}}", "a is b (predicted x_0)" },
        { @"W_{hi} + W_{hf} + W_{hg} + W_{if}", "W_hi plus W_hf plus W_hg plus W_if" },
        { @"W_{ij} + W_{hf}", "W_i,j plus W_hf" },
        { @"y=ax,~\text{where}~~b=2", "y is a times x, where b is 2" },
        { @"z ~ \mathcal{N}(0,1)", "z is drawn from a normal distribution with mean 0 and variance 1" },
        { @"x^{(i)}", "x^(i)" },
        { @"(I-A)^2", "the square of I minus A" },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public void Statements_are_read_as_written(string formula, string reading) =>
        Explainer.Explain(formula).Reading.ShouldBe(reading);

    [Theory]
    [InlineData(@"\binom{K}{2} a")]
    [InlineData(@"L^{\mathrm{CLIP}} = c")]
    [InlineData(@"B^{\mathrm{gt}} = c")]
    [InlineData(@"\hat{\mathbb{E}}_{t}[x]")]
    [InlineData(@"\underbrace{a}_{\text{random noise}} + b")]
    public void Latex_stays_as_it_was_written(string formula) =>
        FormulaPrinter.Latex(Formula.Parse(formula).Tree).ShouldBe(formula);

    [Fact]
    public void A_row_goes_on_what_the_mean_is_taken_of() => Formula.Parse(
        @"\begin{aligned} J &= \mathbb{E}\left[q\sim P(Q)\right] \\ & \frac{1}{G}\sum_{i=1}^{G} r_i \end{aligned}")
        .Tree.ShouldBeOfType<Trees.Relation>();

    [Fact]
    public void Words_under_a_brace_are_no_symbols() =>
        Explainer.Explain(@"\underbrace{a}_{\text{random noise}} + b").Symbols
            .Select(symbol => symbol.Symbol).ShouldBe(["a", "b"]);
}
