using System.Text.Json;
using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>What papers and programs write by habit, with values that NumPy and SciPy gave.</summary>
public sealed class HabitTests
{
    private static readonly string[] Given =
    [
        "x=[1,-2,3]", "y=[1,0,1]", "X=[[1,2],[3,5],[1,1]]", "A=[[1,2],[3,5]]", "z=[1,2,3]", "w=[1,4,2]", "t=0.5",
        "sigma=0.1", "epsilon=[0.5,1,2]", "a=8", "d=4",
    ];

    [Theory]
    [InlineData(@"\sum_i (x_i - \bar x)^2", 12.666666666666666)]
    [InlineData(@"\overline{x^2} - \bar{x}^2", 4.222222222222222)]
    [InlineData(@"\bar{X}^T \bar{X}", 9.88888888888889)]
    [InlineData(@"\frac{\sum_i (x_i - \bar{x})(w_i - \bar{w})}{\sqrt{\sum_i (x_i-\bar{x})^2 \sum_i (w_i-\bar{w})^2}}",
        -0.7370434740955019)]
    public void A_bar_over_a_list_is_its_mean(string formula, double value) =>
        Values.Number(formula, Given).ShouldBe(value, 1e-12);

    [Theory]
    [InlineData(@"x - \frac{f(x)}{f'(x)}, f(x) = x^2 - 2", "x=1", 1.5)]
    [InlineData("f''(x), f(x) = x^3", "x=2", 12)]
    [InlineData("f'(2), f(x) = x^3", "t=0", 12)]
    [InlineData(@"\left[ x^2 \right]_1^2", "t=0", 3)]
    [InlineData(@"\left[ \frac{x^3}{3} \right]_{x=0}^{3}", "t=0", 9)]
    [InlineData(@"\int_{-1}^1 \frac{dx}{1+x^2}", "t=0", 1.5707963267948966)]
    [InlineData(@"\int_0^1 \frac{x\,dx}{1+x^2}", "t=0", 0.34657359027997264)]
    public void Derivatives_and_integrals_go_through_what_the_formula_defines(
        string formula, string given, double value) => Values.Number(formula, [given]).ShouldBe(value, 1e-9);

    [Theory]
    [InlineData(@"\left. c^2 u \right|_{c=2}", 20)]
    [InlineData("c^2 u |_{c=2}", 20)]
    [InlineData(@"\left. c^2 + u c \right|_{c=2}", 14)]
    [InlineData(@"\left( \left. c u \right|_{c=2} \right)^2", 100)]
    [InlineData(@"\frac{d}{dc} c^3 |_{c=2}", 12)]
    [InlineData(@"\left. \frac{d}{dc} c^3 \right|_{c=2}", 12)]
    [InlineData(@"\left.\frac{\partial f}{\partial c}\right|_{c=2}, f(c) = c^3", 12)]
    public void A_bar_with_a_place_below_is_behind_the_whole(string formula, double value) =>
        Values.Number(formula, "c=3", "u=5").ShouldBe(value, 1e-12);

    [Theory]
    [InlineData(@"\frac{\partial}{\partial x} \sum_i x_i^2", "[2,-4,6]")]
    [InlineData(@"\nabla_x \sum_i x_i^2", "[2,-4,6]")]
    [InlineData(@"\frac{\partial}{\partial x_j} \sum_i x_i^2", "[2,-4,6]")]
    [InlineData(@"\frac{\partial}{\partial x_1} \sum_i x_i^2", "2")]
    [InlineData(@"\frac{\partial L}{\partial x}, L = \sum_i x_i^2", "[2,-4,6]")]
    [InlineData(@"\nabla_z L, L = -\log p_1, p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
        "[-0.9099694268296196,0.24472847105479764,0.6652409557748219]")]
    [InlineData(@"\frac{\partial}{\partial A_{12}} \sum_{i,j} A_{ij}^2", "4")]
    [InlineData(@"\frac{\partial}{\partial x} \tanh(x)",
        "[0.41997434161402614,0.07065082485316443,0.009866037165440211]")]
    public void A_derivative_by_a_list_goes_through_its_entries(string formula, string value) =>
        ShouldBe(formula, value, Given);

    [Theory]
    [InlineData(@"\frac{\partial}{\partial u} (A u)")]
    [InlineData(@"\frac{\partial}{\partial u} \frac{u}{\|u\|}")]
    [InlineData(@"\frac{\partial}{\partial u} \mathrm{softmax}(u)")]
    public void A_derivative_of_a_list_by_a_list_that_mixes_entries_is_refused(string formula) =>
        Values.Error(formula, [.. Given, "u=[1,2]"]).ShouldContain("Jacobian");

    [Theory]
    [InlineData("A^T_{12}", "3")]
    [InlineData("A^T_{1,2}", "3")]
    [InlineData(@"\sum_j A^\top_{ij} u_j", "[7,12]")]
    [InlineData("A^{-1}_{12}", "2")]
    [InlineData("A^{-1}_{ij}", "[[-5,2],[3,-1]]")]
    [InlineData("A_{12}^{-1}", "0.5")]
    [InlineData("{d^2}^{1/2}", "4")]
    public void What_stands_above_first_acts_before_the_indices(string formula, string value) =>
        ShouldBe(formula, value, [.. Given, "u=[1,2]"]);

    [Theory]
    [InlineData(@"\sum_i p_i (\log p_i - \log q_i)", 0.19274475702175747)]
    [InlineData(@"\sum_i p_i (1 - q_i)", 0.5)]
    [InlineData(@"-\sum_i p_i (\ln p_i)", 0.5004024235381879)]
    [InlineData(@"\sum_k q_k (p_k + 1)", 1.5)]
    public void A_share_before_a_bracket_is_a_factor(string formula, double value) =>
        Values.Number(formula, "p=[0.2,0.8]", "q=[0.5,0.5]").ShouldBe(value, 1e-12);

    [Theory]
    [InlineData(@"\lambda_{\max}(S)", 5.82842712474619, 0.14644660940672624)]
    [InlineData(@"\lambda_{\min}(A^T A)", 0.02565790584955341, -0.2580656066095872)]
    [InlineData(@"\frac{\sigma_{\max}(A)}{\sigma_{\min}(A)}", 38.97434209415045, 197.1297760773618)]
    public void Eigenvalues_and_singular_values_have_gradients(string formula, double value, double first)
    {
        string name = formula.Contains('S') ? "S" : "A";
        EvaluationResult result = Values.Gradients(formula, [name], [.. Given, "S=[[1,2],[2,5]]"]);
        result.Value.Values[0].ShouldBe(value, 1e-9);
        result.Gradients[name].Values[0].ShouldBe(first, 1e-6);
    }

    [Fact]
    public void Eigenvalues_of_a_matrix_that_is_not_symmetric_are_refused() =>
        Values.Error(@"\lambda_{\max}(A)", Given).ShouldContain("not symmetric");

    [Theory]
    [InlineData(@"\sum_{x_i > 0} x_i", 4)]
    [InlineData(@"\sum_{y_i = 1} x_i", 4)]
    [InlineData(@"\sum_{i \mid y_i = 1} x_i", 4)]
    [InlineData(@"\sum_{i=1}^{d/2} w_i", 5)]
    [InlineData(@"\sum_{i=1}^{1} x_{2i}", -2)]
    [InlineData(@"P(x \ge 1)", 0.6666666666666666)]
    [InlineData("x[1] + A[2][1]", 4)]
    [InlineData("(A^T A)_{12}", 17)]
    [InlineData(@"{}^5C_2", 10)]
    [InlineData(@"\Phi^{-1}(0.9)", 1.2815515655446004)]
    [InlineData(@"\|A\|_{op}", 6.242943383865535)]
    [InlineData(@"\|x\|_{\max}", 3)]
    [InlineData("a // 3", 2)]
    public void Conditions_places_and_norms_mean_what_is_usual(string formula, double value) =>
        Values.Number(formula, Given).ShouldBe(value, 1e-9);

    [Theory]
    [InlineData("sum(x[i]*w[i] for i in range(1, len(x)))", -2)]
    [InlineData("sum(x[i] for i in range(len(x)))", 2)]
    [InlineData("sum(i * x[i] for i in range(3))", 4)]
    [InlineData("sum(i**2 for i in range(4))", 14)]
    [InlineData("max(x[i] for i in range(0, 2))", 1)]
    [InlineData("mean([x[i] for i in range(1, 3)])", 0.5)]
    [InlineData("np.linalg.norm(x, 1)", 6)]
    [InlineData("np.log1p(t) + math.log(a, 2)", 3.4054651081081646)]
    [InlineData("np.sum(np.where(x > 0, x, 0.1*x))", 3.8)]
    public void Programs_mean_what_they_compute(string formula, double value) =>
        Values.Number(formula, Given).ShouldBe(value, 1e-12);

    [Theory]
    [InlineData("x > 0", "[1,0,1]")]
    [InlineData(@"s_{ij} = \mathrm{softmax}_j(A_{ij})",
        "[[0.2689414213699951,0.7310585786300049],[0.11920292202211755,0.8807970779778823]]")]
    [InlineData(@"\mathrm{softmax}_i(A_{ij})",
        "[[0.11920292202211755,0.04742587317756679],[0.8807970779778823,0.9525741268224334]]")]
    [InlineData(@"x + \sigma \epsilon, \epsilon \sim N(0, I)", "[1.05,-1.9,3.2]")]
    [InlineData(@"\theta_i = 100^{-2(i-1)/d}, \quad i \in [1, 2, \ldots, d/2]", "[1,0.1]")]
    public void Lists_come_out_as_they_are_meant(string formula, string value) =>
        ShouldBe(formula, value, Given);

    [Theory]
    [InlineData("(X'X)^{-1}X'b", "[5,-2.5]")]
    [InlineData("X'X", "[[11,18],[18,30]]")]
    public void A_prime_before_the_same_letter_transposes(string formula, string value) =>
        ShouldBe(formula, value, [.. Given, "b=[1,2,3]"]);

    [Theory]
    [InlineData("0,5 x")]
    [InlineData("1,5")]
    public void A_decimal_comma_is_refused(string formula) =>
        Should.Throw<FormulaException>(() => Formula.Parse(formula)).Message.ShouldContain("decimal comma");

    [Fact]
    public void A_place_beside_a_program_s_function_tells_from_where_it_is_counted() =>
        Formula.Parse("np.exp(x[1])").Choices.ShouldContain(choice => choice.Instead.Contains("counted from 0"));

    private static void ShouldBe(string formula, string value, string[] given)
    {
        using JsonDocument expected = JsonDocument.Parse(value);
        Values.ShouldBeNear(Values.Of(formula, given), NumberArray.From(expected.RootElement), 1e-9, formula);
    }
}
