using Nabla.Formulas.Explanation;

namespace Nabla.Formulas.Tests.Explanation;

public partial class SilentMisreadingTests
{
    public static TheoryData<string, string> Words => new()
    {
        { "1_{x>0}", "1 if x is greater than 0 and otherwise 0" },
        { @"f(x) = 1_{\{x > 0\}}", "f of x is 1 if x is greater than 0 and otherwise 0" },
        { @"\sum_{k} 1_{[k \neq i]} z_k", "the sum over all k of 1 if k is not equal to i and otherwise 0, times z_k" },
        { @"tf\text{-}idf(t,d) = tf(t,d) \cdot idf(t)", "tf-idf of t and d is tf of t and d, times idf of t" },
        { @"\mathrm{ROUGE\text{-}L} = F", "ROUGE-L is F" },
        { @"\overline{x^2}", "the mean of x squared" },
        { @"\overline{x}^2", "x̄ squared" },
        { @"\hat{x^2}", "x̂ squared" },
        { "x = self.norm1(x + self.attn(x))", "x is Norm_1 of the sum of x and Attention of x" },
        { "x = self.norm1(self.attn(x))", "x is Norm_1 of Attention of x" },
        { @"|A - \lambda I|", "the determinant of A minus λ times I" },
        { @"|a - \lambda|", "the absolute value of a minus λ" },
        { @"A \otimes B^\top", "the Kronecker product of A and B transposed" },
        { @"a \otimes b", "the outer product of a and b" },
        { "diag(A)", "the diagonal of A" },
        { "diag(s)", "the diagonal matrix of s" },
        { @"lr_t = lr_{max} \cdot t / T", "lr_t is lr_max times t over T" },
        { "precision = tp / (tp + fp)", "precision is tp divided by the sum of tp and fp" },
        { "f1 = 2*tp / (2*tp + fp + fn)", "f_1 is 2 times tp divided by the sum of 2 times tp, fp and fn" },
        { "loss = a * ce", "loss is a times ce" },
        { @"UCB_i = \bar{x}_i + c", "UCB_i is x̄_i plus c" },
        { @"AB_{ij} = c", "A times B_i,j is c" },
        { "ndcg = dcg / idcg", "ndcg is dcg over idcg" },
        { "h = dA * h + dB * x", "h is dA times h plus dB times x" },
        { "x = x - lr * dx", "x is x minus lr times dx" },
        { "z = (x - mu) / sd", "z is the difference between x and μ, divided by sd" },
        { "kl = exp(r) - 1 - r", "kl is e to the power r minus 1 minus r" },
        { "dW = X.T * dY", "dW is X transposed times dY" },
        { "y = ab + c", "y is a times b plus c" },
        { @"\hat p_k (1 - \hat p_k)", "p̂_k times the quantity 1 minus p̂_k" },
    };

    [Theory, MemberData(nameof(Words))]
    public void Words_and_signs_are_read_as_what_they_stand_for(string formula, string reading) =>
        Explainer.Explain(formula).Reading.ShouldBe(reading);

    [Theory]
    [InlineData("|A|", "determinant")]
    [InlineData("y = 2*ab", "product of a, b")]
    public void What_else_it_could_be_is_said(string formula, string other) =>
        Explainer.Explain(formula).Warnings.ShouldContain(warning =>
            warning.Contains(other, StringComparison.Ordinal));

    [Theory]
    [InlineData(@"BLEU = BP \cdot \exp(\sum_{n=1}^N w_n \log p_n)", false)]
    [InlineData(@"PPL = \exp(-\frac1N \sum_i \log p_i)", true)]
    public void Only_of_a_perplexity_is_it_said_that_choices_are_counted(string formula, bool isSaid) =>
        Explainer.Explain(formula).Warnings.Any(warning => warning.Contains("choices", StringComparison.Ordinal))
            .ShouldBe(isSaid);

    [Theory]
    [InlineData(@"\mathrm{FFN}(x) = (\mathrm{SiLU}(x W_{gate}) \odot x W_{up}) W_{down}", "W_gate for the weights (")]
    [InlineData(@"JSD(P \| Q) = \frac12 D(P \| M) + \frac12 D(Q \| M)", "P stands for the distribution (the first)")]
    [InlineData(@"K(x_i, x_j) = \exp(-\gamma \|x_i - x_j\|^2)", "x_i for the point (the first)")]
    public void Symbols_of_one_name_are_told_apart_or_together(string formula, string told) =>
        Explainer.Explain(formula).Paragraph.ShouldContain(told);

    [Fact]
    public void What_is_added_or_multiplied_is_no_data_set()
    {
        ExplainedFormula explained = Explainer.Explain(@"y = \tilde D x + D");
        explained.Symbols.ShouldNotContain(symbol => symbol.Name.Contains("set", StringComparison.Ordinal));
        explained.Unbound.ShouldContain(name => name == "D_tilde");
    }

    [Fact]
    public void What_a_divergence_compares_is_not_called_by_the_name_of_the_divergence() => Explainer
        .Explain(@"\mathrm{KL}(q \| p) = -\frac12 \sum_{j=1}^{J} (1 + \log \sigma_j^2 - \mu_j^2 - \sigma_j^2)").Symbols
        .ShouldNotContain(symbol => symbol.Symbol == "q" && symbol.Name == "divergence");
}
