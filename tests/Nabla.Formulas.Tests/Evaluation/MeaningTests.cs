using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>What names, indices, lists and relations mean when a formula is computed.</summary>
public sealed class MeaningTests
{
    [Fact]
    public void The_full_name_comes_before_an_index()
    {
        Values.Number("x_1 + x_2", "x_1=10", "x=[1,2]").ShouldBe(12);
        Values.Number("\\beta_1 m_{t-1}", "beta_1=0.5", "m_t-1=4").ShouldBe(2);
    }

    [Fact]
    public void Indices_start_at_1()
    {
        Values.Number("x_1 - x_3", "x=[5,6,7]").ShouldBe(-2);
        Values.Number("\\sum_{i=2}^{3} x_i", "x=[5,6,7]").ShouldBe(13);
        Values.Error("x_4", "x=[5,6,7]").ShouldContain("1 to 3");
    }

    [Fact]
    public void A_range_from_zero_calls_the_first_element_number_0()
    {
        EvaluationResult result = Values.Result("\\sum_{t=0}^{2} \\gamma^t r_t", "gamma=0.5", "r=[4,2,8]");
        result.Value.Values[0].ShouldBe(7);
        result.Notes.ShouldContain(note => note.Contains("number 0", StringComparison.Ordinal));
    }

    [Fact]
    public void An_indexed_left_side_means_the_list_over_the_index()
    {
        Values.Of("y_i = x_i^2", "x=[1,2,3]").ShouldBe(NumberArray.Vector(1, 4, 9));
        Values.Of("A_{ij} = x_i y_j", "x=[1,2]", "y=[3,4,5]").ToString().ShouldBe("[[3, 4, 5], [6, 8, 10]]");
        Values.Of("A_{ji} = x_i y_j", "x=[1,2]", "y=[3,4,5]").ToString().ShouldBe("[[3, 6], [4, 8], [5, 10]]");
        Values.Of("d_i = x_{i+1} - x_i", "x=[1,4,9]").ShouldBe(NumberArray.Vector(3, 5));
    }

    [Fact]
    public void Of_two_sums_without_an_index_each_runs_by_itself() =>
        Values.Number("1 − Σ(yᵢ − aᵢ)² / Σ(yᵢ − m)²", "y=[1,2,4]", "a=[1,2,3]", "m=2").ShouldBe(0.8);

    [Fact]
    public void A_sum_without_an_index_adds_up_entries_of_products_too()
    {
        Values.Number("Σ [ z·y + z ]", "z=[1,2]", "y=[3,4]").ShouldBe(14);
        Values.Number("Σ z·y", "z=[1,2]", "y=[3,4]").ShouldBe(11);
        Values.Number("z·y + 1", "z=[1,2]", "y=[3,4]").ShouldBe(12);
    }

    [Fact]
    public void Nothing_is_largest_in_an_empty_range_or_of_rows()
    {
        Values.Error("\\arg\\max_{i} x_i", "i=[]", "x=[1,2]").ShouldNotBeNullOrEmpty();
        Values.Error("\\arg\\max_x (-K)", "x=[[]]", "K=1").ShouldContain("rows");
        Values.Error("\\arg\\max_x (c x)", "x=[[1,2],[3,4]]", "c=1").ShouldNotBeNullOrEmpty();
        Values.Error("\\operatorname{argmax}(x)", "x=[[]]").ShouldContain("empty");
    }

    [Fact]
    public void Kronecker_s_delta_need_not_be_given()
    {
        Values.Of("A_{ij} = p_i (\\delta_{ij} - p_j)", "p=[0.5,0.5]").ToString()
            .ShouldBe("[[0.25, -0.25], [-0.25, 0.25]]");
        Values.Number("\\delta_{1,2}", "delta=[[7,8],[9,10]]").ShouldBe(8);
    }

    [Fact]
    public void The_largest_absolute_value_is_that_of_an_entry() =>
        Values.Number("\\max(|W|)", "W=[[0.5,-2],[0.25,1]]").ShouldBe(2);

    [Fact]
    public void Without_a_left_side_a_free_index_makes_a_list_too() =>
        Values.Of("\\frac{x_i}{\\sum_j x_j}", "x=[1,3]").ShouldBe(NumberArray.Vector(0.25, 0.75));

    [Fact]
    public void A_name_bound_with_an_index_letter_is_the_list_over_the_index()
    {
        Values.Number("\\sum_i w_i x_i", "w_i=[1,2]", "x_i=[3,4]").ShouldBe(11);
        Values.Of("p_i = \\frac{z_i}{\\sum_j z_j}", "z_i=[1,3]").ShouldBe(NumberArray.Vector(0.25, 0.75));
    }

    [Fact]
    public void Elements_bound_one_by_one_make_a_list() =>
        Values.Number("\\sum_{i=1}^{3} x_i^2", "x_1=1", "x_2=2", "x_3=3").ShouldBe(14);

    [Fact]
    public void A_function_symbol_stands_for_its_values()
    {
        Values.Number("\\sum_x p(x) \\log q(x)", "p=[0.5,0.5]", "q=[1,1]").ShouldBe(0);
        Values.Number("r + \\gamma V(s')", "r=1", "gamma=0.5", "V=4").ShouldBe(3);
        Values.Number("\\sum_{x,y} p(x, y)", "p=[[1,2],[3,4]]").ShouldBe(10);
        Values.Of("q(y) = \\sum_x p(x, y)", "p=[[1,2],[3,4]]").ShouldBe(NumberArray.Vector(4, 6));
        Values.Of("q(x) = \\sum_y p(x, y)", "p=[[1,2],[3,4]]").ShouldBe(NumberArray.Vector(3, 7));
    }

    [Fact]
    public void A_list_is_a_vector()
    {
        Values.Number("w^T x", "w=[1,2]", "x=[3,4]").ShouldBe(11);
        Values.Of("x W", "x=[1,2]", "W=[[1,0,1],[0,1,1]]").ShouldBe(NumberArray.Vector(1, 2, 3));
        Values.Of("W x", "x=[1,2]", "W=[[1,0],[0,1],[1,1]]").ShouldBe(NumberArray.Vector(1, 2, 3));
        Values.Of("x y^T", "x=[1,2]", "y=[3,4]").ToString().ShouldBe("[[3, 4], [6, 8]]");
        Values.Of("a \\odot b", "a=[1,2]", "b=[3,4]").ShouldBe(NumberArray.Vector(3, 8));
        Values.Of("(y - x)^2", "y=[1,2]", "x=[3,5]").ShouldBe(NumberArray.Vector(4, 9));
    }

    [Fact]
    public void The_last_member_that_can_be_computed_counts()
    {
        Values.Number("h = a + b = c", "a=1", "b=2", "c=7").ShouldBe(7);
        Values.Number("h = a + b = c", "a=1", "b=2").ShouldBe(3);
        Values.Number("a \\geq b + 1", "b=2").ShouldBe(3);
        Values.Number("\\theta \\leftarrow \\theta - \\eta \\nabla L", "theta=3", "eta=0.5", "grad_L=2").ShouldBe(2);
    }

    [Fact]
    public void A_derivative_that_is_only_named_is_bound_by_its_name()
    {
        Values.Number("w - \\eta \\frac{\\partial L}{\\partial w}", "w=3", "eta=0.5", "dL/dw=2").ShouldBe(2);
        Values.Error("w - \\eta \\frac{\\partial L}{\\partial w}", "w=3", "eta=0.5").ShouldContain("dL/dw");
    }

    [Fact]
    public void Sizes_that_are_not_given_follow_from_lists()
    {
        EvaluationResult result = Values.Result("\\frac{1}{N} \\sum_{i=1}^N x_i", "x=[1,2,6]");
        result.Value.Values[0].ShouldBe(3);
        result.Inferred["N"].Values[0].ShouldBe(3);
        Values.Number("\\frac{1}{n} \\sum_i x_i", "x=[1,2,6]", "n=3").ShouldBe(3);
    }

    [Fact]
    public void Letters_side_by_side_are_a_bound_name_unless_all_have_values_of_their_own()
    {
        Values.Number("2 TP", "TP=3").ShouldBe(6);
        Values.Number("TP^2", "TP=3").ShouldBe(9);
        Values.Number("x x", "x=3", "xx=5").ShouldBe(9);
        Values.Number("x x^2", "x=3", "xx=5").ShouldBe(27);
        Values.Number("xx", "x=3", "xx=5").ShouldBe(5);
    }

    [Fact]
    public void Earlier_lines_define_names_and_functions()
    {
        Values.Number("\\begin{aligned} z &= w x + b \\\\ a &= z^2 \\end{aligned}", "w=2", "x=3", "b=1").ShouldBe(49);
        Values.Number("\\begin{aligned} f(u) &= u^2 + 1 \\\\ y &= f(2) + f(3) \\end{aligned}").ShouldBe(15);
    }

    [Fact]
    public void Expectations_are_means_or_weighted_where_probabilities_are_given()
    {
        Values.Number("\\mathbb{E}[x]", "x=[1,2,6]").ShouldBe(3);
        Values.Number("\\mathbb{E}_{i}[x_i^2]", "x=[1,2,3]").ShouldBe(14.0 / 3, 1e-12);
        Values.Number("\\mathbb{E}_{x \\sim p}[f(x)]", "p=[0.5,0.25,0.25]", "f=[2,4,8]").ShouldBe(4);
        Values.Number("\\mathrm{Var}[x]", "x=[1,2,6]").ShouldBe(14.0 / 3, 1e-12);
    }

    [Fact]
    public void Expectations_over_named_distributions_are_integrals_or_samples()
    {
        Values.Number("\\mathbb{E}_{x \\sim \\mathcal{N}(0, 4)}[x^2]").ShouldBe(4, 1e-9);
        Values.Number("\\mathbb{E}_{x \\sim \\mathcal{N}(\\mu, \\sigma^2)}[e^x]", "mu=0.5", "sigma=0.8")
            .ShouldBe(Math.Exp(0.5 + 0.32), 1e-9);
        EvaluationResult sampled = Values.Result("\\mathbb{E}_{x \\sim \\mathcal{N}(\\mu, 1)}[\\|x\\|^2]", "mu=[1,2]");
        double error = sampled.StandardError.ShouldNotBeNull();
        sampled.Value.Values[0].ShouldBe(7, 5 * error);
        error.ShouldBeInRange(1e-4, 0.1);
    }

    [Fact]
    public void Sets_have_sizes() => Values.Number("|A ∩ B| / |A ∪ B|", "A=[1,2,3]", "B=[2,3,4]").ShouldBe(0.5);

    [Fact]
    public void Dots_stand_for_what_lies_between()
    {
        Values.Number("x_1 + x_2 + \\dots + x_n", "x=[1,2,3,4]", "n=4").ShouldBe(10);
        Values.Number("w_1 x_1 + \\cdots + w_n x_n", "w=[1,2,3]", "x=[1,1,2]", "n=3").ShouldBe(9);
    }

    [Fact]
    public void A_cross_of_two_vectors_of_three_is_said_to_be_no_cross_product() =>
        Values.Result(@"u \times v", "u=[1,0,0]", "v=[0,1,0]").Notes
            .ShouldContain(note => note.Contains("cross product", StringComparison.Ordinal));
}
