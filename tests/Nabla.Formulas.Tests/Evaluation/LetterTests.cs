using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>By which names letters are bound, and what letters and signs stand for that have two forms.</summary>
public sealed class LetterTests
{
    [Theory]
    [InlineData("\\varsigma x", "varsigma=5")]
    [InlineData("\\varsigma x", "sigma=5")]
    [InlineData("\\sigma x", "varsigma=5")]
    [InlineData("\\vartheta x", "theta=5")]
    [InlineData("ϱ x", "varrho=5")]
    [InlineData("\\varkappa x", "varkappa=5")]
    [InlineData("\\varphi x", "varphi=5")]
    [InlineData("\\varpi x", "varpi=5")]
    public void One_form_of_a_letter_is_the_letter(string formula, string binding) =>
        Values.Number(formula, binding, "x=2").ShouldBe(10);

    [Theory]
    [InlineData("\\theta - \\vartheta", "theta=5", "vartheta=2")]
    [InlineData("\\sigma - \\varsigma", "sigma=5", "varsigma=2")]
    [InlineData("σ - ς", "sigma=5", "varsigma=2")]
    [InlineData("\\epsilon - \\varepsilon", "epsilon=5", "varepsilon=2")]
    [InlineData("\\phi - \\varphi", "phi=5", "varphi=2")]
    public void Both_forms_are_two_letters(string formula, string one, string other)
    {
        Values.Number(formula, one, other).ShouldBe(3);
        Values.Error(formula, one).ShouldContain("var");
    }

    [Fact]
    public void The_form_is_kept_in_latex()
    {
        Latex("\\vartheta x").ShouldBe("\\vartheta x");
        Latex("\\theta - \\vartheta").ShouldBe("\\theta - \\vartheta");
        Latex("\\boldsymbol{\\varepsilon} x").ShouldBe("\\boldsymbol{\\varepsilon} x");
    }

    [Fact]
    public void A_pi_that_looks_like_a_share_is_told()
    {
        Values.Error("\\varpi x", "x=2").ShouldContain("varpi is not bound");
        Values.Result("(1-\\pi) x", "x=2").Warnings.ShouldContain(warning => warning.Contains("pi=VALUE"));
        Values.Result("(1-\\pi) x", "x=2", "pi=0.5").Warnings.ShouldBeEmpty();
        Values.Result("2\\pi r", "r=2").Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void An_arrow_is_no_part_of_a_name_that_has_no_other()
    {
        Values.Number("\\vec\\chi^\\top \\vec\\chi", "chi=[3,4]").ShouldBe(25);
        Values.Number("r = |\\vec r|", "r_vec=[3,4]").ShouldBe(5);
    }

    [Fact]
    public void A_subscript_says_how_steep_a_function_is()
    {
        Values.Number("\\mathrm{Swish}_\\beta(1)", "beta=3").ShouldBe(1 / (1 + Math.Exp(-3)), 1e-12);
        Values.Number("\\mathrm{softplus}_\\beta(1)", "beta=3").ShouldBe(Math.Log(1 + Math.Exp(3)) / 3, 1e-12);
        Values.Gradients("\\mathrm{Swish}_\\beta(1)", ["beta"], "beta=0").Gradients["beta"].Values[0]
            .ShouldBe(0.25, 1e-12);
        Values.Error("\\mathrm{Swish}_\\beta(1)").ShouldContain("beta is not bound");
    }

    [Fact]
    public void Lg_is_to_the_base_10()
    {
        Values.Number("\\lg 100").ShouldBe(2);
        Formula.Parse("\\lg 100").Choices.ShouldContain(choice => choice.Instead.Contains("base 2"));
    }

    [Theory]
    [InlineData("1\\mathrm{e}{-3}\\,x", 0.008)]
    [InlineData("2\\text{e}{-}3 x", 0.016)]
    public void An_upright_e_behind_a_number_is_a_power_of_ten(string formula, double expected) =>
        Values.Number(formula, "x=8").ShouldBe(expected, 1e-15);

    [Fact]
    public void Two_digits_are_the_element_of_a_small_matrix()
    {
        Values.Number("A_{12}", "A=[[1,2],[3,4]]").ShouldBe(2);
        Values.Number("x_{12}", "x=[1,2,3,4,5,6,7,8,9,10,11,12]").ShouldBe(12);
    }

    [Fact]
    public void Ones_are_as_many_as_fit()
    {
        Values.Number("\\mathbf{1}^\\top x", "x=[3,-4]").ShouldBe(-1);
        Values.Number("\\frac{1}{n}\\mathbf{1}^\\top X \\mathbf{1}", "X=[[3,-4],[1,5]]", "n=2").ShouldBe(2.5);
        Values.Of("X \\mathbf{1}", "X=[[3,-4],[1,5]]").ShouldBe(NumberArray.Vector(-1, 6));
    }

    [Fact]
    public void A_row_that_nobody_chose_is_told()
    {
        Values.Result("A_{i,:}", "A=[[1,2],[3,4]]").Warnings.ShouldContain(warning => warning.Contains("all i"));
        Values.Result("A_{i,:}", "A=[[1,2],[3,4]]", "i=2").Warnings.ShouldBeEmpty();
        Values.Result("y_i = A_{i,:}", "A=[[1,2],[3,4]]").Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Two_indices_run_to_their_own_ends() =>
        Values.Number("\\sum_{i,j=1}^{m,n} x_i y_j", "x=[1,2]", "y=[3,4,5]", "m=2", "n=2").ShouldBe(21);

    [Theory]
    [InlineData("y=x+~2z", 11)]
    [InlineData("y=\\frac{x}{2}~z", 7.5)]
    [InlineData("y=x~~z", 15)]
    public void A_tilde_can_be_a_blank(string formula, double expected) =>
        Values.Number(formula, "x=5", "z=3").ShouldBe(expected);

    private static string Latex(string formula) =>
        FormulaPrinter.Latex(Formula.Parse(formula).Tree);
}
