using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Spellings of papers whose value readers found wrong, against the value that their authors mean.</summary>
public sealed class PaperHabitTests
{
    [Theory]
    [InlineData(@"y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+1}}a, \mu=\frac1n\sum_i x_i, \sigma^2=\frac1n\sum_i(x_i-\mu)^2",
        "[-1.5, 1.5]", "x=[1,3]", "a=2.1213203435596424", "n=2")]
    [InlineData(@"\mu=\frac1n\sum_i x_i; \sigma^2=\frac1n\sum_i(x_i-\mu)^2; y = \mu + 3\sigma", "5", "x=[1,3]", "n=2")]
    [InlineData(@"6 \times 7\times 10^9 \times 2\text{e}12", "8.4e22")]
    [InlineData(@"3\mathrm{e}-4 + 1\mathrm{e}{-4}", "0.0004")]
    [InlineData("‖x‖∞ + 1", "4", "x=[1,-3]")]
    [InlineData("‖x‖2", "5", "x=[3,-4]")]
    [InlineData(@"g^{\operatorname{floor}(a/b)}", "0.25", "g=0.5", "a=25", "b=10")]
    [InlineData("x[(i+1) % n]", "3", "x=[1,3,5]", "i=1", "n=3")]
    [InlineData("x[i//2]", "3", "x=[1,3,5]", "i=4")]
    public void A_paper_means_this_value(string formula, string value, params string[] given)
    {
        NumberArray expected = Bindings.Parse([$"v={value}"])["v"];
        Values.ShouldBeNear(Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(given)).Value, expected,
            1e-12 * (1 + Math.Abs(expected.Values[0])), formula);
    }
}
