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
    [InlineData("y^{x_{(1)}}", "3", "x=[2,1]", "y=3")]
    [InlineData(@"x_{\left(\frac{n+1}{2}\right)}", "3", "x=[3,1,4,1.5,5]", "n=5")]
    [InlineData(@"x_{(\lceil np\rceil)}", "2", "x=[5,1,4,2]", "n=4", "p=0.5")]
    [InlineData("R=x_{(n)}-x_{(1)}", "4", "x=[3,1,4,1.5,5]")]
    [InlineData("(S-K)^+", "[0,5]", "S=[90,100]", "K=95")]
    [InlineData(@"\frac1n\sum_{i=1}^n(S_i-K)^+", "2.5", "S=[90,100]", "K=95")]
    [InlineData(@"(A-\lambda I)^+", "[[1,0],[0,0.5]]", "A=[[2,0],[0,3]]", "lambda=1")]
    [InlineData("[1-a]_+b", "[1,0,0]", "a=[0.5,3,4]", "b=2")]
    [InlineData(@"\sum_i(x-t_i)_+\beta_i", "2", "beta=[1,2]", "x=3", "t=[1,4]")]
    [InlineData(@"\sum_i w_i[x_i-c]_+y_i", "1", "w=[1,2]", "x=[3,1]", "c=2", "y=[1,2]")]
    [InlineData(@"\frac{n_+n_-}{n^2}", "0.24", "n_+=2", "n_-=3", "n=5")]
    [InlineData("n_-n_+", "6", "n_+=2", "n_-=3")]
    [InlineData(@"\mathrm{TV}(x)=\sum_{i=1}^{n-1}|x_{i+1}-x_i|", "6", "x=[1,3,2,5]")]
    [InlineData(@"\sum_{i=2}^{n-1}(x_{i+1}-2x_i+x_{i-1})^2", "25", "x=[1,3,2,5]")]
    [InlineData(@"\sum_{i=1}^{T-1}\frac{(x_{i+1}-x_i)(y_i+y_{i+1})}2", "6.5", "x=[0,1,3]", "y=[1,2,3]")]
    [InlineData(@"\sum_{i=1}^{n-1}(x_iy_{i+1}-x_{i+1}y_i)+x_ny_1-x_1y_n", "2", "x=[0,2,0]", "y=[0,0,1]")]
    [InlineData(@"\sum_{t=0}^{n}\frac{C_t}{(1+r)^t}", "2.7750910332271266", "C=[-100,5,5,105]", "r=0.04")]
    [InlineData(@"b = \frac{m_3}{m_2^{3/2}}, m_k = \frac1n\sum_{i=1}^n (x_i-\bar x)^k", "-0.2247798714760762",
        "x=[1.2,-0.7,2.5]")]
    [InlineData(@"J=\frac12w^\top w+C\sum_{i=1}^n\xi_i,\ \xi_i=\max(0,1-y_i(w^\top x_i+b))", "4.845",
        "x=[[1,2],[0.5,-1],[3,0.2]]", "w=[0.5,-0.2]", "b=0.1", "y=[1,-1,1]", "C=2")]
    [InlineData(@"f(x_1,\dots,x_n)=x^*+\log\sum_{i=1}^n e^{x_i-x^*},\ x^*=\max\{x_1,\dots,x_n\}", "2.77253848267976",
        "x=[1.2,-0.7,2.5]")]
    [InlineData(@"y_i=\frac{x_i-\mu}{\sigma},\ \mu=\frac1m\sum_{i=1}^mx_i,\ \sigma^2=\frac1m\sum_{i=1}^m(x_i-\mu)^2",
        "[-1,1]",
        "x=[1,3]")]
    [InlineData(@"L=\frac1N\sum_{i=1}^N\ell_i,\ \ell_i=(y_i-wx_i)^2", "4.9375", "y=[1.2,-0.7,2.5]", "x=[0.4,1.1,-2]",
        "w=0.5")]
    [InlineData(@"R=R_1+R_2,\ R_1=2a,\ R_2=3a", "10", "a=2")]
    [InlineData(@"y=\frac{y_1}{y_2},\ y_1=3a,\ y_2=a", "3", "a=2")]
    [InlineData(@"o=\sum_ia_iv_i,\ a_i=\frac{b_i}{\sum_jb_j},\ b_i=q_i^2", "2.714285714285714", "q=[0.5,1,2]",
        "v=[1,2,3]")]
    [InlineData(@"L=D-A,\ D_{ii}=\sum_jA_{ij}", "[[2,-1,-1],[-1,1,0],[-1,0,1]]", "A=[[0,1,1],[1,0,0],[1,0,0]]")]
    [InlineData(@"N(t)=N_0\left(\frac12\right)^{t/T}", "65.97539553864471", "N_0=100", "t=3", "T=5")]
    [InlineData(@"f=f_0\left(1+\frac{v}{c}\right)", "5.5", "f_0=5", "v=1", "c=10")]
    [InlineData(@"V=\frac{V_{\max}[S]}{K_m+[S]}", "4", "V_max=10", "S=2", "K_m=3")]
    [InlineData("v=k[A]^m[B]^n", "6", "k=0.5", "A=2", "m=2", "B=3", "n=1")]
    [InlineData("(I-KH)P(I-KH)^T+KRK^T", "[[0.5125,-0.145],[-0.145,0.722]]", "K=[[0.5],[0.2]]", "H=[[1,0.5]]",
        "P=[[2,0.5],[0.5,1]]", "R=[[0.3]]")]
    [InlineData(@"\sum_{v}\frac{|S_v|}{|S|}H(S_v)", "0.892", "|S_v|=[8,6]", "|S|=14", "H(S_v)=[0.811,1]")]
    [InlineData(@"\sum_{i}P(x_i|\theta)c_i", "14", "P(x_i|theta)=[6,4]", "c_i=[1,2]")]
    [InlineData(@"\prod_{t_i\le t}\left(1-\frac{d_i}{n_i}\right)", "0.4", "t_i=[1,2,4]", "t=3", "d=[1,2,1]",
        "n=[5,4,2]")]
    [InlineData(@"\begin{cases}|x|^3-|x|^2&\text{for }|x|\le1\\0&\text{otherwise}\end{cases}", "[-0.125,0]",
        "x=[-0.5,1.3]")]
    [InlineData("K_p e(t)+K_d(e(t)-e(t-1))", "4.05", "K_p=2", "K_d=0.1", "e=[1,1.5,2]", "t=3")]
    [InlineData(@"e^{-\frac{h\nu}{k_BT}}", "0.6411803884299546", "h=1", "nu=2", "k_B=1.5", "T=3")]
    [InlineData(@"P_{k|k-1}=FP_{k-1|k-1}F^\top+Q", "[[9,21.5],[21.5,59]]", "P_{k-1|k-1}=[[2,0.5],[0.5,1]]",
        "F=[[1,2],[3,5]]", "Q=[[1,0],[0,1]]")]
    [InlineData(@"\sum_{i,j}|u_{i+1,j}-u_{i,j}|+|u_{i,j+1}-u_{i,j}|", "14", "u=[[1,2],[4,8]]")]
    [InlineData(@"\operatorname{quantile}(x,\alpha)", "1.8", "x=[3,1,4,1.5,5]", "alpha=0.3")]
    [InlineData(@"\frac{-b\pm\sqrt{b^2-4ac}}{2a}", "[2,1]", "a=1", "b=-3", "c=2")]
    [InlineData(@"\frac{\phi(a)}{1-\Phi(a)}", "1.1410777703680648", "a=0.5")]
    [InlineData(@"S N(d_1),\ d_1=\ln\frac{S}{K}", "54.775842602058454", "S=100", "K=88.6920436717156")]
    [InlineData(@"\sinh^{-1}x", "0.29567304756342243", "x=0.3")]
    [InlineData(@"\Sigma^{-1}(\mu-r_f\mathbf{1})", "[0.05,0.1]", "Sigma=[[1,0],[0,1]]", "mu=[0.07,0.12]", "r_f=0.02")]
    [InlineData(@"\sum_{1\le i<j\le n}x_ix_j", "41", "x=[1,3,2,5]")]
    [InlineData(@"\sum_{i=1,\,i\ne k}^{n}x_i", "8", "x=[1,3,2,5]", "k=2")]
    [InlineData(@"\sum_{k}\left|\sum_{i\le k}(p_i-q_i)\right|", "0.3", "p=[0.2,0.5,0.3]", "q=[0.4,0.4,0.2]")]
    [InlineData(@"\max_t\frac{\max_{s\le t}P_s-P_t}{\max_{s\le t}P_s}", "0.25", "P=[100,120,90,110]")]
    [InlineData(@"\sum_k\prod_{j\neq k}\frac{x-x_j}{x_k-x_j}y_k", "0.6666666666666666", "x=2", "x_j=[1,3,4]",
        "x_k=[1,3,4]", "y=[1,2,5]")]
    [InlineData(@"\sigma(W_f[h_{t-1},x_t])", "[0.5,0.7310585786300049]", "W_f=[[1,0,0],[0,1,1]]", "h_{t-1}=[0,0.5]",
        "x_t=[0.5]")]
    [InlineData(@"\begin{cases}x-\lambda,&x>\lambda\\0,&|x|\le\lambda\\x+\lambda,&x<-\lambda\end{cases}",
        "[0.4,0,-1.2]", "x=[1.2,0.3,-2]", "lambda=0.8")]
    [InlineData(@"P(i)=\frac{p_i}{\sum_kp_k},\quad w_i=\frac1{P(i)}", "[6,3,2]", "p=[1,2,3]")]
    [InlineData(@"-\ln B(p,q), B(p,q)=\sum_x\sqrt{p(x)q(x)}", "0.025312390303688884", "p=[0.2,0.5,0.3]",
        "q=[0.4,0.4,0.2]")]
    [InlineData(@"\operatorname{median}(|X_i-\tilde X|)", "1", "X=[1,3,2,7,4]")]
    [InlineData(@"\Sigma_{jk}=\frac1{n-1}\sum_{i=1}^n(x_{ij}-\bar x_j)(x_{ik}-\bar x_k)", "[[2,4],[4,8]]",
        "x=[[0,0],[2,4]]")]
    [InlineData(@"\arg\max_{i\in\{1,\dots,n\}}x_i", "3", "x=[1.2,-0.7,2.5]")]
    [InlineData(@"y=\sum_{i=1}^nK_h(x-x_i)y_i,\ K_h(u)=u^2", "5", "x=3", "x_i=[1,2]", "y=[1,1]")]
    public void What_papers_leave_unsaid_is_found(string formula, string value, params string[] given) =>
        A_paper_means_this_value(formula, value, given);

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
