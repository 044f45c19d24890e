using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Roots and logarithms are whole where they are whole on paper.</summary>
public sealed class RootAndLogarithmTests
{
    [Fact]
    public void Odd_roots_of_negative_numbers_are_real_and_undo_the_power()
    {
        for (int n = 3; n <= 9; n += 2)
            for (int root = -5; root < 0; root++)
                Value($@"\sqrt[{n}]{{x}}", $"x={Math.Pow(root, n)}").ShouldBe(root, 1e-14 * -root);
        Value(@"\sqrt[3]{-8}", "x=0").ShouldBe(-2);
        Value(@"\sqrt[4]{x}", "x=-16").ShouldBe(double.NaN);
        Value(@"x^{1/3}", "x=-8").ShouldBe(double.NaN);
    }

    [Fact]
    public void An_odd_root_slopes_as_its_inverse_says()
    {
        EvaluationResult result = Evaluator.Evaluate(Formula.Parse(@"\sum_i \sqrt[3]{x_i}"),
            Bindings.Parse("x=[-8,27,-1]"), new() { Gradients = ["x"] });
        result.Value.Values[0].ShouldBe(0, 1e-14);
        result.Gradients["x"].Values.ToArray().Zip([1 / 12.0, 1 / 27.0, 1 / 3.0])
            .ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-14);
    }

    [Fact]
    public void Logarithms_of_powers_of_their_base_are_whole()
    {
        for (int n = -20; n <= 20; n++)
        {
            Value(@"\log_2 x", $"x={Math.Pow(2, n):R}").ShouldBe(n);
            Value(@"\lg x", $"x=1e{n}").ShouldBe(n);
        }
    }

    [Theory]
    [InlineData(@"\binom{5}{2}", 10)]
    [InlineData(@"\mathbb{E}_{x \sim N(0,1)}[x^2]", 1)]
    [InlineData(@"\sum_{i=1}^{4} i", 10)]
    public void What_has_no_free_symbol_is_computed_unasked(string formula, double value) =>
        Explainer.Explain(formula).Value.ShouldNotBeNull().Values[0].ShouldBe(value, 1e-6);

    [Fact]
    public void Why_nothing_comes_out_of_a_sum_is_said()
    {
        Explainer.Explain(@"\sum_{n=1}^{\infty} \frac{1}{n}").Warnings.ShouldHaveSingleItem().ShouldContain("converge");
        Explainer.Explain(@"x \in \{0, 1\}").Warnings.ShouldBeEmpty();
    }

    private static double Value(string formula, string with) =>
        Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(with)).Value.Values[0];
}
