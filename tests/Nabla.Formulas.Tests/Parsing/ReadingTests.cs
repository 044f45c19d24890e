namespace Nabla.Formulas.Tests.Parsing;

/// <summary>What formulas mean, as trees; see <see cref="Lisp"/>.</summary>
public sealed class ReadingTests
{
    [Theory]
    [InlineData("QKᵀ", "(* Q (transpose K))")]
    [InlineData("QK^T", "(* Q (transpose K))")]
    [InlineData("C ≈ 6ND", "(C ≈ (* 6 N D))")]
    [InlineData("h = W₀x + BAx", "(h = (+ (* W_0 x) (* B A x)))")]
    [InlineData("IoU + ReLU(x) + loss", "(+ IoU (ReLU: x) loss)")]
    [InlineData("2xy", "(* 2 x y)")]
    [InlineData(@"\frac12 + \frac ab", "(+ (/ 1 2) (/ a b))")]
    [InlineData(@"x^2_i + x_i^2", "(+ (^ x_i 2) (^ x_i 2))")]
    [InlineData("x**2 + W @ x", "(+ (^ x 2) (@ W x))")]
    [InlineData("768x16 + 24,576", "(+ (× 768 16) 24,576)")]
    [InlineData("x &lt; y &amp;&amp; y &gt; z", "(∧ (x < y) (y > z))")]
    [InlineData("x<sub>i</sub><sup>2</sup>", "(^ x_i 2)")]
    [InlineData("𝔼[𝐱] + ℒ", "(+ (mean [] [x]) L)")]
    public void The_three_styles_say_the_same(string formula, string tree) => Lisp.Of(formula).ShouldBe(tree);

    [Theory]
    [InlineData("f(x)", "(f: x)")]
    [InlineData(@"\eta(\theta - 1)", "(* eta (+ theta (- 1)))")]
    [InlineData("x(1 + y)", "(* x (+ 1 y))")]
    [InlineData("W(x + y)", "(* W (+ x y))")]
    [InlineData("a(b + c) + a", "(+ (* a (+ b c)) a)")]
    [InlineData(@"\delta(|a| - \frac{1}{2}\delta)", "(* delta (+ (absolute a) (- (* (/ 1 2) delta))))")]
    [InlineData("σ(x) + σ²", "(+ (sigma: x) (^ sigma 2))")]
    [InlineData(@"\pi r^2", "(* #pi (^ r 2))")]
    [InlineData(@"\pi(a|s)", "(pi: a| s)")]
    [InlineData("πθ(a|s)", "(pi_theta: a| s)")]
    [InlineData("y = f(g(h(x)))", "(y = (f: (g: (h: x))))")]
    [InlineData(@"(f \circ g)(x)", "((∘ f g): x)")]
    public void A_bracket_behind_a_name_is_an_argument_or_a_factor(string formula, string tree) =>
        Lisp.Of(formula).ShouldBe(tree);

    [Theory]
    [InlineData("h^(1) = phi(W^(1)x + b^(1))", "(h_1 = (phi: (+ (* W_1 x) b_1)))")]
    [InlineData("(a+b)^(n-1)", "(^ (+ a b) (+ n (- 1)))")]
    [InlineData(@"\beta^t_1", "(^ beta_1 t)")]
    [InlineData(@"W_i^Q x", "(* W_i_Q x)")]
    [InlineData(@"\theta^*", "theta_star")]
    [InlineData(@"A^{-1} x^{-1}", "(* (inverse A) (^ x (- 1)))")]
    [InlineData(@"\gamma^T + \sum_{t=1}^T w^T x_t", "(+ (^ gamma T) (sum {t from 1 to T} (* (transpose w) x_t)))")]
    [InlineData("e^{2x} + e", "(+ (^ #e (* 2 x)) e)")]
    [InlineData(@"\mathbb{R}^{n \times d}", "(^ R (× n d))")]
    [InlineData("W^1 x + W^2", "(+ (* W_1 x) W_2)")]
    public void What_stands_above_is_a_power_a_label_or_a_transpose(string formula, string tree) =>
        Lisp.Of(formula).ShouldBe(tree);

    [Theory]
    [InlineData(@"\hat{m_t}", "m_hat_t")]
    [InlineData(@"\hat{m}_t", "m_hat_t")]
    [InlineData(@"\bar\alpha_{t-1}", "alpha_bar_t-1")]
    [InlineData(@"\tilde{\boldsymbol\mu}_t", "mu_tilde_t")]
    [InlineData(@"\theta_{t,i}", "theta_t_i")]
    [InlineData("s'", "s_prime")]
    [InlineData(@"\mathcal{L}_\text{DPO}", "L_DPO")]
    [InlineData(@"\eta_{min}", "eta_min")]
    [InlineData(@"\Delta W", "Delta W")]
    [InlineData(@"\varepsilon", "epsilon")]
    [InlineData("x_(t-1)", "x_t-1")]
    [InlineData("theta_star", "theta_star")]
    [InlineData("yhat_i", "y_hat_i")]
    [InlineData("ᾱₜ₋₁", "alpha_bar_t-1")]
    [InlineData("x_<t", "x_<t")]
    [InlineData("y_{ij}", "y_i_j")]
    public void Names_are_those_by_which_values_are_given(string formula, string name) =>
        Lisp.Of(formula).ShouldBe(name);

    [Theory]
    [InlineData("-Σ p(x) log q(x)", "(- (sum {} (* (p: x) (log: (q: x)))))")]
    [InlineData(@"\sum_i x_i y_i + b", "(+ (sum {i} (* x_i y_i)) b)")]
    [InlineData(@"\log \hat y_{i,c}", "(log: y_hat_i_c)")]
    [InlineData(@"\log a \log b", "(* (log: a) (log: b))")]
    [InlineData(@"\sin 2\pi x", "(sin: (* 2 #pi x))")]
    [InlineData(@"\nabla_\theta \log \pi_\theta(a|s) A", "(* (gradient [theta] (log: (pi_theta: a| s))) A)")]
    [InlineData("1/2x + 2/π", "(+ (* (/ 1 2) x) (/ 2 #pi))")]
    [InlineData("a/b/c", "(/ (/ a b) c)")]
    [InlineData("∂L/∂w = ∂L/∂y ∂y/∂w", "((∂ L [w]) = (* (∂ L [y]) (∂ y [w])))")]
    [InlineData(@"\frac{\partial^2 f}{\partial x \partial y}", "(∂ f [x y])")]
    [InlineData("d/dx x^2", "(d (^ x 2) [x])")]
    [InlineData(@"\int p(x) \log p(x) \, dx", "(integral {x} (* (p: x) (log: (p: x))))")]
    [InlineData("E_(x,y)~p_data [L(f_theta(x), y)]", "(mean [((tuple x y) ∼ p_data)] [(L: (f_theta: x), y)])")]
    [InlineData("|A ∩ B| + |x||y|", "(+ (cardinality (∩ A B)) (* (absolute x) (absolute y)))")]
    [InlineData(@"\operatorname*{arg\,max}_a Q(s,a)", "(argmax {a} (Q: s, a))")]
    [InlineData("[1 - y]_+", "(max: 0, (+ 1 (- y)))")]
    public void Operators_reach_as_far_as_custom_says(string formula, string tree) => Lisp.Of(formula).ShouldBe(tree);

    [Theory]
    [InlineData("Q = XW_Q, K = XW_K", "(system (Q = (* X W_Q)) (K = (* X W_K)))")]
    [InlineData("e = E(x), where e belongs to R^d", "(where (e = (E: x)) (e ∈ (^ R d)))")]
    [InlineData("D = {(x_i, y_i)} for i = 1 to N", "(for (D = (set (tuple x_i y_i))) (i = (tuple 1 … N)))")]
    [InlineData(@"\begin{aligned} a &= b \\ &= c \\ f &= g \end{aligned}", "(system (a = b = c) (f = g))")]
    [InlineData("relu(x) = x if x > 0 else 0", "((relu: x) = (cases x if (x > 0); 0 if \"otherwise\"))")]
    [InlineData(@"z = \mu + \sigma \epsilon, \quad \epsilon \sim \mathcal{N}(0, I)",
        "(where (z = (+ mu (* sigma epsilon))) (epsilon ∼ (N: 0, I)))")]
    public void Several_formulas_and_conditions_stand_together(string formula, string tree) =>
        Lisp.Of(formula).ShouldBe(tree);

    [Theory]
    [InlineData("x_t-1", "index")]
    [InlineData(@"\eta(1 + x)", "times the bracket")]
    [InlineData("h^(1)", "label")]
    [InlineData("1/2x", "denominator")]
    [InlineData(@"\foo + 1", "unknown macro")]
    [InlineData("6ND", "product")]
    public void What_a_reader_could_doubt_is_said(string formula, string word) =>
        Formula.Parse(formula).Choices.ShouldContain(choice => choice.Taken.Contains(word));

    [Fact]
    public void A_part_knows_where_it_stood()
    {
        Formula formula = Formula.Parse(@"y = \frac{a}{b} + c");
        var sources =
            formula.Tree.All().Select(node => formula.Text.Substring(node.Source.Start, node.Source.Length)).ToList();
        sources.ShouldContain(@"\frac{a}{b}", StringComparer.Ordinal);
        sources.ShouldContain("a", StringComparer.Ordinal);
        sources.ShouldContain(@"\frac{a}{b} + c", StringComparer.Ordinal);
    }
}
