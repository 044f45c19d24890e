using System.Text.Json;

namespace Nabla.Cli.Tests.Calculus;

/// <summary>What a function that has no minimum, or more than one, is said to have; and the digits of a run.</summary>
public sealed class EndlessDescentTests
{
    [Theory]
    [InlineData("exp(-x)", "x=0", 0)]
    [InlineData("log(1+e^{-x})", "x=0", 0)]
    [InlineData("tanh(x)", "x=0", -1)]
    [InlineData("1/(1+x^2)", "x=1", 0)]
    [InlineData("1/x", "x=1", 0)]
    [InlineData("log(1+e^{-2w})+log(1+e^{-3w})", "w=1", 0)]
    public void What_only_nears_a_bound_has_no_minimum(string formula, string from, double bound)
    {
        JsonElement json = Descend(formula, from);
        json.GetProperty("minimum").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("level_place").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("verdict").GetString().ShouldBe("no minimum");
        json.GetProperty("approached").GetDouble().ShouldBe(bound, 1e-3);
        InProcess.Run("descend", formula, "--from", from).Output.ShouldContain("goes on for ever");
    }

    [Theory]
    [InlineData("(w-3)^2", "w=10", 3)]
    [InlineData("x^8", "x=2", 0)]
    [InlineData("max(0,1-x)", "x=0", 1)]
    [InlineData("max(0,1-x)^2", "x=0", 1)]
    [InlineData("|x-1|", "x=3", 1)]
    [InlineData("log(1+e^{-x})+0.1x^2", "x=4", 1.5)]
    [InlineData("(x-2)^2*e^{-x}", "x=1", 2)]
    public void Minima_that_are_there_stay(string formula, string from, double minimum)
    {
        JsonElement json = Descend(formula, from);
        json.GetProperty("minimum")[0].GetDouble().ShouldBe(minimum, 0.6);
        json.GetProperty("approached").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void A_minimum_is_called_local_where_another_is_lower()
    {
        JsonElement json = Descend("x^4-2x^2+0.3x", "x=2", "--lr", "0.01");
        json.GetProperty("minimum")[0].GetDouble().ShouldBe(0.96015, 1e-3);
        json.GetProperty("lower_place").GetProperty("at")[0].GetDouble().ShouldBe(-1.0356, 1e-3);
        InProcess.Run("descend", "x^4-2x^2+0.3x", "--from", "x=2", "--lr", "0.01").Output.ShouldContain(
            "local minimum is");
        Descend("x^4-2x^2+0.3x", "x=-2", "--lr", "0.01").GetProperty("lower_place").ValueKind
            .ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("|x| + y^2", "x=1,y=2", 0, 0)]
    [InlineData("|x| + |y|", "x=1,y=2", 0, 0)]
    [InlineData("(x-0.1)^2 + 0.5|x| + (y-2)^2", "x=3,y=1", 0, 2)]
    [InlineData("max(0,1-x-y) + 0.1(x^2+y^2)", "x=-1,y=0", 0.5, 0.5)]
    [InlineData("max(x,-x) + y^2", "x=1,y=1", 0, 0)]
    [InlineData("sqrt(x^2+y^2)", "x=1,y=2", 0, 0)]
    [InlineData("max(|x|, |y|)", "x=1,y=1.5", 0, 0)]
    public void A_minimum_at_a_corner_is_found(string formula, string from, double x, double y)
    {
        JsonElement json = Descend(formula, from);
        json.GetProperty("minimum")[0].GetDouble().ShouldBe(x, 1e-4);
        json.GetProperty("minimum")[1].GetDouble().ShouldBe(y, 1e-4);
        json.GetProperty("unbounded_below").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("x + y^2", "x=0,y=1")]
    [InlineData("-x^2 + y^2", "x=0.1,y=1")]
    [InlineData("|x| - y", "x=1,y=1")]
    public void What_falls_for_ever_is_said_to(string formula, string from)
    {
        Descend(formula, from).GetProperty("unbounded_below").GetBoolean().ShouldBeTrue();
        InProcess.Run("descend", formula, "--from", from).Output.ShouldContain("goes down without end");
    }

    [Fact]
    public void One_number_may_near_a_bound_while_the_other_has_a_minimum() =>
        Descend("log(1 + e^{-x}) + y^2", "x=0,y=1").GetProperty("approached").GetDouble().ShouldBe(0, 1e-3);

    [Theory]
    [InlineData("(w-3)^2", "w=10", 9.981476e-9)]
    [InlineData("(w-3)^2", "w=1e3", 2.0248321e-4)]
    public void A_loss_near_0_has_the_digits_of_doubles(string formula, string from, double loss) =>
        Descend(formula, from).GetProperty("steps")[50].GetProperty("loss").GetDouble().ShouldBe(loss, 1e-5 * loss);

    private static JsonElement Descend(string formula, params string[] arguments) =>
        InProcess.Run(["descend", formula, "--from", .. arguments, "--json"]).Json;
}
