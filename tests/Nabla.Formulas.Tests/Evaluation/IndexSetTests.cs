using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>What an operator runs over where the range is a set or a condition.</summary>
public sealed class IndexSetTests
{
    [Theory]
    [InlineData(@"\sum_{i \in \{1,3\}} x_i", 5)]
    [InlineData(@"\max_{k \in \{2,3\}} x_k", 4)]
    [InlineData(@"\frac{1}{|S|} \sum_{i \in S} x_i", 2.5)]
    [InlineData(@"\sum_{j \in \mathcal{N}_i} x_j", 6)]
    [InlineData(@"\sum_{i=1,3} x_i + \sum_{i=1,2,3} x_i", 14)]
    [InlineData(@"\sum_{i=3,1,1} x_i", 6)]
    public void The_members_of_a_set_of_indices_are_those_of_the_list(string formula, double value) =>
        Values.Number(formula, "x=[1,2,4]", "S=[1,3]", "N_i=[2,3]").ShouldBe(value);

    [Fact]
    public void The_probability_of_a_value_is_at_the_place_of_the_value() =>
        Values.Number(@"\sum_{x \in X} p(x) x + \sum_{x \in Y} p_x x", "X=[2,20]", "p=[0.25,0.75]", "Y=[0,1]")
            .ShouldBe(16.25);

    [Fact]
    public void Delta_of_two_things_is_1_where_they_are_equal() =>
        Values.Number(@"\sum_{ij} A_{ij} \delta(c_i, c_j)", "A=[[1,2],[3,4]]", "c=[5,5]").ShouldBe(10);

    [Fact]
    public void An_index_outside_of_the_list_is_refused() =>
        Values.Error(@"\sum_{i \in S} x_i", "x=[1,2,4]", "S=[1,7]").ShouldContain("7");

    [Theory]
    [InlineData(@"\sum_{j \neq i} A_{ij}", "[2, 3]")]
    [InlineData(@"\sum_{k \ne i} A_{ki}", "[3, 2]")]
    [InlineData(@"s_i = \sum_{j \ne i} v_j", "[6, 5, 3]")]
    [InlineData(@"s_i = \sum_{j < i} v_j", "[0, 1, 3]")]
    [InlineData(@"\prod_{j \ne i} (v_i - v_j)", "[3, -2, 6]")]
    [InlineData(@"L = \sum_{j \ne y_i} v_j", "5")]
    public void What_an_index_is_told_apart_from_does_not_run(string formula, string value) =>
        Values.Of(formula, "A=[[1,2],[3,5]]", "v=[1,2,4]", "y_i=2").ToString().ShouldBe(value);

    [Theory]
    [InlineData(@"\sum_{i \ne j} v_i v_j", 28)]
    [InlineData(@"\sum_{i < j} v_i v_j", 14)]
    [InlineData(@"\sum_{i+j=3} v_i v_j", 4)]
    [InlineData(@"\sum_{|i-j| \le 1} B_{ij}", 35)]
    [InlineData(@"\sum_{i+j=n} v_i v_j", 12)]
    public void A_condition_on_several_indices_lets_all_of_them_run(string formula, double value) =>
        Values.Number(formula, "v=[1,2,4]", "B=[[1,2,3],[4,5,6],[7,8,9]]", "n=4").ShouldBe(value);

    [Fact]
    public void The_list_begins_with_1_where_what_runs_up_to_the_index_is_empty() =>
        Values.Of(@"T_i = \prod_{j=1}^{i-1} (1 - a_j)", "a=[0.5,0.25,0.5]").ToString().ShouldBe("[1, 0.5, 0.375]");

    [Fact]
    public void No_gradient_is_told_that_does_not_go_through_a_derivative()
    {
        EvaluationResult result = Evaluator.Evaluate(Formula.Parse(@"\nabla_x (x^T A x)"),
            Bindings.Parse(["x=[1,2]", "A=[[1,2],[3,5]]"]), new() { Gradients = ["A"] });
        result.Gradients.ShouldBeEmpty();
        result.Warnings.ShouldContain(warning => warning.Contains("by A is left out"));
        Evaluator.Evaluate(Formula.Parse(@"t - e \nabla_t (t - 3)^2"), Bindings.Parse(["t=1", "e=0.1"]),
            new() { Gradients = ["t"] }).Gradients["t"].Values[0].ShouldBe(0.8, 1e-12);
    }
}
