using Nabla.Formulas.Explanation;

namespace Nabla.Formulas.Tests.Explanation;

/// <summary>Spellings found in repositories and blogs that can be mistaken: names, calls, labels, brackets.</summary>
public class WildReadingTests
{
    public static TheoryData<string, string> Names => new()
    {
        { @"IDF(t, D) = \log \frac{|D|}{n}", "IDF of t and D is the log of the size of D over n" },
        { @"PR(p_i) = \frac{1-d}{N} + d", "PR of p_i is (1 minus d, all divided by N) plus d" },
        { "kv_bytes = 2 * n_layers", "kv_bytes is 2 times n_layers" },
        { @"x_{int} = \text{round}(x)", "x_int is the nearest whole number to x" },
        { "P@k = n / k", "P@k is n over k" },
        { @"\text{Precision@}k = \frac{TP}{k}", "Precision@k is TP over k" },
        { "y = W@x + b", "y is W times x plus b" },
        { "D*(x) = p(x) / (p(x) + q(x))", "D* of x is p of x divided by the sum of p of x and q of x" },
        { @"\hat{A}_t = \delta_t^V + c", "Â_t is δ_t^V plus c" },
        { @"\hat{A}_t^{GAE(\gamma,\lambda)} = c", "Â_t^GAE(γ,λ) is c" },
        { @"\mathbf{X} = \mathbf{U\Sigma V}^\top", "X is U times Σ times V transposed" },
        { @"f(x) = 3x^2 + 2x^1 + 1", "f of x is 3 times x squared plus 2 times x to the power 1 plus 1" },
        { @"\rho_{X,Y} = \frac{\text{cov}(X,Y)}{\sigma_X \sigma_Y}",
            "ρ_X,Y is the covariance of X and Y, divided by the product of σ_X and σ_Y" },
    };

    public static TheoryData<string, string> Applications => new()
    {
        { @"\frac{\partial L}{\partial W^{(l)}} = \delta^{(l)}(a^{(l-1)})^T",
            "the partial derivative of L with respect to W^(l) is δ^(l) times a^(l−1) transposed" },
        { @"\frac{\partial p_j}{\partial a_k} = p_j (\delta_{jk} - p_k)",
            "the partial derivative of p_j with respect to a_k is p_j times the difference between δ_j,k and p_k" },
        { @"L_\tau(y, \hat{y}) = \tau (y - \hat{y})", "L_τ of y and ŷ is τ times the difference between y and ŷ" },
        { "(f * g)[n] = sum_m f[m] g[n - m]",
            "the convolution of f and g at n is the sum over all m of element m of f times element n minus m of g" },
        { @"P(w_n|w_{n-2}w_{n-1}) = c",
            "the probability of w_n given w_(n−2) and w_(n−1) is c" },
        { @"f(\mathbf{x} + \Delta\mathbf{x})", "f of x plus Δx" },
        { "g = σ'(z)", "g is the derivative of the sigmoid of z" },
    };

    public static TheoryData<string, string> Averages => new()
    {
        { @"J = \hat{\mathbb E}_t[r_t A_t]", "J is the average over t of r_t times A_t" },
        { "L = E_t,x₀,ε[||ε||²]", "L is the average over t, x_0 and ε of the squared norm of ε" },
        { @"J = \mathbb{E}[q \sim P(Q)] \frac{1}{G} \sum_{i=1}^{G} r_i",
            "J is the average over q drawn from the probability of Q of the average over i from 1 to G of r_i" },
        { @"J = \frac{1}{|Q|} \sum_{i=1}^{|Q|} r_i", "J is the average over i from 1 to the size of Q of r_i" },
        { @"\frac{1}{|y|} \log \pi(y \mid x)",
            "1 divided by the size of y, times the log of the probability π of y given x" },
    };

    [Theory, MemberData(nameof(Names)), MemberData(nameof(Applications)), MemberData(nameof(Averages))]
    public void A_spelling_is_read_as_its_writer_meant_it(string formula, string reading) =>
        Explainer.Explain(formula).Reading.ShouldBe(reading);

    [Theory]
    [InlineData(@"s = \cos(\theta) = \frac{a}{b} \quad (23)", "s is the cosine of θ, which is a over b")]
    [InlineData(@"s = a + b. \tag{2.42}", "s is a plus b")]
    public void The_number_of_an_equation_is_no_part_of_it(string formula, string reading) =>
        Explainer.Explain(formula).Reading.ShouldBe(reading);

    [Theory]
    [InlineData(@"L = \frac{2a + \varepsilon}{b + \varepsilon},\qquad \varepsilon = 10^{-6}", "L")]
    [InlineData(@"m = \beta m + g, \quad w = w - m", "w")]
    [InlineData(@"y_1 = x, \quad y_2 = x^2", "y_2")]
    public void Of_several_formulas_the_one_that_the_others_help_is_meant(string formula, string left) =>
        Formula.Parse(formula).Left!.ShouldBeOfType<Nabla.Formulas.Trees.Symbol>().Name.ShouldBe(left);
}
