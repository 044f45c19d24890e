namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Rows, columns and parts of lists, and what dots leave out.</summary>
public sealed class SliceTests
{
    private const string Matrix = "W=[[1,2,3],[4,5,6]]", List = "x=[5,6,7,8]";

    [Fact]
    public void A_colon_takes_all_of_a_dimension()
    {
        Values.Of("W_{:,j}", Matrix, "j=2").ToString().ShouldBe("[2, 5]");
        Values.Of("W_{i,:}", Matrix, "i=2").ToString().ShouldBe("[4, 5, 6]");
        Values.Of("W[1, :]", Matrix).ToString().ShouldBe("[1, 2, 3]");
        Values.Of("W_{:,1:2}", Matrix).ToString().ShouldBe("[[1, 2], [4, 5]]");
        Values.Of("W_{1:2,:}", Matrix).ToString().ShouldBe(Values.Of("W", Matrix).ToString());
    }

    [Fact]
    public void An_index_beside_a_colon_runs_as_far_as_the_list() =>
        Values.Of(@"\sum_j W_{:,j}", Matrix).ToString().ShouldBe("[6, 15]");

    [Fact]
    public void The_columns_together_are_the_product()
    {
        string[] given = [Matrix, "v=[2,3,4]"];
        Values.Of(@"\sum_{j=1}^{3} v_j W_{:,j}", given).ToString().ShouldBe(Values.Of("W v", given).ToString());
    }

    [Theory]
    [InlineData("x_{1:t-1}", "[5, 6]")]
    [InlineData("x_{<t}", "[5, 6]")]
    [InlineData(@"x_{\le t}", "[5, 6, 7]")]
    [InlineData("x_{2:t}", "[6, 7]")]
    public void A_part_of_a_list_goes_from_place_to_place(string formula, string value) =>
        Values.Of(formula, List, "t=3").ToString().ShouldBe(value);

    [Fact]
    public void Heads_behind_dots_are_put_together()
    {
        Values.Of("Concat(head_1, …, head_h)", "head=[[1,2],[2,1],[5,6]]").ToString().ShouldBe("[1, 2, 2, 1, 5, 6]");
        Values.Of("Concat(head_1, …, head_h)", "head_1=[[1,2]]", "head_2=[[5,6]]", "head_h=[[7,8]]").ToString()
            .ShouldBe("[[1, 2, 5, 6, 7, 8]]");
        Values.Of("Concat(head_1, …, head_h)", "head_1=[1,2]", "head_2=[5,6]", "h=2").ToString()
            .ShouldBe("[1, 2, 5, 6]");
    }

    [Fact]
    public void Vectors_have_a_cosine_an_absolute_value_and_an_inverse_function_a_value()
    {
        Values.Number("cos(a, b)", "a=[1,2]", "b=[2,1]").ShouldBe(0.8, 1e-12);
        Values.Of("a ‖ b", "a=[1,2]", "b=[3]").ToString().ShouldBe("[1, 2, 3]");
        Values.Of("|G|^2", "G=[3,-4]").ToString().ShouldBe("[9, 16]");
        Values.Number(@"|\mathbf{v}|", "v=[3,4]").ShouldBe(5, 1e-12);
        Values.Number(@"\sigma^{-1}(p)", "p=0.8").ShouldBe(Math.Log(4), 1e-12);
        Values.Error("f^{-1}(x)", "f=3", "x=2").ShouldContain("f_-1");
    }
}
