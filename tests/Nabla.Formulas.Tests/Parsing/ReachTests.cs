using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Tests.Evaluation;

namespace Nabla.Formulas.Tests.Parsing;

/// <summary>How far functions without brackets, sums without a range, norms and definitions reach.</summary>
public sealed class ReachTests
{
    private static readonly string[] Given =
    [
        "A=[[1,2],[3,5]]", "B=[[2,-1],[0.5,3]]", "x=[1,-2,3]", "y=[1,4,2]", "u=[1,2]", "v=[3,4]", "p=[0.2,0.3,0.5]",
        "q=[0.4,0.4,0.2]", "t=0.3", "L=2", "n=3", "M=[[2,0.3],[0.3,1]]",
    ];

    [Theory]
    [InlineData(@"\mathrm{tr} A^T B", 16.5)]
    [InlineData(@"\operatorname{Tr} A^\top B A", 105.5)]
    [InlineData(@"\operatorname{rank} A^T A", 2)]
    [InlineData(@"\det A^{-1} B", -6.5)]
    [InlineData(@"\log u^T v", 2.3978952727983707)]
    public void A_function_without_brackets_takes_what_is_behind_a_transposed_matrix(string formula, double value) =>
        Values.Number(formula, Given).ShouldBe(value, 1e-9);

    [Theory]
    [InlineData(@"\sum_i p_i \log p_i/q_i", 0.2332113080895542)]
    [InlineData("sum p_i log p_i / q_i", 0.2332113080895542)]
    [InlineData("Σ p log p/q", 0.2332113080895542)]
    [InlineData(@"\sin \pi t/L", 0.45399049973954675)]
    [InlineData(@"\tanh t/2", 0.14888503362331795)]
    [InlineData(@"\exp -t^2/2", 0.9559974818331)]
    [InlineData(@"\sin t/t", 0.9850673555377986)]
    [InlineData(@"\log L/n", 0.23104906018664842)]
    [InlineData(@"\log L / \log n", 0.6309297535714574)]
    [InlineData(@"\cos t / L", 0.47766824456280305)]
    public void A_stroke_belongs_to_the_argument_where_it_is_written_together(string formula, double value) =>
        Values.Number(formula, Given).ShouldBe(value, 1e-9);

    [Theory]
    [InlineData(@"n \sum x_i y_i - \sum x_i \sum y_i", -17)]
    [InlineData(@"\sum x_i \sum y_i", 14)]
    [InlineData(@"\frac{\sum x_i \sum y_i}{n}", 4.666666666666667)]
    [InlineData("Σ x_i y_i / √(Σ x_i² · Σ y_i²)", -0.0583211843519804)]
    [InlineData("Σ (x_i - y_i)² / y_i", 9.5)]
    public void Sums_without_a_range_run_each_by_themselves(string formula, double value) =>
        Values.Number(formula, Given).ShouldBe(value, 1e-9);

    [Theory]
    [InlineData(@"\left\lVert x \right\rVert^2_2", 14)]
    [InlineData("||u||^2_M", 7.2)]
    [InlineData("|x|_1 + |x|_2^2 + |x|_\\infty", 23)]
    [InlineData("|A|_F^2", 39)]
    public void The_order_of_a_norm_stands_before_or_behind_its_power(string formula, double value) =>
        Values.Number(formula, Given).ShouldBe(value, 1e-9);

    [Theory]
    [InlineData(@"\nabla_u \frac{1}{2} \|u\|^2", "[1, 2]")]
    [InlineData(@"\nabla_u \frac{L}{2} (u^T u)", "[2, 4]")]
    [InlineData(@"\nabla_u \frac{1}{2} \cdot \|u\|^2", "[1, 2]")]
    [InlineData("∇_u 1/2 * ||u||^2", "[1, 2]")]
    [InlineData("∇_u ½ ‖v − u‖²", "[-2, -2]")]
    [InlineData(@"u - t \nabla_u 2 \|u\|^2", "[-0.2, -0.4]")]
    [InlineData(@"\nabla_u (\|u\|^2) t", "[0.6, 1.2]")]
    public void A_number_before_what_a_gradient_is_taken_of_belongs_to_it(string formula, string value) =>
        Values.ShouldBeNear(
            Values.Of(formula, Given), NumberArray.Parse(value), 1e-12, formula);

    [Theory]
    [InlineData(@"\nabla_u t \|u\|^2")]
    [InlineData(@"\nabla_u (t^2) \|u\|^2")]
    public void The_gradient_of_what_has_no_such_letter_is_not_0(string formula) =>
        Values.Error(formula, Given).ShouldNotBeEmpty();

    [Theory]
    [InlineData("2 < t < 5", 0)]
    [InlineData(@"0 \le t \le 1", 1)]
    [InlineData("t < L < n", 1)]
    public void A_chain_of_comparisons_is_1_or_0(string formula, double value) =>
        Values.Number(formula, Given).ShouldBe(value);

    [Theory]
    [InlineData(@"\frac{df}{dt}, f = t^2", "0.6")]
    [InlineData(@"L - n g, g = 2 L", "-10")]
    [InlineData(@"x_i / d_i, d_i = \sum_j x_j", "[0.5, -1, 1.5]")]
    [InlineData(@"C = \sum_{i=1}^n T_i y_i, T_i = \prod_{j=1}^{i-1} p_j", "1.92")]
    public void A_definition_behind_a_formula_only_serves_it(string formula, string value) =>
        Values.Of(formula, Given).ToString().ShouldBe(value);

    [Fact]
    public void The_value_of_a_definition_alone_is_told_as_such() =>
        Values.Result(@"\frac{x_i}{r} g_i, r = \sqrt{\sum_i x_i^2}", Given).Notes
            .ShouldContain(note => note.Contains("the last formula only"));

    [Theory]
    [InlineData("t & L")]
    [InlineData("n!!")]
    public void What_formulas_do_not_have_is_refused(string formula) =>
        Should.Throw<FormulaException>(() => Formula.Parse(formula));
}
