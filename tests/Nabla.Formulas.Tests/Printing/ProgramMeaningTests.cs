using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Printing.Programs;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>Programs take tables, ranges and products as evaluation does, or are refused.</summary>
public sealed class ProgramMeaningTests
{
    [Theory]
    [InlineData(@"\sum_{i \in \{1,3\}} x_i", "picks some", "x=[1,2,4]")]
    [InlineData(@"\frac{1}{|S|} \sum_{i \in S} x_i", "picks some")]
    [InlineData(@"\sum_{(i,j) \in E} x_i x_j", "picks some", "x=[1,2]", "E=[[1,2]]")]
    [InlineData(@"\sum_{i=1,3,5} x_i", "picks some")]
    [InlineData(@"\mathbb{E}_p[X]", "weighted", "p=[0.5,0.5]", "X=[1,2]")]
    [InlineData(@"\mathbb{E}_{p(x)}[f(x)]", "weighted", "p=[0.5,0.5]", "f=[1,2]")]
    [InlineData(@"\sum_a \pi(a|s) Q(s,a)", "in this order", "pi=[[0.3,0.7],[0.5,0.5]]", "Q=[[1,2],[3,5]]")]
    [InlineData(@"\sum_t p(x_t)", "in this order", "p=[0.5,0.25,0.25]", "x=[1,3]")]
    [InlineData(@"\vec a \times \vec b", "cross product")]
    [InlineData(@"P(x \ge 1)", "condition", "x=[1,2]")]
    [InlineData(@"\|x\|_M", "no such norm", "x=[1,2]", "M=[[1,0],[0,1]]")]
    [InlineData("(A^T A)_{12}", "apart", "A=[[1,2],[3,5]]")]
    [InlineData(@"\mathrm{softmax}_i(A_{ij})", "over an index", "A=[[1,2],[3,5]]")]
    [InlineData(@"\|X\|_{2,1}", "cannot be written")]
    [InlineData(@"\sum_{j \in N(2)} h_j", "picks some", "h=[1,2]", "N=[[2,2],[1,1]]")]
    [InlineData(@"\mathbb{E}[x x^T]", "each row", "x=[[1,2],[0,1]]")]
    [InlineData("X^T1", "how many ones", "X=[[1,2],[3,4]]")]
    [InlineData("P^n_{ij}", "power of a matrix")]
    [InlineData("A[:,1]", "a part of a list", "A=[[1,2],[3,4]]")]
    [InlineData(@"\nabla_x (x^T x)", "cannot be written")]
    [InlineData(@"\mathrm{tr}(e^A)", "matrix exponential", "A=[[0,1],[1,0]]")]
    [InlineData(@"e^{At} x", "matrix exponential", "A=[[0,1],[1,0]]", "t=1", "x=[1,2]")]
    [InlineData("m = b*m + g; w = w - m", "another value", "b=1", "m=1", "g=1", "w=1")]
    [InlineData("r_t + V(s_{t+1}) - V(s_t)", "which entry", "r=[1,2]", "V=[1,2,3]")]
    [InlineData(@"\sum_i s(x_i, y_i)", "which entry", "s=[[1,2],[3,4]]")]
    [InlineData(@"\sum_{t \ge 0} g^t r_t", "cannot be written", "g=0.5", "r=[1,2]")]
    [InlineData("F.softmax(A, dim=0)", "of each column", "A=[[1,2],[3,5]]")]
    [InlineData("F.softmax(A, dim=0)", "of each column")]
    [InlineData(@"\mathbb{E}[X \mid X > 0]", "condition", "X=[1,-1]")]
    [InlineData(@"\mathbb{E}[X \mid X > 0]", "condition")]
    [InlineData(@"\mathbb{E}[XX^T]", "each row", "X=[[1,2],[0,1]]")]
    [InlineData(@"\mathbb{E}\|X - \mathbb{E}[X]\|^2", "each row", "X=[[1,2],[0,1]]")]
    [InlineData("x_{(1)}", "sort", "x=[2,1]")]
    public void What_a_program_would_compute_otherwise_is_refused(string formula, string said, params string[] given)
    {
        var options = new PrintOptions { Bindings = given.Length == 0 ? null : Bindings.Parse(given) };
        foreach (OutputLanguage language in new OutputLanguage[] { new PythonPrinter(), new CsharpPrinter() })
            Should.Throw<FormulaException>(() => language.Print(Formula.Parse(formula).Tree, options))
                .Message.ShouldContain(said);
    }

    [FactNeeding(Needing.Numpy)]
    public void The_others_compute_what_evaluation_does()
    {
        (string Formula, string[] Given)[] cases =
        [
            (@"\sum_{x,y} p(x,y) \log \frac{p(x,y)}{p(x) p(y)}", ["p=[[0.1,0.2],[0.3,0.4]]"]),
            (@"-\sum_{x,y} p(x,y) \log p(y|x)", ["p=[[0.1,0.2],[0.3,0.4]]"]),
            (@"A \times B", ["A=[[1,2],[3,5]]", "B=[[2,-1],[0.5,3]]"]),
            (@"\mathrm{softmax}_\tau(u)", ["u=[1,2]", "tau=2"]),
            (@"(5+|Y|)^c", ["Y=[1,2,3]", "c=0.6"]),
            (@"\sum_i y_i\log p_i + (1-y_i)\log(1-p_i)", ["y=[1,0]", "p=[0.8,0.3]"]),
            (@"|u|^2 + |v - u|^2", ["u=[3,4]", "v=[1,1]"]),
            ("0 < t < 1", ["t=0.5"]),
            ("u > 0", ["u=[1,-2,3]"]),
            (@"\|A\|_{op}", ["A=[[1,2],[3,5]]"]),
            (@"\sum_{u_i > 0} u_i", ["u=[1,-2,3]"]),
            ("np.where(u > 0, u, 0.1*u) + np.linalg.norm(u, 1)", ["u=[1,-2,3]"]),
            (@"A \times u", ["A=[[1,2],[3,5]]", "u=[1,2]"]),
            (@"\sum_{i \ne j} u_i u_j", ["u=[1,2,4]"]),
            (@"\left\lVert u \right\rVert^2_2 + |u|_1", ["u=[1,-2,3]"]),
            (@"n \sum u_i v_i - \sum u_i \sum v_i", ["n=3", "u=[1,-2,3]", "v=[1,4,2]"]),
            (@"w_i = \prod_{j=1}^{i-1} (1 - a_j) a_i", ["a=[0.5,0.25,0.5]"]),
            (@"\frac{1}{|u|} \sum_i u_i", ["u=[1,-2,3]"]),
            (@"s^2 = \frac{1}{n-1}\sum_{i=1}^n (u_i - \bar{u})^2", ["u=[1,-2,3]", "n=3"]),
            (@"\nabla_a a^2", ["a=0.5"]),
            ("u.mean(dim=-1, keepdim=True)", ["u=[1,-2,3]"]),
            ("np.dot(A, B)", ["A=[[1,2],[3,4]]", "B=[[0,1],[1,0]]"]),
            ("np.concatenate([u, v])", ["u=[1,2]", "v=[3]"]),
            ("-7//n", ["n=2"]),
            ("median(u) + u_1", ["u=[3,1,2,5]"]),
            ("cumsum(u)", ["u=[3,1,2,5]"]),
            (@"a \bmod b", ["a=-7.5", "b=2"]),
            (@"\Gamma(a) + \Phi(a) + \mathrm{lgamma}(a) + B(a, b)", ["a=2.5", "b=0.5"]),
            ("log1p(a) + expm1(a) + atan2(a, b) + gcd(8, 12)", ["a=0.3", "b=2"]),
            (@"\mathrm{KL}(p, q) + \mathrm{JS}(p, q) + H(p) + \mathrm{CE}(p, q)", ["p=[0.5,0.5,0]", "q=[0.2,0.7,0.1]"]),
            ("F.mse_loss(u, v) + F.l1_loss(u, v) + F.smooth_l1_loss(u, v)", ["u=[1,2,3]", "v=[1.5,0,3]"]),
            ("F.binary_cross_entropy_with_logits(u, v)", ["u=[1,-2,3]", "v=[1,0,1]"]),
            (@"\mathrm{LayerNorm}(u, v, b)", ["u=[1,-2,4]", "v=[1,2,3]", "b=[0,0,1]"]),
            (@"\mathrm{RMSNorm}(u) + \mathrm{LN}(u)", ["u=[1,-2,4]"]),
            (@"\mathcal{N}(a; m, s^2)", ["a=0.5", "m=1", "s=2"]),
            ("F.normalize(u, dim=-1)", ["u=[3,4]"]),
            (@"\mathrm{corr}(u, v)", ["u=[1,-2,4]", "v=[1,2,3]"]),
            (@"\mathrm{SwiGLU}(u, v)", ["u=[1,-2,4]", "v=[1,2,3]"]),
            ("np.outer(u, v)", ["u=[1,-2,4]", "v=[1,2,3]"]),
            ("A - A.mean(-1, keepdim=True)", ["A=[[1,2],[3,5]]"]),
            ("np.std(A, axis=0) + A.sum(dim=1)", ["A=[[1,2],[3,5]]"]),
            ("A / A.norm(2, dim=1, keepdim=True)", ["A=[[1,2],[3,5]]"]),
            ("A.norm(p=1, dim=1) + np.linalg.norm(A, ord=2, axis=0)", ["A=[[1,2],[3,5]]"]),
            ("A.max(dim=0).values + A.min(-1)", ["A=[[1,2],[3,5]]"]),
            ("F.cosine_similarity(A, B)", ["A=[[1,2],[3,4]]", "B=[[0,1],[1,0]]"]),
            ("F.cosine_similarity(A, u, dim=-1)", ["A=[[1,2],[3,4]]", "u=[2,1]"]),
            ("torch.std(u) + torch.var(u, unbiased=False) + np.var(u, ddof=1)", ["u=[1,-2,4]"]),
            ("(A - A.mean(0)) / A.std(dim=0, keepdim=True) + A.var(dim=1)", ["A=[[1,2],[3,5]]"]),
            ("np.cumsum(A)", ["A=[[1,2],[3,4]]"]),
            (@"-\log p_t \text{ for } t=2", ["p=[0.2,0.5]"]),
            ("x for x > 0, a*x for x <= 0", ["x=-1.7", "a=0.3"]),
            ("[1 2; 3 4]·[5; 6]", []),
            (@"\sum_k \pi_k \mathcal{N}(x; \mu_k, \sigma_k^2)", ["pi=[0.3,0.7]", "mu=[0,1]", "sigma=[1,2]", "x=0.5"]),
            ("mae(u, v) + mean", ["u=[1,2]", "v=[2,4]", "mean=3"]),
            (@"\mathrm{LN}(u) + \epsilon", ["u=[1,2]", "epsilon=0.5"]),
            ("a * b % c * 2 - a % b", ["a=7", "b=4", "c=3"]),
        ];
        IReadOnlyDictionary<string, JsonElement> results =
            PythonRunner.Run(cases.Select(one => Call(one.Formula, Bindings.Parse(one.Given))));
        foreach ((string formula, string[] given) in cases)
        {
            NumberArray value = Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(given)).Value;
            results[formula].ValueKind.ShouldBe(JsonValueKind.Array, $"{formula}: {results[formula]}");
            double[] computed = [.. results[formula].EnumerateArray().Select(number => number.GetDouble())];
            computed.ShouldBe(value.Values.ToArray(), 1e-12, formula);
        }
    }

    private static PythonCall Call(string formula, Bindings given)
    {
        Formula parsed = Formula.Parse(formula);
        var options = new PrintOptions { Bindings = given };
        var program = FormulaProgram.Of(parsed.Tree, new PythonDialect(), options);
        return new(formula, FormulaPrinter.Print(parsed.Tree, "python", options), [.. program.Parameters.Select(
            parameter => JsonDocument.Parse(given[parameter.Name].ToString()).RootElement.Clone())]);
    }
}
