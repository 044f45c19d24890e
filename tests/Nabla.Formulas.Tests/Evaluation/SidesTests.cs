using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>A formula whose two sides both have values is told to hold or not.</summary>
public sealed class SidesTests
{
    [Theory]
    [InlineData("x > y", 2, "x > y holds: the left side is 5", "x=5", "y=2")]
    [InlineData("3 > 2", 2, "3 > 2 holds: the left side is 3", "x=5")]
    [InlineData(@"|x - y| < \epsilon", 0.1, "does not hold: the left side is 1, the right side 0.1", "x=1", "y=2",
        "epsilon=0.1")]
    [InlineData(@"x \neq y", 3, "does not hold", "x=3", "y=3")]
    [InlineData("y = x^2", 9, "does not hold: the left side is 10, the right side 9", "x=3", "y=10")]
    [InlineData("y = x^2", 9, "both sides have this value", "x=3", "y=9")]
    [InlineData(@"\sum_{i=1}^{n} i = n(n+1)/2", 10, "both sides have this value", "n=4")]
    [InlineData(@"\sum_{i=1}^{n} i = n(n+1)/3", 20.0 / 3, "does not hold: the left side is 10", "n=4")]
    [InlineData("y = x/3", 1e-6, "does not hold", "x=3e-6", "y=9e-6")]
    [InlineData("a + b != c", 0.3, "does not hold", "a=0.1", "b=0.2", "c=0.3")]
    public void What_is_stated_is_compared_and_the_value_stays_that_of_the_right_side(
        string formula, double value, string told, params string[] given)
    {
        EvaluationResult result = Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(given));
        result.Value.Values[0].ShouldBe(value, 1e-12);
        result.Notes.Concat(result.Warnings).ShouldContain(text => text.Contains(told));
        result.Warnings.ShouldNotContain(text => text.StartsWith("y is bound, but"));
    }

    [Fact]
    public void Nothing_finite_is_near_infinity() => Evaluator
        .Evaluate(Formula.Parse("y = 1/x"), Bindings.Parse("x=0", "y=7")).Warnings
        .ShouldContain(text => text.Contains("does not hold"));

    [Theory]
    [InlineData("w = w - 0.1 * g", "w=1", "g=2")]
    [InlineData("f(x) = x^2", "x=3", "f=4")]
    [InlineData(@"x \leftarrow x + 1", "x=1")]
    public void What_gives_a_name_its_value_states_nothing(string formula, params string[] given) =>
        Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(given)).Warnings
            .ShouldNotContain(text => text.Contains("does not hold"));
}
