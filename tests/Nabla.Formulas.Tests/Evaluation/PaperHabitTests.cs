using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Spellings of papers whose value readers found wrong, against the value that their authors mean.</summary>
public sealed class PaperHabitTests
{
    [Theory]
    [InlineData(@"y_i = \frac{x_i-\mu}{\sqrt{\sigma^2+1}}a, \mu=\frac1n\sum_i x_i, \sigma^2=\frac1n\sum_i(x_i-\mu)^2",
        "[-1.5, 1.5]", "x=[1,3]", "a=2.1213203435596424", "n=2")]
    [InlineData(@"\mu=\frac1n\sum_i x_i; \sigma^2=\frac1n\sum_i(x_i-\mu)^2; y = \mu + 3\sigma", "5", "x=[1,3]", "n=2")]
    [InlineData(@"6 \times 7\times 10^9 \times 2\text{e}12", "8.4e22")]
    [InlineData(@"3\mathrm{e}-4 + 1\mathrm{e}{-4}", "0.0004")]
    [InlineData("‖x‖∞ + 1", "4", "x=[1,-3]")]
    [InlineData("‖x‖2", "5", "x=[3,-4]")]
    [InlineData(@"g^{\operatorname{floor}(a/b)}", "0.25", "g=0.5", "a=25", "b=10")]
    [InlineData("x[(i+1) % n]", "3", "x=[1,3,5]", "i=1", "n=3")]
    [InlineData("x[i//2]", "3", "x=[1,3,5]", "i=4")]
    [InlineData("‖W‖F²", "25", "W=[[3,0],[0,4]]")]
    [InlineData("3e{-4} + 1\\text{e-}4", "0.0004")]
    [InlineData(@"\log\frac{1}{K}\sum_{k=1}^{K}\frac{p_k}{q_k}", "0.1124779834266903", "p=[0.2,0.5,0.3]",
        "q=[0.4,0.25,0.35]", "K=3")]
    [InlineData(@"\exp\frac1n\sum_i\log x_i", "0.31072325059538586", "x=[0.2,0.5,0.3]", "n=3")]
    [InlineData(@"1+\cos\frac{T_{cur}}{T_i}\pi", "1.5877852522924731", "T_cur=3", "T_i=10")]
    [InlineData(@"\cos\tfrac{\pi}{2}t", "0.8910065241883679", "t=0.3")]
    [InlineData(@"\tanh\sqrt{2/\pi}(x+0.044715x^3)", "0.5159146705860479", "x=0.7")]
    [InlineData(@"\log\frac{1}{2}\left(p+q\right)", "-0.6931471805599453", "p=0.3", "q=0.7")]
    [InlineData(@"\log\frac{p}{q} x", "-1.3862943611198906", "p=0.3", "q=0.6", "x=2")]
    [InlineData(@"d_i=\sum_{j:\,|i-j|=1}A_{ij}", "[2,7]", "A=[[1,2],[7,1]]")]
    [InlineData(@"\sum_{j\ne y}\max(0,z_j-z_y+c)", "7.6", "z=[3.2,5.1,-1.7]", "y=1", "c=5.3")]
    [InlineData(@"\sum_{i\le n}x_i", "3", "x=[1,2,4]", "n=2")]
    [InlineData(@"\hat x_{nc}=x_{nc}-\mu_c, \mu_c=\frac1N\sum_nx_{nc}", "[[-1,-1],[1,1]]", "x=[[0,1],[2,3]]", "N=2")]
    [InlineData(@"\mathbb I(x>0)\cdot x+\mathbb I(x\le0)\cdot 0.1x", "[0.5,-0.13,2.1]", "x=[0.5,-1.3,2.1]")]
    [InlineData(@"\sum_{i=1}^n i\,x_{(i)}", "6", "x=[0.5,-1.3,2.1]", "n=3")]
    [InlineData("x_{(n)}-x_{(1)}", "3.4", "x=[0.5,-1.3,2.1]", "n=3")]
    [InlineData(@"y = x^2, g = \nabla_x 2 y", "12", "x=3")]
    [InlineData(@"c_i=\sum_j\alpha_{ij}h_j, \alpha_{ij}=\frac{e_{ij}}{\sum_k e_{ik}}", "[1.5,3]",
        "e=[[1,1],[0,2]]", "h=[0,3]")]
    [InlineData(@"\alpha_{ij}=e_{ij}^2, c_i=\sum_j\alpha_{ij}h_j", "[3,12]", "e=[[1,1],[0,2]]", "h=[0,3]")]
    [InlineData(@"\sum_{i\equiv0\,(\mathrm{mod}\,2)}x_i", "6", "x=[1,2,3,4]")]
    [InlineData(@"\sum_{k=0}^{n-1}\cos\frac{2\pi k}{n}x_{k+1}", "0.1", "x=[0.5,-1.3,2.1]", "n=3")]
    [InlineData("log (1/N) Σᵢ exp(xᵢ)", "1.2126771093401243", "x=[0.5,-1.3,2.1]", "N=3")]
    [InlineData(@"\ln\frac{1}{n}\|x\|^2", "0.7498425242364908", "x=[0.5,-1.3,2.1]", "n=3")]
    [InlineData(@"\prod_{s<t}(1-a_s)a_t", "0.12", "a=[0.2,0.5,0.3]", "t=3")]
    [InlineData(@"-\log p_{t}\ \text{for }t=2", "0", "p=[0.2,1,0.3]")]
    [InlineData(@"m\cdot x+(1-m)\cdot y", "[0.5,0.7,2.1]", "m=[1,0,1]", "x=[0.5,-1.3,2.1]", "y=[0.2,0.7,-0.4]")]
    [InlineData(@"\left.\frac{x^2}{2}\right|_{0}^{2}", "2")]
    [InlineData(@"\frac{x^2}{2}\Big|_1^3 + x^3|_{x=0}^{x=1}", "5")]
    [InlineData(@"\nabla_x 2 x^2 \cdot x", "36", "x=3")]
    [InlineData(@"\mathbb{E} X^2 - \mathbb{E}^2 X", "0.25", "X=[1,2]")]
    [InlineData(@"P(X>1 \mid X>0)", "0.5", "X=[1,2,-1]")]
    public void A_paper_means_this_value(string formula, string value, params string[] given)
    {
        NumberArray expected = Bindings.Parse([$"v={value}"])["v"];
        Values.ShouldBeNear(Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(given)).Value, expected,
            1e-12 * (1 + Math.Abs(expected.Values[0])), formula);
    }

    [Theory]
    [InlineData(@"\mathbb{E}[X\mid X>0]", "2", "X=[1,-1,3]")]
    [InlineData(@"\mathrm{Var}(X\mid X>0)", "1", "X=[1,-1,3]")]
    [InlineData(@"\mathbb{E}_{x\sim p}[x\mid x>1]", "2.75", "p=[0.2,0.5,0.3]", "x=[1,2,4]")]
    [InlineData(@"\mathbb{E}[Y\mid T=1]-\mathbb{E}[Y\mid T=0]", "1.5", "T=[1,0,1,0]", "Y=[2,3,5,1]")]
    [InlineData(@"\mathbb{P}(X>1\mid X>0)", "0.5", "X=[1,-1,3]")]
    [InlineData(@"\mathbb E(X-\mu)^2", "4", "X=[1,-1,3]", "mu=-0.1547005383792515")]
    [InlineData(@"\mathbb E\|X-\mathbb EX\|^2", "2.6666666666666667", "X=[1,-1,3]")]
    [InlineData(@"\mathbb E[\|X-\mathbb E[X]\|_2^2]", "0.928888888888889", "X=[[0.5,-1],[1,1],[-0.2,0.3]]")]
    [InlineData(@"\mathbb E[XX^\top]-\mathbb E[X]\mathbb E[X]^\top", "[[1,2],[2,4]]", "X=[[0,0],[2,4]]")]
    public void An_expectation_is_taken_of_samples_where_its_condition_holds(
        string formula, string value, params string[] given) => A_paper_means_this_value(formula, value, given);

    [Theory]
    [InlineData(@"\nabla_\theta \log p", "theta=3")]
    [InlineData(@"\nabla_x 3 f", "x=3")]
    [InlineData(@"\delta(y, t)", "y=0.3", "t=0.5")]
    [InlineData("F.cross_entropy(z, y)", "z=[1,2,3]", "y=[2]")]
    [InlineData("x^2/2|_{x=1}^{x=3}")]
    [InlineData("x = 5; x = r; y = 2x")]
    [InlineData(@"\mathbb E[X\mid X>9]", "X=[1,-1,3]")]
    public void What_no_author_means_has_no_value(string formula, params string[] given) =>
        Should.Throw<FormulaException>(() => Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(given)));

    [Fact]
    public void A_condition_of_which_nothing_is_known_is_told() =>
        Evaluator.Evaluate(Formula.Parse(@"\mathbb E[G_t \mid S_t = s]"), Bindings.Parse(["G_t=[1,2,3]"])).Warnings
            .ShouldContain(warning => warning.Contains("condition", StringComparison.Ordinal));
}
