using Nabla.Formulas.Explanation;

namespace Nabla.Formulas.Tests.Explanation;

/// <summary>
/// What a letter is called: by the entry that the formula is, else by its place, else by the subject, else by what it
/// means in general.
/// </summary>
public class AuthorityTests
{
    [Theory]
    [InlineData(@"\mathbb{E}_{x \sim D}[r(x, y)] - \beta D_{KL}(\pi_\theta(y|x) \| \pi_{ref}(y|x))", "D_KL",
        "KL divergence")]
    [InlineData(@"x_q = \mathrm{clamp}(\mathrm{round}(x/s) + z, q_{min}, q_{max})", "x_q", "stored number")]
    [InlineData(@"S(i,j) = (I * K)(i,j) = \sum_m \sum_n I(m,n) K(i-m,j-n)", "I", "image")]
    [InlineData(@"S(i,j) = (I * K)(i,j) = \sum_m \sum_n I(m,n) K(i-m,j-n)", "S", "result")]
    [InlineData(@"\nabla J = \mathbb{E}[\nabla \log \pi(a|s) A(s,a)]", "A", "advantage")]
    [InlineData(@"L = \max(0, \|f(x^a) - f(x^p)\|^2 - \|f(x^a) - f(x^n)\|^2 + \alpha)", "x_a", "anchor")]
    public void The_recognised_entry_says_what_its_own_letters_are(string formula, string symbol, string name) =>
        Find(formula, symbol).ShouldBe(name);

    [Theory]
    [InlineData(@"\mathcal{N}(x|\mu,\Sigma) = N + D", "N", "normal distribution")]
    [InlineData(@"-\frac{1}{\binom{K}{2}} \sum_i s_i", "K", "number of things")]
    [InlineData(@"N_{opt} \propto C^a, D_{opt} \propto C^b", "b", "exponent")]
    [InlineData(@"\exp\left\{-\frac{1}{t}\sum_i^t \log p_\theta(x_i|x_{<i})\right\}", "t", "number of terms")]
    [InlineData(@"\int_a^b f(x) dx", "b", "upper end")]
    [InlineData(@"\int_a^b f(x) dx", "x", "variable of the integral")]
    [InlineData(@"\frac{1}{|\mathcal{N}(v)|} \sum_{u \in \mathcal{N}(v)} h_u", "v", "node")]
    [InlineData("y = f^{-1}(x)", "f_-1", "inverse function")]
    [InlineData(@"\mathrm{mean}(r_1, \dots, r_G)", "G", "number of terms")]
    public void A_place_says_more_than_a_letter(string formula, string symbol, string name) =>
        Find(formula, symbol).ShouldBe(name);

    [Theory]
    [InlineData(@"idf(t, D) = \log \frac{N}{1 + |\{d \in D: t \in d\}|}", "D", "documents")]
    [InlineData(@"idf(t, D) = \log \frac{N}{1 + |\{d \in D: t \in d\}|}", "d", "document")]
    [InlineData(@"idf(t, D) = \log \frac{N}{1 + |\{d \in D: t \in d\}|}", "N", "number of documents")]
    [InlineData(@"\mathrm{PPL}(X) = \exp\left(-\frac{1}{t}\sum_i^t \log p_\theta(x_i|x_{<i})\right)", "X", "text")]
    [InlineData(@"L = \mathbb{E}_{\tilde x \sim P_g}[D(\tilde x)] - \mathbb{E}_{x \sim P_r}[D(x)]"
        + @" + \lambda \mathbb{E}_{\hat x}[(\|\nabla_{\hat x} D(\hat x)\|_2 - 1)^2]", "D", "critic")]
    public void A_subject_says_more_than_a_letter_alone(string formula, string symbol, string name) =>
        Find(formula, symbol).ShouldBe(name);

    [Fact]
    public void A_calligraphic_letter_and_the_plain_one_are_told_apart() =>
        Explainer.Explain(@"\mathcal{L} = \frac{1}{L} \sum_{l=1}^L \ell_l").Symbols
            .Where(symbol => symbol.Symbol == "L").Select(symbol => symbol.Name)
            .ShouldBe(["loss", "number of terms"]);

    [Fact]
    public void An_index_of_everything_and_a_norm_s_name_are_no_symbols()
    {
        Explainer.Explain("W_{:,j} + A[1, :]").Symbols.ShouldNotContain(symbol => symbol.Symbol == ":");
        Explainer.Explain(@"\|A\|_F").Symbols.ShouldNotContain(symbol => symbol.Symbol == "F");
    }

    private static string Find(string formula, string symbol) =>
        Explainer.Explain(formula).Symbols.First(found => found.Symbol == symbol).Name;
}
