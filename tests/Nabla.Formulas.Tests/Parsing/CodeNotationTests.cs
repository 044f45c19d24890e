using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Tests.Evaluation;

namespace Nabla.Formulas.Tests.Parsing;

/// <summary>Formulas as code and READMEs write them: methods of arrays, functions of modules, names.</summary>
public sealed class CodeNotationTests
{
    [Theory]
    [InlineData("a % b / c", 1)]
    [InlineData("a % b // c", 1)]
    [InlineData("-a % b * c", 3)]
    [InlineData("a * b % c * 2", 2)]
    [InlineData("a % b + c", 6)]
    [InlineData("a + b % c", 8)]
    [InlineData("a - b % c * 2", 5)]
    [InlineData("-a // b * c", -6)]
    [InlineData("17 % a % 2", 1)]
    [InlineData("a % -b", -1)]
    [InlineData("-a / b % c", 1.25)]
    [InlineData("-(a % b)", -3)]
    [InlineData("a % (b + c)", 0)]
    [InlineData("-a % (b + c) * 2", 0)]
    [InlineData("-(a + 1) % b", 0)]
    [InlineData("-(a // b) * c", -3)]
    [InlineData("-(a % b) * (c)", -9)]
    [InlineData("a mod b + c", 6)]
    [InlineData("a + b mod c", 2)]
    [InlineData(@"-a \bmod b + c", 4)]
    [InlineData("2^{-a % b}", 2)]
    public void A_remainder_binds_as_a_quotient_does(string formula, double value) =>
        Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(["a=7", "b=4", "c=3"])).Value.Values[0]
            .ShouldBe(value, 1e-12);

    [Theory]
    [InlineData("(x - y).pow(2).mean()", 1)]
    [InlineData("(x - x.mean()) @ y", 2)]
    [InlineData("x.sum() ** 2", 36)]
    [InlineData("x.sum() * 2 + 1", 13)]
    [InlineData("-x.max() + x.min()", -3)]
    [InlineData("x.var().sqrt()", 1.118033988749895)]
    [InlineData("np.std(x)", 1.118033988749895)]
    [InlineData("x.dot(y)", 8)]
    [InlineData("A.t().matmul(y)[2]", 8)]
    [InlineData("(A.transpose(-2, -1) @ y)[2]", 8)]
    [InlineData("A.inverse().matmul(y)[1]", -1)]
    [InlineData("inv(A)[1, 1]", -2)]
    [InlineData("(A @ y)[2]", 7)]
    [InlineData("(x + 1)[2] * 3", 6)]
    [InlineData("(x + 1)@[1, 1, 1, 2]", 14)]
    [InlineData("x.clamp(min=1).sum()", 7)]
    [InlineData("x.clamp(max=2).sum()", 5)]
    [InlineData("x.clamp(1, 2).sum()", 6)]
    [InlineData("x.clamp(min(1, 5), max(2, 0)).sum()", 6)]
    [InlineData("2**x.sum()", 64)]
    [InlineData("x1.pow(2) + 1", 10)]
    [InlineData("4^1/2 + 4^-1/2", 2.5)]
    [InlineData("x.clamp(min=1, max=2).sum()", 6)]
    [InlineData("(x + 1).rsqrt()[4]", 0.5)]
    [InlineData("torch.rsqrt(np.square(2))", 0.5)]
    [InlineData("x.softmax(dim=-1).sum()", 1)]
    [InlineData("x.softmax(-1).log().exp().sum()", 1)]
    [InlineData("tf.reduce_mean(tf.square(x))", 3.5)]
    [InlineData("np.divide(np.power(2, 3), np.subtract(3, 1))", 4)]
    [InlineData("x.sum(axis=None).item()", 6)]
    [InlineData("ln2 - ln(2) + ln10/ln(10)", 1)]
    [InlineData("x.sum() / len(x) + x.sum() / x.shape[0]", 3)]
    [InlineData("A.size(0) + A.shape[-1] + y.shape[-1]", 6)]
    [InlineData("F.mse_loss(x, y) + torch.sum(x)", 7)]
    [InlineData("F.linear(y, A, y)[2]", 8)]
    [InlineData("F.binary_cross_entropy(0.25, 1) - F.binary_cross_entropy(0.75, 0)", 0)]
    [InlineData("F.cosine_similarity(x, x)", 1)]
    [InlineData("self.x.data.sum() + self.y.sum()", 10)]
    [InlineData("torch.var(x) - np.var(x, ddof=1)", 0)]
    [InlineData("torch.var(x) * 3 - x.var(unbiased=False) * 4", 0)]
    [InlineData("A.std(dim=1)[2] ** 2 + A.var(axis=1)[2]", 0.75)]
    [InlineData("torch.std(A, dim=0, keepdim=True)[1, 2] ** 2", 2)]
    [InlineData("x.var(unbiased=True)", 1.6666666666666667)]
    [InlineData("15% of 200 + 0 * x[1]", 30)]
    [InlineData("A.norm(2, dim=1)[2]", 5)]
    [InlineData("A.norm(p=1, dim=0)[2]", 6)]
    [InlineData("np.linalg.norm(A, ord=1, axis=1)[2]", 7)]
    [InlineData("F.cosine_similarity(A, 2 * A, dim=-1)[2]", 1)]
    [InlineData("F.cosine_similarity(A, 2 * A)[1]", 1)]
    [InlineData("np.cumsum(A)[4]", 10)]
    [InlineData("A.cumsum(dim=1)[2, 2]", 7)]
    [InlineData("np.cumsum(A, axis=0)[2, 2]", 6)]
    [InlineData("np.mod(7, x1) + mod(8, x1) * 2", 5)]
    [InlineData("(np.linalg.inv(A + 2 * np.eye(2)) @ y)[1]", 0.3333333333333333)]
    public void Methods_and_modules_compute_what_arrays_compute(string formula, double value)
    {
        string[] given = ["x=[0, 1, 2, 3]", "y=[1, 0, 1, 2]", "A=[[1, 2], [3, 4]]", "x1=3"];
        if (formula.Contains('A'))
            given[1] = "y=[1, 1]";
        if (formula.Contains("A.t") || formula.Contains("A.transpose"))
            given[1] = "y=[-2, 3]";
        Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(given)).Value.Values[0].ShouldBe(value, 1e-12);
    }

    [Theory]
    [InlineData("Math.Sqrt(x*x + y*y)", 5)]
    [InlineData("Math.Pow(x, 2) + Math.Abs(-y)", 13)]
    [InlineData("1.0f / (1.0f + MathF.Exp(-x))", 0.9525741268224334)]
    [InlineData("Math.Floor(x / 2) + Math.Ceiling(x / 2)", 3)]
    [InlineData("Math.PI * x * x + Math.E", 30.992615710767183)]
    [InlineData("Math.Log(8, 2) + Math.log10(100)", 5)]
    [InlineData("x > 3 ? x : y * (Math.Tanh(x) - 1)", -0.019780985253078143)]
    public void The_functions_of_a_math_class_are_those_of_formulas(string formula, double value) =>
        Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(["x=3", "y=4"])).Value.Values[0]
            .ShouldBe(value, 1e-12);

    [Theory]
    [InlineData("np.power(A, 2)", 1d, 4d, 9d, 16d)]
    [InlineData("A.pow(2)", 1d, 4d, 9d, 16d)]
    [InlineData("np.square(A)", 1d, 4d, 9d, 16d)]
    [InlineData("A^2", 7d, 10d, 15d, 22d)]
    [InlineData("np.eye(2) + 1", 2d, 1d, 1d, 2d)]
    public void Powers_of_code_are_those_of_the_entries(string formula, params double[] entries) =>
        Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(formula.Contains('A') ? ["A=[[1, 2], [3, 4]]"] : []))
            .Value.Values.ToArray().ShouldBe(entries);

    [Theory]
    [InlineData("A.mean(-1)", "[1.5, 4]")]
    [InlineData("mean(A, dim=-1)", "[1.5, 4]")]
    [InlineData("A.sum(dim=-1)", "[3, 8]")]
    [InlineData("np.sum(A, axis=-1)", "[3, 8]")]
    [InlineData("torch.sum(A, -1)", "[3, 8]")]
    [InlineData("A.max(dim=-1)", "[2, 5]")]
    [InlineData("A.var(dim=-1)", "[0.5, 2]")]
    [InlineData("A.var(axis=-1)", "[0.25, 1]")]
    [InlineData("A.pow(2).sum(-1)", "[5, 34]")]
    [InlineData("A - A.mean(dim=-1, keepdim=True)", "[[-0.5, 0.5], [-1, 1]]")]
    [InlineData("A - A.mean(-1, keepdim=True)", "[[-0.5, 0.5], [-1, 1]]")]
    [InlineData("A.mean(-1).mean(-1)", "2.75")]
    [InlineData("x.mean(-1) + x.sum(dim=-1, keepdim=True)", "6")]
    [InlineData("torch.softmax(0 x, -1)", "[0.5, 0.5]")]
    [InlineData("tf.nn.leaky_relu(-x)", "[-0.2, -0.6]")]
    [InlineData("tf.nn.leaky_relu(-x, 0.1)", "[-0.1, -0.3]")]
    public void Settings_of_programs_are_those_of_their_libraries(string formula, string value) =>
        Values.ShouldBeNear(Values.Of(formula, formula.Contains('A') ? "A=[[1, 2], [3, 5]]" : "x=[1, 3]"),
            NumberArray.Parse(value), 1e-12, formula);

    [Fact]
    public void A_part_of_a_list_says_how_formulas_write_it() =>
        Values.Error("x[1:3].sum()", "x=[1, 2, 4, 8]").ShouldContain("x_{2:3}");

    [Fact]
    public void What_is_taken_of_each_row_has_the_gradient_of_each_row() =>
        Values.Gradients("(A - A.mean(-1, keepdim=True)).pow(2).sum(-1)", ["A"], "A=[[1, 2], [3, 5]]").Gradients["A"]
            .ShouldBe(NumberArray.Parse("[[-1, 1], [-2, 2]]"));

    [Theory]
    [InlineData("x.std()", "as in NumPy")]
    [InlineData("torch.median(x)", "their mean, as in NumPy")]
    [InlineData("jax.nn.gelu(x)", "with erf")]
    [InlineData("2 ∗ f ∗ g", "the product")]
    [InlineData("x.var()", "as in NumPy")]
    [InlineData("D^-1/2", "1/2 as a whole")]
    [InlineData("BM25: sum f(q_i)", "BM25: a heading")]
    public void What_could_be_meant_otherwise_is_said(string formula, string taken) =>
        Formula.Parse(formula).Choices.ShouldContain(choice => choice.Taken.Contains(taken));

    [Theory]
    [InlineData("x.transpose(1, 2)")]
    [InlineData("x.clamp(5)")]
    [InlineData("x.foo(2)")]
    [InlineData("torch.std_mean(x)")]
    [InlineData("x.shape[2]")]
    [InlineData("x.size()")]
    [InlineData("x.mean(")]
    public void What_no_formula_has_is_refused(string formula) =>
        Should.Throw<FormulaException>(() => Formula.Parse(formula));

    [Theory]
    [InlineData("y = (x - x.mean()) / x.std(unbiased=False)", false)]
    [InlineData("y = x.var(-1, keepdim=True, unbiased=False)", false)]
    [InlineData("y = x.var(ddof=0)", false)]
    [InlineData("y = x.var(unbiased=True)", false)]
    [InlineData("y = x.std(dim=0)", false)]
    [InlineData("y = x.std(axis=0)", true)]
    [InlineData("y = (x - x.mean()) / x.std()", true)]
    public void By_what_a_variance_is_divided_is_a_choice_unless_it_is_said(string code, bool isChoice) =>
        Formula.Parse(code).Choices.Any(choice => choice.Taken.Contains("divided by", StringComparison.Ordinal))
            .ShouldBe(isChoice);

    [Theory]
    [InlineData("D^-1/2 A", @"D^{-\frac{1}{2}} A")]
    [InlineData("n^1/3 + n^2/3", @"n^{\frac{1}{3}} + \frac{n^{2}}{3}")]
    [InlineData("x**-1/2", @"\frac{x^{-1}}{2}")]
    [InlineData("n^1 / 2", @"\frac{n^{(1)}}{2}")]
    [InlineData("smooth_l1 = x", @"\mathrm{smooth\_l1} = x")]
    [InlineData("x1_bar - mu2_hat", @"\bar{x}_{1} - \hat{\mu}_{2}")]
    [InlineData("Softmax: exp(x_i) / sum_j exp(x_j)", @"\frac{\exp(x_{i})}{\sum_{j} \exp(x_{j})}")]
    [InlineData("f: X -> Y", @"f : X \to Y")]
    [InlineData("g ** floor(t / s)", @"g^{\operatorname{floor}\left(\frac{t}{s}\right)}")]
    [InlineData("x^sqrt(2) + 2 ** max(t, 1)", @"x^{\sqrt{2}} + 2^{\max(t,1)}")]
    [InlineData("V^max(s)", @"V^{\max} s")]
    [InlineData("log(N / df) + idf", @"\log \frac{N}{\mathrm{df}} + \mathrm{idf}")]
    [InlineData("α∗(x - 1) + 3 ∗ y", @"\alpha * (x - 1) + 3 * y")]
    [InlineData("f ∗ g", @"f \ast g")]
    [InlineData("silu(x @ W) * (x @ V)", @"\operatorname{silu}(x @ W) \odot (x @ V)")]
    [InlineData("a * b @ C", @"(a * b) @ C")]
    [InlineData("-inf + sum_{k=0}^{inf} x^k", @"-\infty + \sum_{k=0}^{\infty} x^{k}")]
    [InlineData("return x + self.norm(self.ln1(x))", @"x + \operatorname{Norm}(\operatorname{LN}_{1}(x))")]
    [InlineData("relu(self.fc1(x))", @"\operatorname{relu}(\operatorname{fc}_{1}(x))")]
    [InlineData("ln_f(x) - ln(x)", @"\operatorname{LN}_{f}(x) - \ln x")]
    [InlineData("w -= lr * w.grad", @"w \leftarrow w - \mathrm{lr} * w_{\mathrm{grad}}")]
    [InlineData("inf_x f(x)", @"\inf_{x} f(x)")]
    public void Typed_names_and_powers_are_read_as_meant(string formula, string latex) =>
        FormulaPrinter.Latex(Formula.Parse(formula).Tree).ShouldBe(latex);
}
