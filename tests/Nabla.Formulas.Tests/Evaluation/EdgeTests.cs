using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Poles, infinite ends, shapes that do not fit: a value as SciPy has it, or an error that says why.</summary>
public sealed class EdgeTests
{
    [Theory]
    [InlineData(@"\binom{200}{3}", 1313400)]
    [InlineData(@"\binom{60}{30}", 118264581564861424.0)]
    [InlineData(@"\binom{3}{5}", 0)]
    [InlineData(@"\binom{2.5}{1.5}", 2.5)]
    [InlineData(@"\binom{-1}{3}", -1)]
    [InlineData(@"\sum_{n=0}^{\infty} \frac{(-1)^n}{n + 1}", 0.69314718055994529)]
    [InlineData(@"\prod_{n=1}^{\infty} \frac{1}{2}", 0)]
    [InlineData(@"\int_{\infty}^{0} e^{-x} dx", -1)]
    [InlineData(@"\int_{0}^{-\infty} e^{x} dx", -1)]
    [InlineData(@"\int_{2}^{0} x dx", -2)]
    [InlineData("σ'(1)", 0.19661193324148185)]
    [InlineData(@"\tanh''(0.5)", -0.72686198138358726)]
    [InlineData("σ'(2 · 0.5) + 1", 1.1966119332414818)]
    public void What_has_a_value_has_it(string formula, double value) =>
        Values.Number(formula).ShouldBe(value, 1e-9 * (1 + Math.Abs(value)));

    [Theory]
    [InlineData("N = G (C/6)^a", 2.8284271247461903, "G=2", "C=12", "a=0.5")]
    [InlineData("y = V(1-p)^2", 0.75, "V=3", "p=0.5")]
    [InlineData("y = V(s + 1)", 3, "V=3")]
    [InlineData("g = c min(1, max_norm / n)", 1, "c=2", "max_norm=1", "n=2")]
    [InlineData(@"y = x * \text{Tanh}(\text{Softplus}(x))", 0.86509838826731034, "x=1")]
    public void Names_before_brackets_are_what_their_writer_bound(string formula, double value, params string[] with) =>
        Values.Number(formula, with).ShouldBe(value, 1e-9);

    [Theory]
    [InlineData("digamma(x)", -2.5, 9.53924664498912)] // mpmath.psi(1, -2.5)
    [InlineData("digamma(x)", -1e9 - 0.5, 9.8696044)]
    [InlineData(@"\binom{x}{2}", 300, 299.5)]
    public void Slopes_are_right_below_0_and_far_out(string formula, double x, double slope) =>
        Values.Gradients(formula, ["x"], FormattableString.Invariant($"x={x:R}")).Gradients["x"].Values[0]
            .ShouldBe(slope, 1e-6 * Math.Abs(slope));

    [Fact]
    public void The_slope_of_a_binomial_is_that_of_differences()
    {
        EvaluationResult result = Values.Gradients(@"\binom{n}{k}", ["n", "k"], "n=7.5", "k=2.25");
        const double h = 1e-5;
        result.Gradients["n"].Values[0].ShouldBe((At(7.5 + h, 2.25) - At(7.5 - h, 2.25)) / (2 * h), 1e-6);
        result.Gradients["k"].Values[0].ShouldBe((At(7.5, 2.25 + h) - At(7.5, 2.25 - h)) / (2 * h), 1e-6);

        static double At(double n, double k) => Values.Number(
            @"\binom{n}{k}", FormattableString.Invariant($"n={n:R}"), FormattableString.Invariant($"k={k:R}"));
    }

    [Fact]
    public void A_pole_of_the_gamma_function_has_no_value() =>
        double.IsNaN(Values.Number(@"\Gamma(x)", "x=-3")).ShouldBeTrue();

    [Fact]
    public void The_log_of_a_sum_of_powers_takes_infinite_ones()
    {
        Values.Number("logsumexp(x)", "x=[-1e999]")
            .ShouldBe(double.NegativeInfinity);
        Values.Number("logsumexp(x)", "x=[1,1e999]").ShouldBe(double.PositiveInfinity);
        Values.Number("logsumexp(x)", "x=[-1e999,3]").ShouldBe(3);
    }

    [Theory]
    [InlineData(@"\sum_{n=0}^{\infty} (-1)^n", "converge")]
    [InlineData(@"\sum_{n=1}^{\infty} (-1)^n (1 + \frac{1}{n})", "converge")]
    [InlineData(@"\sum_{n=0.5}^{\infty} 2^{-n}", "whole number")]
    [InlineData(@"\sum_{k \in \{1, \dots, m\}} k", "too many", "m=1e9")]
    [InlineData("outer(A, b)", "two vectors", "A=[[1,2],[3,4]]", "b=[1,2]")]
    [InlineData("attention(a, b, c)", "matrices", "a=1", "b=2", "c=3")]
    [InlineData("S^{1/2}", "no real square root", "S=[[0,2],[0,0]]")]
    [InlineData(@"\mathbb{E}_{x \sim N(0), y \sim N(0, 1)}[x y]", "1 settings")]
    [InlineData(@"\mathbb{1}[x \in \{1, 2\} = y]", "∈", "x=1", "y=1")]
    public void What_has_no_value_says_why(string formula, string says, params string[] bindings) =>
        Values.Error(formula, bindings).ShouldContain(says);

    [Fact]
    public void Samples_have_the_covariance_that_is_written()
    {
        EvaluationResult result = Values.Result(
            @"\mathbb{E}_{x \sim \mathcal{N}(\mu, S)}[(a^T x)^2]", "a=[1,1]", "mu=[1,2]", "S=[[2,0.5],[0.5,1]]");
        result.Value.Values[0].ShouldBe(3 * 3 + 4, 5 * result.StandardError.ShouldNotBeNull());
    }

    [Fact]
    public void Numbers_are_found_by_as_many_indices_as_there_are_dimensions()
    {
        var table = NumberArray.Parse("[[1,2],[3,4]]");
        table[1, 0].ShouldBe(3);
        Should.Throw<ArgumentException>(() => table[1]);
        Should.Throw<ArgumentOutOfRangeException>(() => table[0, 2]);
    }

    [Fact]
    public void A_long_list_is_shown_by_its_beginning()
    {
        NumberArray.Vector(1, 2.5, 3).ToDisplay().ShouldBe("[1, 2.5, 3]");
        string shown = NumberArray.Vector([.. Enumerable.Repeat(0.25, 1_000_000)]).ToDisplay(40);
        shown.ShouldStartWith("[0.25, 0.25, ");
        shown.ShouldEndWith(", …]");
        shown.Length.ShouldBeLessThan(60);
    }
}
