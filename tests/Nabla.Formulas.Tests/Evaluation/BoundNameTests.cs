using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>The names that are bound say which letters are labels.</summary>
public sealed class BoundNameTests
{
    [Fact]
    public void A_letter_below_a_bound_name_is_one_step_and_does_not_run() => Value(
        @"\mu_\theta(x_t, t) = \frac{1}{\sqrt{\alpha_t}} (x_t - \beta_t \epsilon_\theta(x_t, t))",
        "alpha_t=4", "x_t=[1, 2]", "beta_t=0.5", "epsilon_theta=[2, 4]").ShouldBe([0, 0]);

    [Theory]
    [InlineData("hₜ = Wₓₕxₜ + Wₕₕhₜ₋₁", "W_xh=[[1, 0], [0, 2]]", "x_t=[3, 4]", "W_hh=[[0, 1], [1, 0]]", "h_t-1=[5, 6]")]
    [InlineData("h_t = W_xh x_t + W_hi h_{t-1}", "W_xh=[[1, 0], [0, 2]]", "x_t=[3, 4]", "W_hi=[[0, 1], [1, 0]]",
        "h_t-1=[5, 6]")]
    public void Two_letters_below_are_one_label_where_a_name_with_it_is_bound(string formula, params string[] given) =>
        Value(formula, given).ShouldBe([9, 13]);

    [Fact]
    public void A_tilde_as_typed_is_the_accent() => Value(@"\tilde D x", "D~=2", "x=3").ShouldBe([6]);

    [Fact]
    public void A_bar_over_a_square_is_the_mean_of_the_squares() =>
        Value(@"\overline{x^2} - \overline{x}^2", "x=[1, 3]", "x_bar=2").ShouldBe([1]);

    [Fact]
    public void An_indicator_may_be_written_with_a_plain_1() =>
        Value(@"\sum_{k=1}^{3} 1_{[k \neq 2]} z_k", "z=[1, 10, 100]").ShouldBe([101]);

    [Fact]
    public void What_is_missing_of_a_list_with_dots_is_called_by_its_name() => Should.Throw<FormulaException>(
        () => Value(@"M = \mathrm{Concat}(\mathrm{head}_1, \ldots, \mathrm{head}_h) W", "W=[[1], [1]]"))
        .Message.ShouldStartWith("head is not bound");

    [Theory]
    [InlineData("x=1/2", 0.5)]
    [InlineData("x=-3/4", -0.75)]
    [InlineData("x=[1/4, 1 / 2]", 0.25, 0.5)]
    public void Values_may_be_fractions(string given, params double[] values) =>
        Value("x", given).ShouldBe(values);

    [Theory]
    [InlineData("x=1/0")]
    [InlineData("x=1/2/3")]
    [InlineData("x=1/a")]
    public void What_is_no_fraction_is_refused(string given) =>
        Should.Throw<FormulaException>(() => Bindings.Parse(given)).Message.ShouldContain("no number");

    private static double[] Value(string formula, params string[] given) =>
        [.. Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(given)).Value.Values];
}
