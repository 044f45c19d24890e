using System.Text.Json;
using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Where a custom must not fire: what a hostile reviewer of the customs wrote against each of them.</summary>
public sealed class CustomLimitTests
{
    [Theory]
    [InlineData(@"[\theta x]_0^1", "3", "theta=3", "x=5")]
    [InlineData(@"[t x^2]_0^1", "2", "t=2", "x=5")]
    [InlineData(@"X \cdot 1", "[[1,2],[3,4]]")]
    [InlineData("torch.clamp(w, max=2, min=1.5)", "[1.5,2,2]")]
    [InlineData("w.clamp(max=2, min=None)", "[1,2,2]")]
    [InlineData(@"p = \sigma(k) \\ p = \frac{1}{1+e^{-k}} \\ -\log p", "0.31326168751822286")]
    [InlineData(@"z = 2k; z = k + k; y = z^2", "4")]
    [InlineData("e^2 100", "738.905609893065")]
    [InlineData(@"\log_2 256", "8")]
    [InlineData("x_1 100 + 1 000", "1100")]
    [InlineData("sum(w[i]*v[n-i] for i in range(3))", "22")]
    [InlineData("sum(v[2*i] for i in range(2))", "4")]
    [InlineData("v[2*k]", "2")]
    [InlineData("[-x]_i^2", "4")]
    [InlineData("[x^2/2]_{x=0}^{x=2}", "2")]
    [InlineData("[n x^2]_0^2", "16")]
    [InlineData("|n - I|", "1", "x=1", "I=5")]
    [InlineData("|D|", "3")]
    [InlineData(@"w^{\top} (\sigma(x-x))", "3")]
    [InlineData("-7//2", "-4")]
    [InlineData("-7 // 2 * 3", "-12")]
    [InlineData("n^2/2|_{n=3}", "4.5")]
    [InlineData("1/n|_{n=2} + 1", "1.5")]
    [InlineData("-7 // i * 2", "-8")]
    [InlineData("-(n + 3) // 2", "-4")]
    [InlineData("5 - 7 // 2", "2")]
    [InlineData("v[w[2]]", "2")]
    [InlineData(@"-\lfloor 7/2 \rfloor", "-3")]
    [InlineData(@"(n-2) \frac{d n^2}{dn}|_{n=3}", "12")]
    [InlineData("(X @ X) ** 2", "[[49,100],[225,484]]")]
    [InlineData("np.max(x, 0)", "4")]
    [InlineData("torch.sum(X, 1)", "[3,7]")]
    [InlineData("max(x, 0)", "[1,2,4]")]
    [InlineData("np.expm1(k)", "1.718281828459045")]
    [InlineData(@"X^{\circ 2}", "[[1,4],[9,16]]")]
    [InlineData(@"\ln 2/n", "0.17328679513998632")]
    [InlineData(@"\prod_j x_j + w_j", "[9,10,11]")]
    [InlineData("w' = x - X'X", "[[0]]", "x=[[1]]")]
    [InlineData(@"K = e^{-A} + \lambda I", "[[1.1,0.1353352832366127],[0.1353352832366127,1.1]]")]
    public void A_custom_ends_where_something_else_is_meant(string formula, string value, params string[] more)
    {
        string[] given = [.. more, "w=[1,2,3]", "v=[1,2,3,4,5]", "n=4", "k=1", "i=2", "D=-3", "lambda=0.1",
            "A=[[0,2],[2,0]]"];
        given = more.Length > 0 ? [.. given, "X=[[1]]"] : [.. given, "x=[1,2,4]", "X=[[1,2],[3,4]]"];
        using JsonDocument expected = JsonDocument.Parse(value);
        Values.ShouldBeNear(Values.Of(formula, given), NumberArray.From(expected.RootElement), 1e-9, formula);
    }

    [Theory]
    [InlineData("z = 2k; z = 3k; y = z^2")]
    [InlineData("z = 5; z = z - k; y = 2z")]
    public void A_name_that_is_given_two_values_is_refused(string formula) =>
        Values.Error(formula, "k=1").ShouldContain("more than once");

    [Fact]
    public void Which_of_two_letters_runs_between_two_values_is_asked() =>
        Values.Error("[u v]_0^1", "u=2", "v=5").ShouldContain("which letter");

    [Fact]
    public void Each_row_of_logits_has_one_class() =>
        Values.Error("F.cross_entropy(z, y)", "z=[[1,2,3],[3,4,1]]", "y=[0,1,2]").ShouldContain("2 rows");

    [Theory]
    [InlineData("sum(sum(x[i+j] for j in range(2)) for i in range(2))", "counts places from 0")]
    [InlineData("sum(x[w[i]] for i in range(2))", "counts places from 0")]
    [InlineData("sum(x[i]*x[1] for i in range(3))", "counts places from 0")]
    [InlineData("y = 0,5 n", "decimal comma")]
    [InlineData("0x10 + n", "base 16")]
    [InlineData("F.layer_norm(x, (3,))", "code of a program")]
    [InlineData("n = 5; n = n - 1; y = 2*n", "more than once")]
    [InlineData("a=2, a=3, b=a", "more than once")]
    [InlineData(@"\frac{\partial}{\partial x} \sum_j W_{ij} x_j", "table of all")]
    [InlineData("[[x^2]_0^1]_0^1", "within another")]
    public void What_a_custom_cannot_tell_is_refused(string formula, string said) =>
        Values.Error(formula, "x=[1,2,4]", "n=4", "W=[[1,2,3],[4,5,6]]").ShouldContain(said);

    [Theory]
    [InlineData("n^2 + 1, n > 0", "does not hold", "n=-2")]
    [InlineData(@"\sum_{j \in N(i)} x_j", "lists of members", "i=1", "x=[1,2]", "N=[[0,1],[1,0]]")]
    public void What_is_given_against_what_is_written_is_told(string formula, string said, params string[] given) =>
        Values.Result(formula, given).Warnings.ShouldContain(warning => warning.Contains(said));

    [Theory]
    [InlineData(@"\sigma(z)_1", "softmax")]
    [InlineData("[x^3/3]_1^2", "difference")]
    [InlineData("x[2*i]", "place of an entry")]
    [InlineData("x[1] + x[2]", "counted from 1")]
    [InlineData("A[:, 1]", "counted from 1")]
    public void What_is_settled_by_custom_is_a_choice(string formula, string taken) =>
        Formula.Parse(formula).Choices.ShouldContain(choice => choice.Taken.Contains(taken));

    [Theory]
    [InlineData("A + b")]
    [InlineData("b - A")]
    public void A_vector_beside_a_square_matrix_is_told_of_whichever_comes_first(string formula) =>
        Values.Result(formula, "A=[[1,2],[3,4]]", "b=[1,2]").Notes.ShouldContain(note =>
            note.Contains("each row", StringComparison.Ordinal));
}
