using Nabla.Formulas.Explanation;

namespace Nabla.Formulas.Tests.Explanation;

/// <summary>What one hears when a formula is read aloud.</summary>
public class ReadingTests
{
    /// <summary>Every kind of node, and where commas and brackets go.</summary>
    public static TheoryData<string, string> Parts => new()
    {
        { "a/b", "a over b" },
        { "a + b c", "a plus b times c" },
        { "a (b + c)", "a times the sum of b and c" },
        { "(a + b)(c - d)", "the sum of a and b, times the difference between c and d" },
        { "(a - b)^2", "the squared difference between a and b" },
        { @"(1 - p)^\gamma", "the γ-th power of 1 minus p" },
        { @"\frac{a - b + c}{d}", "a minus b plus c, all divided by d" },
        { @"\frac{1}{2} x^2", "one half of x squared" },
        { @"\frac{2}{3} x", "two thirds of x" },
        { "x^{-1}", "x to the power minus 1" },
        { "x^{n+1}", "x to the power (n plus 1)" },
        { "x^3", "x cubed" },
        { @"\sqrt[3]{x}", "the cube root of x" },
        { @"\sqrt{a + b}", "the square root of a plus b" },
        { @"\log(1 + x)", "the log of 1 plus x" },
        { @"\log x + 1", "the log of x, plus 1" },
        { @"\log(\frac{a}{b})", "the log of a over b" },
        { @"\ln x", "the log of x" },
        { @"\log_2 x", "the log to the base 2 of x" },
        { @"\exp(-\frac{x^2}{2})", "e to the power minus x squared over 2" },
        { @"\sin^2 x", "the squared sine of x" },
        { "|x - y|", "the absolute value of x minus y" },
        { @"\|x\|_1", "the 1-norm of x" },
        { @"\|x - y\|_2^2", "the squared Euclidean norm of x minus y" },
        { @"\lfloor x \rfloor", "the floor of x" },
        { "A^{-1} b", "the inverse of A times b" },
        { "A^T A", "A transposed times A" },
        { @"x \odot y", "the elementwise product of x and y" },
        { @"u \otimes v", "the outer product of u and v" },
        { @"\mathbf{u} \cdot \mathbf{v}", "the dot product of u and v" },
        { @"A \cup B", "the union of A and B" },
        { @"\langle u, v \rangle", "the inner product of u and v" },
        { @"x \in \mathbb{R}", "x is a real number" },
        { @"x \in \mathbb{R}^{d}", "x is a vector of d real numbers" },
        { @"W \in \mathbb{R}^{m \times n}", "W is a real m by n matrix" },
        { @"0 < \gamma \leq 1", "γ is greater than 0 and at most 1" },
        {
            @"x \sim \mathcal{N}(\mu, \sigma^2)",
            "x is drawn from a normal distribution with mean μ and variance σ squared"
        },
        { @"x \propto y", "x is proportional to y" },
        { @"\prod_{i=1}^{n} p(x_i)", "the product over i from 1 to n of p of x_i" },
        { @"\sum_{i \neq j} a_{ij}", "the sum over all i and j with i other than j of a_i,j" },
        { @"\sum_{x \in S} f(x)", "the sum over all x in S of f of x" },
        { @"\frac{1}{N}\sum_{i=1}^{N} x_i", "the average over i from 1 to N of x_i" },
        { @"\max_{a \in A} Q(s, a)", "the maximum over all a in A of Q of s and a" },
        { @"\arg\max_y p(y | x)", "the y that makes the probability of y given x largest" },
        { @"\lim_{n \to \infty} \frac{1}{n}", "the limit, as n goes to infinity, of 1 over n" },
        { @"\int_0^1 x^2 dx", "the integral over x from 0 to 1 of x squared" },
        { @"\mathbb{E}[X]", "the expected value of X" },
        { @"\mathbb{E}_{x \sim p}[f(x)]", "the average over x drawn from p of f of x" },
        { @"\mathrm{Var}[X]", "the variance of X" },
        { @"\mathrm{Cov}(X, Y)", "the covariance of X and Y" },
        { @"\frac{dy}{dx}", "the derivative of y with respect to x" },
        { @"\frac{\partial^2 f}{\partial x^2}", "the second partial derivative of f with respect to x" },
        { @"\nabla_\theta L", "the gradient of L with respect to θ" },
        { @"\nabla^2 f", "the Hessian of f" },
        { "P(y = k | x)", "the probability that y is k given x" },
        { @"p_\theta(x | z)", "the probability p_θ of x given z" },
        { @"p(x; \theta)", "p of x with parameters θ" },
        { @"D_{KL}(p \| q)", "the KL divergence of p from q" },
        { @"\mathrm{softmax}(z)_i", "element i of the softmax of z" },
        { @"\max(a, b, c)", "the largest of a, b and c" },
        { @"\mathrm{clip}(x, 0, 1)", "x clipped to between 0 and 1" },
        { "n!", "n factorial" },
        { @"\binom{n}{k}", "n choose k" },
        { @"x \leftarrow x + 1", "x becomes x plus 1" },
        {
            @"f(x) = \begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}",
            "f of x is x if x is greater than 0, and otherwise 0"
        },
        { @"\hat{y} = \sigma(w^\top x + b)", "ŷ is the sigmoid of w transposed times x plus b" },
        { @"\theta_{t+1} = \theta_t - \eta g_t", "θ_(t+1) is θ_t minus η times g_t" },
        {
            @"\bar{x} = \frac{x_1 + x_2 + \cdots + x_n}{n}",
            "x̄ is x_1 plus x_2 and so on plus x_n, all divided by n"
        },
        { @"A = \begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}", "A is the matrix with the rows 1, 0; 0, 1" },
        { "h^{(l)} = f(W^{(l)} h^{(l-1)})", "h^(l) is f of W^(l) times h^(l−1)" },
        { "x_{t-1}", "x_(t−1)" },
        { @"\mathbf{1}[y = c]", "1 if y is c and otherwise 0" },
        { "[x; y]", "the concatenation of x and y" },
        { @"a \mod b", "a modulo b" },
        { @"\underbrace{a + b}_{\text{total}} = c", "a plus b (total) is c" },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_is_read_as_people_read_it(string formula, string reading) =>
        Explainer.Explain(formula).Reading.ShouldBe(reading);
}
