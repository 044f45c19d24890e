using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>
/// What a table of probabilities means where it is written with fewer letters, or under an expectation.
/// </summary>
public sealed class TableMeaningTests
{
    [Theory]
    [InlineData(@"\sum_{x,y} p(x,y) \log \frac{p(x,y)}{p(x) p(y)}", 0.004021743230482364)]
    [InlineData(@"H(Y|X) = -\sum_{x,y} p(x,y) \log p(y|x)", 0.668989923778774)]
    [InlineData(@"-\sum_{x,y} p(x,y) \log \frac{p(x,y)}{p(x)}", 0.668989923778774)]
    public void Fewer_letters_than_the_table_has_are_its_marginal(string formula, double value)
    {
        EvaluationResult result = Values.Result(formula, "p=[[0.1,0.2],[0.3,0.4]]");
        result.Value.Values[0].ShouldBe(value, 1e-12);
        result.Notes.ShouldContain(note => note.Contains("table"));
    }

    [Fact]
    public void A_marginal_that_the_formula_defines_is_a_list() =>
        Values.Of(@"p(x) = \sum_y p(x,y)", "p=[[0.25,0.25],[0.5,0]]").ToString().ShouldBe("[0.5, 0.5]");

    [Theory]
    [InlineData(@"\mathbb{E}_{p(x)}[f(x)]", 1.1)]
    [InlineData(@"\mathbb{E}_p[f(x)]", 1.1)]
    [InlineData(@"\mathbb{E}_p[f]", 1.1)]
    [InlineData(@"\mathbb{E}_{x \sim p}[f(x)]", 1.1)]
    [InlineData(@"\mathbb{E}_p[\log q]", -1.2628643221541276)]
    public void An_expectation_under_a_list_of_probabilities_is_weighted(string formula, double value) =>
        Values.Number(formula, "p=[0.2,0.3,0.5]", "f=[1,-2,3]", "q=[0.4,0.4,0.2]").ShouldBe(value, 1e-12);

    [Theory]
    [InlineData(@"\mathbb{E}_p[g]", "do not fit")]
    [InlineData(@"\max_{x \in [0,1]} x (1-x)", "interval")]
    [InlineData(@"\sum_{\langle i,j \rangle} f_i f_j", "no letter")]
    [InlineData(@"\|A\|_{2,1}", "mixed norm")]
    public void What_has_no_one_meaning_is_refused(string formula, string said) =>
        Values.Error(formula, "p=[0.2,0.3,0.5]", "f=[1,-2,3]", "g=[1,2]", "A=[[1,2],[3,5]]").ShouldContain(said);

    [Fact]
    public void What_is_given_comes_first_where_the_rows_are_distributions()
    {
        string[] given = ["pi=[[0.3,0.7],[0.5,0.5]]", "Q=[[1,2],[3,5]]", "k=[[0.3,0.5],[0.7,0.5]]"];
        Values.Of(@"\sum_a \pi(a|s) Q(s,a)", given).ToString().ShouldBe("[1.7, 4]");
        Values.Of(@"\sum_a k(a|s) Q(s,a)", given).ToString().ShouldBe("[1.7, 4]");
    }

    [Fact]
    public void A_token_picks_its_probability_where_there_are_fewer_tokens()
    {
        Values.Number(@"\sum_t p_{\theta}(x_t)", "p_theta=[0.25,0.5,0.125]", "x=[1,3]").ShouldBe(0.375);
        Values.Number(@"\sum_t p_{\theta}(x_t)", "p_theta=[0.25,0.5,0.125]", "x=[1,1,1]").ShouldBe(0.875);
    }

    [Fact]
    public void Pairs_of_a_set_run_together() =>
        Values.Number(@"\sum_{(i,j) \in E} x_i x_j", "x=[1,-2,3]", "E=[[1,2],[2,3]]").ShouldBe(-8);

    [Theory]
    [InlineData(@"A \times B", "[[3, 5], [8.5, 12]]")]
    [InlineData(@"A \times v + v", "[6, 15]")]
    [InlineData(@"\vec a \times \vec b", "[-18, 15, -3]")]
    [InlineData(@"\mathbf{a} \times \mathbf{b}", "[-18, 15, -3]")]
    public void A_cross_between_matrices_or_vectors_is_their_product(string formula, string value) =>
        Values.Of(formula, "A=[[1,2],[3,5]]", "B=[[2,-1],[0.5,3]]", "v=[1,2]", "a=[1,2,4]", "b=[5,7,5]")
            .ToString().ShouldBe(value);

    [Fact]
    public void What_does_not_vary_behind_a_product_is_no_part_of_it()
    {
        Values.Of(@"w_i = \prod_{j=1}^{i-1} (1 - a_j) a_i", "a=[0.5,0.5,0.5]").ToString()
            .ShouldBe("[0.5, 0.25, 0.125]");
        Values.Number(@"\prod_i x_i y", "x=[2,3]", "y=5").ShouldBe(30);
        Values.Number(@"\prod_i y x_i", "x=[2,3]", "y=5").ShouldBe(150);
    }
}
