using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Parsing;

/// <summary>A % behind a number is a percentage, between operands the remainder of a division.</summary>
public sealed class PercentageTests
{
    [Theory]
    [InlineData("50% x", 1)]
    [InlineData("100 * 5%", 5)]
    [InlineData("5% + 3", 3.05)]
    [InlineData("(5%)*x", 0.1)]
    [InlineData("x*50%/2", 0.5)]
    [InlineData("12.5% (x + 6)", 1)]
    [InlineData(@"50\% x", 1)]
    [InlineData("10 % 3", 1)]
    [InlineData("10%3", 1)]
    [InlineData("10% 3", 1)]
    [InlineData("7 % x", 1)]
    [InlineData("7%x", 1)]
    [InlineData("x % 2", 0)]
    [InlineData("(x + 3)% 3", 2)]
    public void What_stands_around_it_decides(string formula, double value) =>
        Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse("x=2")).Value.Values[0].ShouldBe(value, 1e-15);

    [Fact]
    public void A_percentage_of_something_is_said_and_how_to_write_the_remainder()
    {
        Choice choice = Formula.Parse("50% x").Choices.ShouldHaveSingleItem();
        choice.Taken.ShouldBe("50% as a percentage");
        choice.Instead.ShouldContain("remainder");
        Formula.Parse("100 * 5%").Choices.ShouldBeEmpty();
        Formula.Parse("10 % 3").Choices.ShouldBeEmpty();
    }
}
