using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>What dots leave out: all terms that are written must agree about it.</summary>
public sealed class DotsTests
{
    [Theory]
    [InlineData("1 + 2 + … + 100", 5050)]
    [InlineData("2+4+\\ldots+10", 30)]
    [InlineData("1+2+4+\\dots+64", 127)]
    [InlineData("1+3+5+\\dots+99", 2500)]
    [InlineData("10 + 7 + … + 1", 22)]
    [InlineData("1^2+3^2+5^2+\\dots+9^2", 165)]
    [InlineData("1\\cdot3\\cdot5\\cdots9", 945)]
    [InlineData("1/2+1/4+1/8+\\dots+1/64", 0.984375)]
    [InlineData("1/2 + 1/3 + … + 1/5", 77.0 / 60)]
    public void The_terms_in_front_say_how_it_goes_on(string formula, double value) =>
        Values.Number(formula).ShouldBe(value, 1e-12);

    [Fact]
    public void Places_in_a_list_may_have_gaps()
    {
        Values.Number("x_1+x_3+x_5+\\dots+x_9", "x=[1,2,3,4,5,6,7,8,9]").ShouldBe(25);
        Values.Of("\\{1,3,5,\\dots,9\\}").ShouldBe(NumberArray.Vector(1, 3, 5, 7, 9));
    }

    [Fact]
    public void The_last_term_may_say_it_with_its_letter()
    {
        Values.Number("1+3+\\dots+(2n-1)", "n=5").ShouldBe(25);
        Values.Number("1+x+x^2+\\dots+x^n", "x=2", "n=4").ShouldBe(31);
        Values.Number("1/2 + 1/4 + … + 1/2^n", "n=6").ShouldBe(0.984375, 1e-12);
    }

    [Theory]
    [InlineData("1/2+1/4+\\dots+1/64")]
    [InlineData("1+3+\\dots+9")]
    public void Two_ways_to_go_on_are_refused_with_both(string formula) =>
        Values.Error(formula).ShouldContain("write a third term");

    [Theory]
    [InlineData("1+2+5+\\dots+64")]
    [InlineData("2+4+6+\\dots+11")]
    public void Terms_that_do_not_agree_are_refused(string formula) =>
        Values.Error(formula).ShouldContain("cannot be told");

    [Fact]
    public void The_end_of_dots_is_a_size_and_no_index()
    {
        Values.Number("y = w_1 x_1 + w_2 x_2 + \\dots + w_n x_n + b", "w=[1,2,3]", "x=[1,1,1]", "b=1").ShouldBe(7);
        Values.Number("\\bar x = (x_1+\\dots+x_n)/n", "x=[1,2,6]").ShouldBe(3);
        Values.Number("z = w_1 x_1 + … + w_d x_d", "w=[1,2,3]", "x=[1,1,1]").ShouldBe(6);
    }
}
