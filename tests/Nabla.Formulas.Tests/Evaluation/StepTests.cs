using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>The values on the way, gradients, the engine, and what goes wrong.</summary>
public sealed class StepTests
{
    [Fact]
    public void Every_part_has_its_value_once_in_the_order_of_computation()
    {
        EvaluationResult result = Values.Result("softmax(Q K^T / sqrt(d_k)) V",
            "Q=[[1,0]]", "K=[[1,0],[0,1]]", "V=[[1],[3]]", "d_k=4");
        result.Steps.Select(step => step.Value.Shape.ToString())
            .ShouldBe(["[2, 2]", "[1, 2]", "[]", "[1, 2]", "[1, 2]", "[1, 1]"]);
        result.Steps[^1].Value.ShouldBe(result.Value);
        result.Steps.Select(step => step.Expression).Distinct().Count().ShouldBe(result.Steps.Count);
    }

    [Fact]
    public void The_body_of_a_sum_is_the_list_over_its_index()
    {
        EvaluationResult result = Values.Result("\\sum_{i=1}^{3} w_i x_i", "w=[1,2,3]", "x=[4,5,6]");
        result.Steps[0].Value.ShouldBe(NumberArray.Vector(4, 10, 18));
        result.Steps[0].Indices.ShouldBe(["i"]);
        result.Steps[^1].Value.Values[0].ShouldBe(32);
    }

    [Fact]
    public void Gradients_have_the_shapes_of_what_is_bound()
    {
        EvaluationResult result = Values.Gradients("\\sum_i w_i x_i + b", ["w", "x", "b"], "w=[1,2]", "x=[3,4]", "b=1");
        result.Gradients["w"].ShouldBe(NumberArray.Vector(3, 4));
        result.Gradients["x"].ShouldBe(NumberArray.Vector(1, 2));
        result.Gradients["b"].ShouldBe(new NumberArray(1));
    }

    [Fact]
    public void A_name_that_the_value_does_not_depend_on_has_gradient_0()
    {
        EvaluationResult result = Values.Gradients("x^2", ["y"], "x=2", "y=[1,2]");
        result.Gradients["y"].ShouldBe(NumberArray.Vector(0, 0));
        result.Warnings.ShouldNotBeEmpty();
    }

    [Fact]
    public void Values_are_exact_where_float32_is_not()
    {
        EvaluationResult result = Values.Result("1 - \\beta^t", "beta=0.9999999", "t=2");
        result.Value.Values[0].ShouldBe(1.9999999e-7, 1e-15);
        result.EngineValue.ShouldNotBeNull().Values[0].ShouldNotBe(result.Value.Values[0]);
    }

    [Theory]
    [InlineData("x + zeta", "zeta", "x=1")]
    [InlineData("theta + 1", "did you mean thetta", "thetta=1")]
    [InlineData("W x", "columns", "W=[[1,2,3]]", "x=[1,2]")]
    [InlineData("a + b", "[2] and [3]", "a=[1,2]", "b=[1,2,3]")]
    [InlineData("\\sum_{i=1}^{1000000000} i", "too many", "x=1")]
    [InlineData("A^{-1}", "no inverse", "A=[[1,2],[2,4]]")]
    [InlineData("\\int_0^1 \\frac{1}{x^2} dx", "integral", "y=1")]
    [InlineData("\\sum_{n=1}^{\\infty} n", "converge", "y=1")]
    [InlineData("h(3)", "no function", "y=1")]
    public void What_cannot_be_computed_says_why(string formula, string says, params string[] bindings) =>
        Values.Error(formula, bindings).ShouldContain(says);

    [Fact]
    public void A_gradient_by_something_unbound_says_so() =>
        Should.Throw<FormulaException>(() => Values.Gradients("x^2", ["q"], "x=2")).Message.ShouldContain("q");

    [Fact]
    public void Functions_that_call_themselves_end()
    {
        const string formula = "\\begin{aligned} f(x) &= f(x - 1) + 1 \\\\ y &= f(3) \\end{aligned}";
        Values.Error(formula).ShouldContain("call one another");
    }

    [Fact]
    public void A_division_by_zero_warns()
    {
        EvaluationResult result = Values.Result("1 / x", "x=0");
        double.IsPositiveInfinity(result.Value.Values[0]).ShouldBeTrue();
        result.Warnings.ShouldNotBeEmpty();
    }

    [Fact]
    public void Bindings_are_numbers_or_lists()
    {
        Should.Throw<FormulaException>(() => Bindings.Parse("x"));
        Should.Throw<FormulaException>(() => Bindings.Parse("x=[[1,2],[3]]")).Message.ShouldContain("lengths");
        Should.Throw<FormulaException>(() => Bindings.Parse("x=hello")).Message.ShouldContain("hello");
        Should.Throw<FormulaException>(() => Bindings.Parse("x=1", "x=2")).Message.ShouldContain("twice");
        Bindings.Parse("β₁=0.5").Names.ShouldBe(["beta_1"]);
    }

    [Fact]
    public void Random_numbers_of_a_shape_are_bound_by_a_seed()
    {
        var first = new Bindings();
        first.AddRandom("Q", "3x4", new Numerics.Rng(7));
        var second = new Bindings();
        second.AddRandom("Q", "3x4", new Numerics.Rng(7));
        first["Q"].ShouldBe(second["Q"]);
        first["Q"].Shape.ToString().ShouldBe("[3, 4]");
        Should.Throw<FormulaException>(() => first.AddRandom("K", "3xy", new Numerics.Rng(1)));
        Should.Throw<FormulaException>(() => first.AddRandom("K", "99999x99999", new Numerics.Rng(1)));
    }
}
