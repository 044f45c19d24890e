using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Decompositions in formulas: their values, and their gradients against differences.</summary>
public sealed class MatrixRuleTests
{
    [Theory]
    [InlineData("A^+", "[[1,2],[3,4],[5,7]]")]
    [InlineData("A^+", "[[1,2,0],[3,4,1]]")]
    [InlineData("\\|A\\|_2", "[[1,2],[3,4]]")]
    [InlineData("\\|A\\|_*", "[[1,2],[3,4],[0,1]]")]
    public void Gradients_are_those_of_differences(string formula, string matrix)
    {
        NumberArray gradient = Values.Gradients(formula, ["A"], $"A={matrix}").Gradients["A"];
        NumberArray a = NumberArray.Parse(matrix);
        const double Step = 1e-5;
        for (int i = 0; i < a.Count; i++)
        {
            double up = Sum(formula, Moved(a, i, Step)), down = Sum(formula, Moved(a, i, -Step));
            gradient.Values[i].ShouldBe((up - down) / (2 * Step), 1e-6);
        }
    }

    [Fact]
    public void The_root_of_a_symmetric_matrix_has_a_gradient()
    {
        NumberArray gradient = Values.Gradients("A^{1/2}", ["A"], "A=[[2,1],[1,3]]").Gradients["A"];
        const double Step = 1e-5;
        double Of(double a, double b, double c) => Values.Of("A^{1/2}",
            FormattableString.Invariant($"A=[[{a:R},{b:R}],[{b:R},{c:R}]]")).Values.ToArray().Sum();
        gradient.Values[0].ShouldBe((Of(2 + Step, 1, 3) - Of(2 - Step, 1, 3)) / (2 * Step), 1e-6);
        (gradient.Values[1] + gradient.Values[2])
            .ShouldBe((Of(2, 1 + Step, 3) - Of(2, 1 - Step, 3)) / (2 * Step), 1e-6);
    }

    [Fact]
    public void A_singular_matrix_has_a_pseudo_inverse()
    {
        double[] inverse = Values.Of("A^+", "A=[[1,1],[1,1]]").Values.ToArray();
        inverse.ShouldAllBe(entry => Math.Abs(entry - 0.25) < 1e-12);
    }

    [Fact]
    public void The_identity_is_a_matrix_in_elementwise_products() =>
        Values.Of("I \\odot A", "A=[[1,2],[3,4]]").ToString().ShouldBe("[[1, 0], [0, 4]]");

    [Fact]
    public void A_matrix_written_out_is_multiplied_with_itself() =>
        Values.Of("\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^2").ToString().ShouldBe("[[7, 10], [15, 22]]");

    [Fact]
    public void Where_the_target_has_no_mass_the_loss_still_has_a_slope()
    {
        double[] slope = Values.Gradients("cross_entropy(p, q)", ["p"], "p=[1,0]", "q=[0.7,0.3]").Gradients["p"]
            .Values.ToArray();
        slope[0].ShouldBe(-Math.Log(0.7), 1e-12);
        slope[1].ShouldBe(-Math.Log(0.3), 1e-12);
        Values.Gradients("bce(y, p)", ["y"], "y=1", "p=0.8").Gradients["y"].Values[0].ShouldBe(-Math.Log(4), 1e-12);
    }

    [Fact]
    public void Factorials_and_gamma_keep_their_digits()
    {
        Values.Number("\\binom{56}{28}").ShouldBe(7648690600760440);
        Values.Number("lgamma(-200.5)").ShouldBe(-864.7382878706796, 1e-9); // scipy.special.gammaln
    }

    private static double Sum(string formula, string matrix) =>
        Values.Of(formula, $"A={matrix}").Values.ToArray().Sum();

    private static string Moved(NumberArray a, int at, double step)
    {
        double[] values = a.Values.ToArray();
        values[at] += step;
        return new NumberArray(a.Shape, values).ToString();
    }
}
