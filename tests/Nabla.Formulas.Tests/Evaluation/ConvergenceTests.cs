using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Limits, sums and integrals without an end: what is not there is refused, what is narrow is found.</summary>
public sealed class ConvergenceTests
{
    [Theory]
    [InlineData("\\lim_{x\\to\\infty} \\sin(\\pi x)")]
    [InlineData("\\lim_{x\\to\\infty} \\cos(2\\pi x)")]
    [InlineData("\\lim_{n\\to\\infty} (-1)^n")]
    [InlineData("\\lim_{x\\to 0} \\sin(\\pi/x)")]
    public void What_swings_for_ever_has_no_limit(string formula) =>
        Values.Error(formula).ShouldContain("do not settle");

    [Theory]
    [InlineData("\\lim_{n\\to\\infty} (1+1/n)^n", Math.E)]
    [InlineData("\\lim_{x\\to 0} \\sin(x)/x", 1)]
    [InlineData("\\lim_{x\\to\\infty} (2x+1)/(x-3)", 2)]
    public void Limits_are_extrapolated(string formula, double value) =>
        Values.Number(formula).ShouldBe(value, 1e-9);

    [Theory]
    [InlineData("\\sum_{n=0}^{\\infty} e^{-(n-1000)^2}", 1.7726372048266521)]
    [InlineData("\\int_{-\\infty}^{\\infty} e^{-(x-1000)^2} dx", 1.7724538509055159)]
    [InlineData("\\int_0^1 e^{-10^8(x-0.3)^2} dx", 1.7724538509055159e-4)]
    public void A_narrow_peak_far_away_is_found(string formula, double value) =>
        Values.Number(formula).ShouldBe(value, 1e-10);

    // scipy.stats and scipy.integrate.quad, 1.10: the same numbers.
    [Theory]
    [InlineData("\\mathbb{E}_{x\\sim N(0,1)}[1[x>0]]", 0.5, 1e-6)]
    [InlineData("\\mathbb{E}_{x\\sim N(0,1)}[|x|]", 0.79788456080286541, 1e-5)]
    [InlineData("\\mathbb{E}_{x\\sim N(0,1)}[e^{10x}] / e^{50}", 1, 1e-9)]
    [InlineData("\\mathbb{E}_{x\\sim U(0,1)}[\\log x]", -1, 1e-9)]
    [InlineData("\\mathbb{E}_{x\\sim U(0,1)}[1/\\sqrt{x}]", 2, 1e-5)]
    [InlineData("\\mathbb{E}_{x\\sim U(0,2)}[x^3]", 2, 1e-9)]
    public void Expectations_are_integrals(string formula, double value, double error) =>
        Values.Number(formula).ShouldBe(value, error);

    [Fact]
    public void A_rough_expectation_tells_its_error_and_one_that_is_not_there_is_told()
    {
        Values.Result("\\mathbb{E}_{x\\sim N(0,1)}[1[x>1]]").Warnings
            .ShouldContain(warning => warning.Contains("error"));
        Values.Result("\\mathbb{E}_{x\\sim N(0,1)}[e^{x^2}]").Warnings
            .ShouldContain(warning => warning.Contains("not finite"));
    }

    [Fact]
    public void The_error_of_a_sampled_value_is_that_of_the_value()
    {
        double one = Values.Result("\\mathbb{E}_{x\\sim N(0,1),y\\sim N(0,1)}[xy]").StandardError!.Value;
        double hundred = Values.Result("100 \\mathbb{E}_{x\\sim N(0,1),y\\sim N(0,1)}[xy]").StandardError!.Value;
        (hundred / one).ShouldBeInRange(40, 250); // of 16 batches, so it is known to a third
    }

    [Fact]
    public void A_deviation_stands_second_only_by_its_letter()
    {
        double density = 1 / (2 * Math.Sqrt(2 * Math.PI));
        Values.Number("N(x; \\mu, \\sigma)", "x=0", "mu=0", "sigma=2").ShouldBe(density, 1e-12);
        Values.Number("N(x; \\mu, \\sigma^2)", "x=0", "mu=0", "sigma=2").ShouldBe(density, 1e-12);
        Values.Number("N(x; \\mu, v)", "x=0", "mu=0", "v=4").ShouldBe(density, 1e-12);
        Values.Number("\\mathbb{E}_{x\\sim N(0,\\sigma)}[x^2]", "sigma=2").ShouldBe(4, 1e-9);
    }

    [Fact]
    public void Where_no_derivative_goes_through_none_is_given()
    {
        EvaluationResult counted = Values.Gradients("\\sum_{i=1}^{N} x", ["N", "x"], "N=5", "x=2");
        counted.Gradients.Keys.ShouldBe(["x"]);
        counted.Warnings.ShouldContain(warning => warning.Contains("left out"));
        Values.Gradients("\\mathbb{E}_{z\\sim N(\\mu,1)}[1[z>0]]", ["mu"], "mu=0").Gradients.ShouldBeEmpty();
    }

    [Fact]
    public void A_limit_of_what_does_not_vary_asks_for_it_once()
    {
        Formula chain = Formula.Parse(string.Concat(Enumerable.Repeat(@"\lim_{x \to 0} 2 ", 30)) + "y");
        Evaluator.Evaluate(chain, Bindings.Parse(["y=1"]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Evaluator.Evaluate(chain, Bindings.Parse(["y=1"])).Value.Values[0].ShouldBe(Math.Pow(2, 30));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(5_000_000);
    }
}
