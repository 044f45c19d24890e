using System.Text.Json;

namespace Nabla.Cli.Tests.Calculus;

/// <summary>Places at which a function has no tangent are told as what they are.</summary>
public sealed class KinkTests
{
    [Theory]
    [InlineData("|x-1|+|y|", "x=1,y=2", "corner along x: on the left the slope is −1, on the right 1")]
    [InlineData("|y|+x", "x=1,y=0", "corner along y: on the left the slope is −1, on the right 1")]
    [InlineData("max(x,y)", "x=1,y=1", "corner along x: on the left the slope is 0, on the right 1")]
    [InlineData("\\|x\\|", "x=[0,0]", "corner along x_1: on the left the slope is −1, on the right 1")]
    [InlineData("sqrt(x^2)", "x=0", "corner: on the left the slope is −1, on the right 1")]
    [InlineData("max(0,x)", "x=0", "any slope between the two will do, and 0.5 is taken")]
    [InlineData("relu(x)", "x=0", "any slope between the two will do, and 0 is taken")]
    public void A_corner_is_one_and_has_a_formula_and_no_tangent(string formula, string at, string said)
    {
        Grad(formula, at).GetProperty("tangent").ValueKind.ShouldBe(JsonValueKind.Null);
        string output = InProcess.Run("grad", formula, "--at", at).Output;
        string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldContain(said);
        output.ShouldNotContain("Tangent line:");
        output.ShouldNotContain("Tangent plane:");
        output.ShouldNotContain("no formula");
    }

    [Theory]
    [InlineData("sign(x)", "x=0")]
    [InlineData("floor(x)", "x=2")]
    public void A_jump_is_one(string formula, string at)
    {
        Grad(formula, at).GetProperty("tangent").ValueKind.ShouldBe(JsonValueKind.Null);
        InProcess.Run("grad", formula, "--at", at).Output.ShouldContain("Here the value jumps");
    }

    [Theory]
    [InlineData("log(x)", "x=-1")]
    [InlineData("sin(x)/x", "x=0")]
    public void Where_there_is_no_value_there_are_no_derivatives(string formula, string at)
    {
        string output = InProcess.Run("grad", formula, "--at", at).Output;
        output.ShouldContain("It is not defined here");
        output.ShouldNotContain("Second derivative");
    }

    [Fact]
    public void A_gap_is_said_to_be_one() => InProcess.Run("grad", "sin(x)/x", "--at", "x=0").Output.ShouldContain(
        "from both sides it goes to 1");

    [Theory]
    [InlineData("x^2", "x=0")]
    [InlineData("sigmoid(1000*x)", "x=0")]
    [InlineData("x^2*y", "x=1,y=2")]
    [InlineData("1e6*x^2", "x=3")]
    [InlineData("logsumexp(x)", "x=[1,2,3]")]
    public void What_is_smooth_has_none(string formula, string at) =>
        Grad(formula, at).GetProperty("tangent").ValueKind.ShouldNotBe(JsonValueKind.Null);

    [Fact]
    public void Eigenvalues_that_are_rounding_are_0() =>
        Grad("logsumexp(x)", "x=[1,2,3]").GetProperty("eigenvalues")[0].GetDouble().ShouldBe(0);

    private static JsonElement Grad(string formula, string at) =>
        InProcess.Run("grad", formula, "--at", at, "--json").Json;
}
