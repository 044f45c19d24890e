using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Powers and roots of square matrices, and where each entry is meant instead.</summary>
public sealed class MatrixPowerTests
{
    private const string Covariances = "Sigma_1=[[2,0.5],[0.5,1]] Sigma_2=[[1,0],[0,3]]";

    [Theory]
    [InlineData("\\mathrm{tr}((\\Sigma_1\\Sigma_2)^{1/2})", Covariances, 3.0955735647785603)]
    [InlineData("\\mathrm{tr}(\\Sigma_1+\\Sigma_2-2(\\Sigma_1^{1/2}\\Sigma_2\\Sigma_1^{1/2})^{1/2})", Covariances,
        0.8088528704428808)]
    [InlineData("\\mathrm{tr}(\\sqrt{\\Sigma})", "Sigma=[[2,1],[1,2]]", 2.7320508075688776)]
    [InlineData("\\mathrm{mean}(X^2)", "X=[[2,1],[1,2]]", 2.5)]
    [InlineData("\\mathrm{Var}(X^2)", "X=[[2,1],[1,2]]", 2.25)]
    public void Roots_and_powers_are_those_of_what_stands_around_them(string formula, string with, double expected) =>
        Values.Number(formula, with.Split(' ')).ShouldBe(expected, 1e-12);

    [Theory]
    [InlineData("(I-\\eta H)^k w", "eta=0.1 H=[[2,1],[1,2]] k=3 w=[1,0]", "[0.536, -0.193]")]
    [InlineData("(A+\\lambda I)^{-1/2}", "A=[[2,1],[1,2]] lambda=1",
        "[[0.6035533905932738, -0.1035533905932738], [-0.1035533905932738, 0.6035533905932738]]")]
    [InlineData("(A+B)^2", "A=[[1,2],[0,1]] B=[[2,0],[1,1]]", "[[11, 10], [5, 6]]")]
    [InlineData("(I-A)^3", "A=[[1,2],[0,1]]", "[[0, 0], [0, 0]]")]
    [InlineData("(AB)^2", "A=[[2,1],[1,2]] B=[[1,1],[0,1]]", "[[7, 15], [5, 12]]")]
    [InlineData("A^{3/2}", "A=[[1,1],[0,4]]", "[[1, 2.3333333333333335], [0, 8]]")]
    [InlineData("\\mathrm{diag}(d)^{-1/2}", "d=[4,9]", "[[0.5, 0], [0, 0.3333333333333333]]")]
    [InlineData("(Y-\\hat Y)^2", "Y=[[2,1],[1,2]] Y_hat=[[1,1],[1,0]]", "[[1, 0], [0, 4]]")]
    [InlineData("(XW+b)^2", "X=[[2,1],[1,2]] W=[[1,1],[0,1]] b=[1,1]", "[[9, 16], [4, 16]]")]
    [InlineData("(\\frac{X-\\mu}{\\sigma})^2", "X=[[2,1],[1,2]] mu=1 sigma=2", "[[0.25, 0], [0, 0.25]]")]
    [InlineData("\\frac{G}{\\sqrt{V}+\\epsilon}", "G=[[2,1],[1,2]] V=[[1,4],[9,16]] epsilon=0",
        "[[2, 0.5], [0.3333333333333333, 0.5]]")]
    public void Matrices_are_multiplied_and_tables_are_not(string formula, string with, string expected) =>
        Values.ShouldBeNear(Values.Of(formula, with.Split(' ')), NumberArray.Parse(expected), 1e-12, formula);

    [Theory]
    [InlineData("(A/n)^2", "n=2")]
    [InlineData("(A/s)^2", "s=2")]
    [InlineData("(A/T)^2", "T=2")]
    [InlineData("(A/\\sqrt{d})^2", "d=4")]
    [InlineData("(s A/4)^2", "s=2")]
    public void Whether_a_power_is_of_a_matrix_does_not_depend_on_the_letter_below(string formula, string with) =>
        Values.ShouldBeNear(Values.Of(formula, "A=[[1,2],[3,5]]", with), NumberArray.Parse("[[1.75,3],[4.5,7.75]]"),
            1e-12, formula);

    [Theory]
    [InlineData("\\sqrt{c A}")]
    [InlineData("\\sqrt{A c}")]
    [InlineData("\\sqrt{T A}")]
    public void A_number_stands_before_a_matrix_or_behind_it_below_a_root(string formula) =>
        Values.ShouldBeNear(Values.Of(formula, "A=[[8,2],[2,8]]", formula.Contains('T') ? "T=2" : "c=2"),
            NumberArray.Parse("[[4,2],[2,4]]"), 1e-12, formula);

    [Fact]
    public void High_powers_of_a_matrix_are_computed()
    {
        Values.Of("A^{1001}", "A=[[1,0.5],[0,1]]").ShouldBe(NumberArray.Parse("[[1,500.5],[0,1]]"));
        Values.Error("A^{1e12}", "A=[[1,0.5],[0,1]]").ShouldContain("up to 1,000,000,000");
    }

    [Theory]
    [InlineData("A^{1/2}", "[[0,1],[1,0]]", "an eigenvalue of it is below 0")]
    [InlineData("(A B)^{1/2}", "[[0,1],[0,0]]", "no real square root")]
    [InlineData("A^{-1/2}", "[[1,1],[1,1]]", "not above 0")]
    [InlineData("A^{1/3}", "[[1,1],[0,4]]", "not symmetric")]
    public void A_root_that_is_not_there_is_refused(string formula, string matrix, string why) =>
        Values.Error(formula, $"A={matrix}", "B=[[1,0],[0,1]]").ShouldContain(why);

    [Theory]
    [InlineData("(A B)^{1/2}")]
    [InlineData("(A B)^{-1/2}")]
    [InlineData("(I - A B)^3")]
    [InlineData("(A B)^{3/2}")]
    public void Gradients_are_those_of_differences(string formula)
    {
        const string B = "B=[[2,0.1],[0,3]]";
        double[] a = [1, 0.5, 0.3, 2];
        double[] gradient =
            Values.Gradients(formula, ["A"], Matrix(a), B).Gradients["A"].Values.ToArray();
        const double Step = 1e-5;
        for (int i = 0; i < a.Length; i++)
        {
            double up = Sum(i, Step), down = Sum(i, -Step);
            gradient[i].ShouldBe((up - down) / (2 * Step), 1e-6, formula);
        }

        double Sum(int i, double step)
        {
            double[] moved = [.. a];
            moved[i] += step;
            return Values.Of(formula, Matrix(moved), B).Values.ToArray().Sum();
        }
    }

    [Fact]
    public void What_is_open_is_said()
    {
        Values.Result("(A-B)^2", "A=[[2,1],[1,2]]", "B=[[1,1],[0,1]]").Notes
            .ShouldContain(note => note.Contains("entry by entry"));
        Values.Result("(A+B)^2", "A=[[2,1],[1,2]]", "B=[[1,1],[0,1]]").Notes
            .ShouldContain(note => note.Contains("matrix product with itself"));
        Values.Result("\\sqrt{A}", "A=[[2,1],[1,2]]").Warnings
            .ShouldContain(warning => warning.Contains("entry by entry"));
    }

    [Fact]
    public void Programs_multiply_matrices_too()
    {
        Bindings matrices = Bindings.Parse(["A=[[1,2],[0,1]]", "B=[[2,0],[1,1]]"]);
        string Python(string formula) =>
            FormulaPrinter.Print(Formula.Parse(formula).Tree, "python", new() { Bindings = matrices });
        Python("(A+B)^2").ShouldContain("(A + B) @ (A + B)");
        Python("(A-B)^2").ShouldContain("(A - B) ** 2");
        Python("\\mathrm{mean}((A+B)^2)").ShouldContain("(A + B) ** 2");
        Should.Throw<FormulaException>(() => Python("\\mathbf{1}^\\top A"));
        Should.Throw<FormulaException>(() => Python("(A B)^{1/2}"));
        Should.Throw<FormulaException>(() => Python("\\mathrm{tr}(\\sqrt{A})"));
    }

    private static string Matrix(double[] a) =>
        FormattableString.Invariant($"A=[[{a[0]:R},{a[1]:R}],[{a[2]:R},{a[3]:R}]]");

    [Theory]
    [InlineData("1/sqrt(x^T A^2 x)", 0.5)]
    [InlineData("sum(A^2 x)", 4)]
    [InlineData("sum(2 A^2)", 6)]
    [InlineData("mean(A^2)", 0.75)]
    public void What_multiplies_a_vector_is_a_matrix_wherever_it_stands(string formula, double value) =>
        Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse("A=[[1, 1], [0, 1]]", "x=[1, 1]"))
            .Value.Values[0].ShouldBe(value, 1e-12);
}
