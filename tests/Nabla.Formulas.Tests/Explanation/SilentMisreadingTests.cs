using Nabla.Formulas.Explanation;

namespace Nabla.Formulas.Tests.Explanation;

/// <summary>
/// Notations that one can read wrongly without noticing: each with the reading of a person of the field, and with
/// neighbours that look alike and mean something else.
/// </summary>
public partial class SilentMisreadingTests
{
    public static TheoryData<string, string> Functions => new()
    {
        { "z = f^{-1}(x)", "z is the inverse of f at x" },
        { @"g^{-1}(y) + 1", "the inverse of g at y plus 1" },
        { @"\phi^{-1}(x + y)", "the inverse of φ at x plus y" },
        { @"\sigma^{-1}(p)", "the inverse of the sigmoid function at p" },
        { @"y = (f \circ g)^{-1}(x)", "y is the inverse of (f after g) at x" },
        { @"\sin^{-1}(x)", "the arc sine of x" },
        { "x^{-1}", "x to the power minus 1" },
        { "A^{-1}", "the inverse of A" },
        { "A^{-1}(b - c)", "the inverse of A times the difference between b and c" },
        { @"\sigma^{-1}(x - \mu)", "σ to the power minus 1 times the difference between x and μ" },
        { @"\beta^{-1}(a)", "β to the power minus 1 times a" },
        { "N = G(C/6)^a", "N is G times the a-th power of C over 6" },
        { "x = G(z)", "x is G of z" },
        { "L^CLIP = c", "L^CLIP is c" },
        { "A = X^TAB", "A is X transposed times A times B" },
        { "m = 2 * n_kv_heads * d_head", "m is 2 times n_kv_heads times d_head" },
        { "dw = X * dz^T", "dw is X times dz transposed" },
        { "θ := θ - α g", "θ becomes θ minus α times g" },
        { "a = Σ x_i / Σ y_i", "a is the sum of x_i, divided by the sum of y_i" },
        { "cos(a, b)", "the cosine similarity of a and b" },
        { @"\cos(a)", "the cosine of a" },
        { @"\sin(w_i w_i)", "the sine of w_i times w_i" },
        { @"\exp(w_1 w_2)", "e to the power w_1 times w_2" },
        { "⟨a, |s|⟩", "the inner product of a and the absolute value of s" },
        { "⟨|2| g, w⟩", "the inner product of the absolute value of 2 times g and w" },
        { "⟨ψ|φ⟩", "the inner product of ψ and φ" },
        { @"\mathop{\mathrm{minimize}}_w f(w) + g(w)", "the minimum over all w of the quantity f of w plus g of w" },
        { @"\text{minimize } f(x)", "the minimum over all x of f of x" },
        { @"e^{f(x)^\top f(x^+)}", "the exponential of (the transpose of f of x, times f of x+)" },
    };

    public static TheoryData<string, string> Typed => new()
    {
        { "w - lr * grad_f(w)", "w minus lr times the gradient of f of w" },
        { "grad_theta L(theta)", "the gradient of L of θ with respect to θ" },
        { @"H^{-1}(x) \nabla f(x)", "the inverse of H of x, times the gradient of f of x" },
        { @"X \sim \mathrm{Exp}(\lambda)", "X is drawn from an exponential distribution with rate λ" },
        { @"\mathrm{Exp}(x)", "the exponential of x" },
        { @"s \sim U(D)", "s is drawn from a uniform distribution over D" },
        { @"i \sim \mathrm{Uniform}\{1, \ldots, n\}",
            "i is drawn from a uniform distribution over 1 and so on up to n" },
        { "P(w_1^n)", "P of w_1 and so on up to w_n" },
        { @"\frac{2|E|}{|V|}", "2 times the size of E divided by the size of V" },
        { @"X_{\cdot j}", "column j of X" },
        { @"p(x_i | x_{\setminus i})", "the probability of x_i given all x but i" },
        { "softmax(zᵢ) = eᶻⁱ", "the softmax of z_i is e to the power z_i" },
        { "eᵏᵗ", "e to the power k times t" },
        { "E_{t,ε}‖ε‖²", "the average over t and ε of the squared norm of ε" },
        { "Σ_k π_k N(x|μ_k,Σ_k)",
            "the sum over all k of π_k times a normal distribution over x with mean μ_k and variance Σ_k" },
        { "|Σ|^{1/2}", "(the determinant of Σ) to the power one half" },
        { "f: ℝⁿ → ℝ", "f takes R to the power n to R" },
        { @"\begin{aligned} f &= a \\ &\quad + b \end{aligned}", "f is a plus b" },
        { @"A^H A", "A transposed times A" },
        { @"\mathcal{L}\{f\}", "L of f" },
    };

    public static TheoryData<string, string> Sets => new()
    {
        { @"\mathcal N(i) \cup \{i\}", "the union of the neighbours of i, and the set of i" },
        { @"\sum_{j \in N(i)} h_j", "the sum over all j in the neighbours of i of h_j" },
        { @"\frac{1}{|\mathcal{N}(i)|}", "1 divided by the number of neighbours of i" },
        { @"\mathcal{N}(0, 1)", "a normal distribution with mean 0 and variance 1" },
        { @"t \sim [1,T]", "t is drawn from the interval from 1 to T" },
        { "t ∼ U[1, T]", "t is drawn from a uniform distribution between 1 and T" },
        { @"t \sim \mathrm{Uniform}(\{1,\dots,T\})",
            "t is drawn from a uniform distribution over the set of 1 and so on up to T" },
        { "MRR = 1/|Q| sum(i=1..|Q|) 1/rank_i", "MRR is the average over i from 1 to the size of Q of 1 over rank_i" },
        { @"\frac{\sum_{i \in C} w_i}{|C|}", "the average over all i in C of w_i" },
        { @"\frac{1}{|A|} \mathrm{adj}(A)", "1 divided by the absolute value of A, times adj of A" },
        { "P(|X| > 2)", "the probability that the absolute value of X is greater than 2" },
        { @"|\{d \in D : t \in d\}|", "the number of d in D for which t is in d" },
        { @"\{h_u : u \in \mathcal{N}(v)\}", "the set of h_u for all u in the neighbours of v" },
        { @"|\mathbf{v}|", "the length of v" },
    };

    public static TheoryData<string, string> Sequences => new()
    {
        { "P(w_1 w_2 … w_N)", "P of w_1, w_2 and so on up to w_N" },
        { @"P(w_1 w_2 \dots w_N)^{-1/N}", "(P of w_1, w_2 and so on up to w_N) to the power minus 1 over N" },
        { @"p(s_0 a_0 s_1 a_1 \dots)", "p of s_0, a_0, s_1, a_1 and so on" },
        { "P(AB) = P(A) P(B|A)",
            "the probability of A and B is the probability of A times the probability of B given A" },
        { "f(a b)", "f of a times b" },
        { "log p(w_i | w_1..w_{i-1})", "the log of the probability of w_i given w_1 and so on up to w_(i−1)" },
        { "p(x_t | x_{<t})", "the probability of x_t given all x before t" },
        { "x₍<ᵢ₎", "all x before i" },
        { "q(x_{1:T} | x_0)", "the probability q of x_1 to x_T given x_0" },
        { "W_{:,j}", "column j of W" },
        { @"A_{i,:}^\top x", "row i of A transposed times x" },
        { "A[1, :]", "row 1 of A" },
    };

    public static TheoryData<string, string> Labels => new()
    {
        { "f(x^a) - f(x^p)", "f of x^a minus f of x^p" },
        { "f(x_i^a) - f(x_i^n)", "f of x_i^a minus f of x_i^n" },
        { "f(x^a)", "f of x to the power a" },
        { "x^m x^n = x^{m+n}", "x to the power m times x to the power n is x to the power (m plus n)" },
        { "g(x^a) g(x^b) = g(x^{a+b})",
            "g of x to the power a, times g of x to the power b is g of x to the power (a plus b)" },
        { "f(x^n) = n f(x)", "f of x to the power n is n times f of x" },
        { @"z^{(i,l)}", "z^i,l" },
        { "e^{-j2πkn/N}", "the exponential of minus j times 2 times π times k times n divided by N" },
        { "exp_avg = beta1 * exp_avg", "exp_avg is β_1 times exp_avg" },
        { "exp(log_prob - old_log_prob)", "the exponential of log_prob minus old_log_prob" },
        { "max_norm / grad_norm", "max_norm over grad_norm" },
        { "log_softmax(x)", "the log of the softmax of x" },
        { "sum_words p(w)", "the sum over all words of p of w" },
        { "kl = 0.5 * mu**2", "kl is 0.5 times μ squared" },
        { @"w = tf_{t,d} \log(N/df_t)", "w is tf_t,d times the log of N over df_t" },
        { @"\oint_C F \cdot dr", "the integral over all r in C of F" },
        { @"\forall \epsilon > 0 \, \exists \delta > 0", "for all ε greater than 0, there is δ greater than 0" },
    };

    [Theory, MemberData(nameof(Functions)), MemberData(nameof(Sets)), MemberData(nameof(Sequences)),
        MemberData(nameof(Labels)), MemberData(nameof(Typed))]
    public void A_notation_is_read_as_a_person_of_the_field_reads_it(string formula, string reading) =>
        Explainer.Explain(formula).Reading.ShouldBe(reading);

    [Fact]
    public void A_letter_of_a_recognised_formula_is_read_as_that_formula_uses_it()
    {
        ExplainedFormula graph = Explainer.Explain(
            @"H^{(l+1)} = \sigma(\tilde D^{-1/2} \tilde A \tilde D^{-1/2} H^{(l)} W^{(l)})");
        graph.Reading.ShouldStartWith("H^(l+1) is the activation σ of");
        graph.Warnings.ShouldContain(warning => warning.Contains("it is the sigmoid", StringComparison.Ordinal));
        Explainer.Explain("y = σ(z)").Reading.ShouldBe("y is the sigmoid of z");
    }

    [Fact]
    public void The_sigma_of_scaled_scores_is_a_softmax_and_that_is_said()
    {
        ExplainedFormula attention = Explainer.Explain(@"\sigma(Q K^\top / \sqrt{d}) V");
        attention.Reading.ShouldStartWith("the softmax of");
        attention.Warnings.ShouldContain(warning => warning.Contains("softmax", StringComparison.Ordinal));
    }

    [Fact]
    public void A_choice_between_the_Hessian_and_the_Laplacian_is_shown() =>
        Explainer.Explain(@"\alpha \nabla^2 u").Warnings.ShouldContain(warning =>
            warning.Contains("Laplacian", StringComparison.Ordinal));

    [Fact]
    public void A_bracket_that_is_too_many_is_shown_where_it_stands()
    {
        const string loss = @"E_q[\log p(x | z))] + c";
        FormulaException error = Should.Throw<FormulaException>(() => Explainer.Explain(loss));
        error.Position.ShouldBe(loss.IndexOf("))", StringComparison.Ordinal) + 1);
        error.Message.ShouldContain("take it out");
    }
}
