using Nabla.Formulas.Explanation;

namespace Nabla.Formulas.Tests.Explanation;

/// <summary>
/// A letter has the meaning that it has in the field only where the field is seen; elsewhere it is named plainly.
/// </summary>
public class RoleTests
{
    [Theory]
    [InlineData("V=IR", "I", "quantity")]
    [InlineData("F=ma", "m", "quantity")]
    [InlineData("F=ma", "a", "quantity")]
    [InlineData(@"a^2+b^2=c^2", "b", "quantity")]
    [InlineData(@"p = mv", "v", "quantity")]
    [InlineData(@"\lambda = h/p", "h", "quantity")]
    [InlineData(@"W = Fd", "d", "quantity")]
    [InlineData(@"T = 2\pi\sqrt{L/g}", "L", "quantity")]
    [InlineData(@"V = lwh", "w", "quantity")]
    [InlineData(@"R_1 + R_2", "R_1", "quantity")]
    [InlineData("x + y", "x", "variable")]
    [InlineData("3e-x", "e", "Euler's number")]
    [InlineData(@"e = y - \hat y", "e", "result")]
    [InlineData(@"t_{1/2} = \ln 2/\lambda", "t_1/2", "time")]
    [InlineData(@"y = \beta_1 x_1 + \beta_2 x_2", "beta_2", "coefficient")]
    [InlineData("D = b^2-4ac", "D", "result")]
    [InlineData(@"\frac{dI}{dt} = \beta S I - \gamma I", "I", "quantity")]
    [InlineData("V + IR = 0", "I", "quantity")]
    [InlineData(@"\delta_{jk} = \sum_i w_{ij}\delta_{ik}", "delta_i_k", "small difference")]
    public void Where_nothing_of_the_field_stands_a_letter_is_named_plainly(
        string formula, string symbol, string name) =>
        Find(formula, symbol).ShouldBe(name);

    [Theory]
    [InlineData(@"h = f(Wx)", "W", "weight matrix")]
    [InlineData(@"y = \sigma(W_2 h + b_2)", "h", "hidden state")]
    [InlineData(@"W \in R^{m \times n}", "R", "real numbers")]
    [InlineData(@"A^{-1} b", "A", "matrix")]
    [InlineData(@"w^T x", "w", "weights")]
    [InlineData(@"|D|", "D", "data set")]
    [InlineData(@"k = W_k x", "k", "key")]
    [InlineData("q = W_q x, k = W_k x, v = W_v x", "W_v", "value weights")]
    [InlineData("(I - A)^{-1}", "I", "identity matrix")]
    [InlineData(@"\text{score}(q,d) = \sum_{t \in q} IDF(t) f(t,d) (k_1+1) / (f(t,d) + k_1 (1 - b + b |d|/avgdl))", "q",
        "query")]
    public void Where_something_of_the_field_stands_it_is_what_it_is_there(
        string formula, string symbol, string name) =>
        Find(formula, symbol).ShouldBe(name);

    [Theory]
    [InlineData(@"S = QK^T/\sqrt d, P = \text{softmax}(S), O = PV", "d", "dimension")]
    [InlineData(@"S = QK^T/\sqrt d, P = \text{softmax}(S), O = PV", "P", "intermediate result")]
    [InlineData(@"y_i = \beta_0 + \beta_1 x_i + \beta_2 z_i", "beta_2", "coefficients")]
    [InlineData(@"\ell = \sum_n \log \sum_k \pi_k \exp(-(x_n-\mu_k)^2/2)", "pi_k", "share")]
    [InlineData(@"\sum_t |f(x_t)-f(x_{t-1})|", "x_t", "input")]
    [InlineData(@"v_t = \beta v_{t-1}+(1-\beta) g_t^2, w = w - \frac{\eta}{\sqrt{v_t+\epsilon}} g_t", "v_t",
        "second moment")]
    [InlineData(@"Q(S,A)=R+\gamma \max_a Q(S',a)", "A", "action")]
    [InlineData(@"Q(S,A)=R+\gamma \max_a Q(S',a)", "S_prime", "next state")]
    [InlineData(@"\frac1G \sum_{i=1}^G A_i r_t", "G", "number of terms")]
    [InlineData(@"x_i = \frac{q_i^{1/T}}{\sum_j q_j^{1/T}}", "T", "temperature")]
    [InlineData(@"\|x\|_p^p", "p", "order of the norm")]
    [InlineData(@"n=(z_{\alpha/2}\sigma/E)^2", "z_alpha/2", "quantile")]
    [InlineData(@"\delta_{ij} - p_j", "delta_i_j", "Kronecker delta")]
    [InlineData(@"e_1^T A", "e_1", "unit vector")]
    [InlineData(@"R(f) = \int L(y, f(x)) dx", "R", "risk")]
    [InlineData(@"dx = f(x,t)dt+g(t)dw", "dw", "noise of the step")]
    [InlineData(@"L = L_1 - \beta L_2 x", "beta", "coefficient")]
    public void The_place_says_more_than_the_letter(string formula, string symbol, string name) =>
        Find(formula, symbol).ShouldBe(name);

    [Theory]
    [InlineData(@"\|A\|_*", "star")]
    [InlineData(@"P(A^c)=1-P(A)", "c")]
    [InlineData(@"W_{int8} = \text{round}(W/s)", "n")]
    public void Signs_and_words_at_a_letter_are_no_symbols(string formula, string sign) =>
        Explainer.Explain(formula).Symbols.ShouldNotContain(symbol => symbol.Symbol == sign);

    private static string Find(string formula, string symbol) =>
        Explainer.Explain(formula).Symbols.First(found => found.Symbol == symbol).Name;
}
