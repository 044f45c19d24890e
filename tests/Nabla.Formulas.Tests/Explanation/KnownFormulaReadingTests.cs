using Nabla.Formulas.Explanation;

namespace Nabla.Formulas.Tests.Explanation;

/// <summary>What one hears when the formulas of the field are read aloud.</summary>
public class KnownFormulaReadingTests
{
    public static TheoryData<string, string> Formulas => new()
    {
        {
            @"\text{Attention}(Q, K, V) = \text{softmax}\left(\frac{QK^T}{\sqrt{d_k}}\right)V",
            "Attention of Q, K and V is the softmax of Q times K transposed over the square root of d_k, "
            + "times V"
        },
        {
            @"y = \frac{x - \mathrm{E}[x]}{ \sqrt{\mathrm{Var}[x] + \epsilon}} * \gamma + \beta",
            "y is the difference between x and the expected value of x, divided by the square root of the "
            + "variance of x plus ε, times γ, plus β"
        },
        {
            @"0.5x\left(1+\tanh\left[\sqrt{2/\pi}\left(x+0.044715x^3\right)\right]\right)",
            "0.5 times x times (1 plus the hyperbolic tangent of (the square root of 2 over π, times the sum "
            + "of x and 0.044715 times x cubed))"
        },
        {
            @"\mathcal{L}_{\text{CE}} = -\frac{1}{N} \sum_{i=1}^{N} \sum_{c=1}^{C} y_{i,c} \log \hat{y}_{i,c}",
            "L_CE is minus the average over i from 1 to N of the sum over c from 1 to C of y_i,c times the "
            + "log of ŷ_i,c"
        },
        {
            @"\text{FL}(p_t) = -\alpha_t (1 - p_t)^\gamma \log(p_t)",
            "FL of p_t is minus α_t times the γ-th power of 1 minus p_t, times the log of p_t"
        },
        {
            @"L_\delta(a) = \begin{cases} \frac{1}{2}a^2 & \text{for } |a| \leq \delta \\ \delta(|a| - "
            + @"\frac{1}{2}\delta) & \text{otherwise} \end{cases}",
            "L_δ of a is one half of a squared if the absolute value of a is at most δ, and otherwise δ times "
            + "the difference between the absolute value of a and one half of δ"
        },
        { @"\hat{m}_t = \dfrac{m_t}{1 - \beta^t_1}", "m̂_t is m_t divided by 1 minus β_1 to the power t" },
        {
            @"\eta_t = \eta_{min} + \frac{1}{2}(\eta_{max} - \eta_{min})\left(1 + "
            + @"\cos\left(\frac{T_{cur}}{T_{max}}\pi\right)\right)",
            "η_t is η_min plus one half of the difference between η_max and η_min, times the sum of 1 and the "
            + "cosine of T_cur over T_max times π"
        },
        {
            @"\frac{\partial z}{\partial x_i} = \sum_j \frac{\partial z}{\partial y_j} \frac{\partial "
            + @"y_j}{\partial x_i}",
            "the partial derivative of z with respect to x_i is the sum over all j of the partial derivative "
            + "of z with respect to y_j times the partial derivative of y_j with respect to x_i"
        },
        {
            @"h = W_0 x + \Delta W x = W_0 x + BA x",
            "h is W_0 times x plus ΔW times x, which is W_0 times x plus B times A times x"
        },
        {
            @"f(x) = \frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x-\mu)^2}{2\sigma^2}}",
            "f of x is 1 divided by the square root of 2 times π times σ squared, times the exponential of "
            + "(minus the squared difference between x and μ, divided by 2 times σ squared)"
        },
        {
            @"\log p_\theta(\mathbf{x}) \geq \mathcal{L}(\theta, \phi; \mathbf{x}) = "
            + @"\mathbb{E}_{q_\phi(\mathbf{z}|\mathbf{x})}\left[\log p_\theta(\mathbf{x}|\mathbf{z})\right] - "
            + @"D_{KL}\left(q_\phi(\mathbf{z}|\mathbf{x}) \,\|\, p_\theta(\mathbf{z})\right)",
            "the log of p_θ of x is at least L of θ and φ for x, which is the average over z drawn from q_φ "
            + "given x of the log of the probability p_θ of x given z, minus the KL divergence of q_φ of z "
            + "given x from p_θ of z"
        },
        {
            @"q(\mathbf{x}_t \vert \mathbf{x}_0) = \mathcal{N}(\mathbf{x}_t; \sqrt{\bar{\alpha}_t} "
            + @"\mathbf{x}_0, (1 - \bar{\alpha}_t)\mathbf{I})",
            "q of x_t given x_0 is a normal distribution over x_t with mean (the square root of ᾱ_t, times "
            + "x_0) and variance (the quantity 1 minus ᾱ_t, times I)"
        },
        {
            @"\tilde{\boldsymbol{\mu}}_t (\mathbf{x}_t, \mathbf{x}_0) = \frac{\sqrt{\alpha_t}(1 - "
            + @"\bar{\alpha}_{t-1})}{1 - \bar{\alpha}_t} \mathbf{x}_t + "
            + @"\frac{\sqrt{\bar{\alpha}_{t-1}}\beta_t}{1 - \bar{\alpha}_t} \mathbf{x}_0",
            "μ̃_t of x_t and x_0 is the square root of α_t, times the quantity 1 minus ᾱ_(t−1), divided by 1 "
            + "minus ᾱ_t, times x_t, plus the square root of ᾱ_(t−1), times β_t, divided by 1 minus ᾱ_t, "
            + "times x_0"
        },
        {
            @"v_\pi(s) = \sum_a \pi(a\mid s)\, \sum_{s', r} p(s', r \mid s, a)\, \big[\, r + \gamma\, "
            + @"v_\pi(s') \,\big]",
            "v_π of s is the sum over all a of the probability π of a given s times the sum over all s′ and r "
            + "of the probability p of s′ and r given s and a times the sum of r and γ times v_π of s′"
        },
        {
            @"\mathcal{L}_\text{DPO}(\pi_\theta; \pi_\text{ref}) = -\mathbb{E}_{(x, y_w, y_l) \sim "
            + @"\mathcal{D}} \left[ \log \sigma\!\left( \beta \log "
            + @"\frac{\pi_\theta(y_w|x)}{\pi_\text{ref}(y_w|x)} - \beta \log "
            + @"\frac{\pi_\theta(y_l|x)}{\pi_\text{ref}(y_l|x)} \right) \right]",
            "L_DPO of π_θ with π_ref is minus the average over x, y_w and y_l drawn from D of the log of the "
            + "sigmoid of (β times the log of the ratio of the probability π_θ of y_w given x to the "
            + "probability π_ref of y_w given x, minus β times the log of the ratio of the probability π_θ of "
            + "y_l given x to the probability π_ref of y_l given x)"
        },
        {
            @"\hat{L}(N, D) \triangleq E + \frac{A}{N^{\alpha}} + \frac{B}{D^{\beta}}",
            "L̂ of N and D is defined as E plus A divided by N to the power α, plus B divided by D to the "
            + "power β"
        },
        {
            @"F_\beta = (1 + \beta^2) \cdot \frac{\mathrm{precision} \cdot \mathrm{recall}}{(\beta^2 \cdot "
            + @"\mathrm{precision}) + \mathrm{recall}}",
            "F_β is the sum of 1 and β squared, times precision times recall divided by the sum of β squared "
            + "times precision and recall"
        },
        { "θ ← θ − η∇L", "θ becomes θ minus η times the gradient of L" },
        { "H(p,q) = −Σ p(x) log q(x)", "H of p and q is minus the sum over all x of p of x times the log of q of x" },
        { "C ≈ 6ND", "C is approximately 6 times N times D" },
        {
            "IoU = |A ∩ B| / |A ∪ B|",
            "IoU is the size of the intersection of A and B, divided by the size of the union of A and B"
        },
        { "y_hat = w^T x + b", "ŷ is w transposed times x plus b" },
        {
            "L = - sum_{k=1 to K} y_k * log P(y = k | x)",
            "L is minus the sum over k from 1 to K of y_k times the log of the probability that y is k given "
            + "x"
        },
        {
            "out = floor((W - K + 2P) / S) + 1",
            "out is the floor of (W minus K plus 2 times P, all divided by S) plus 1"
        },
        {
            @"p_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}",
            "p_i is e to the power z_i divided by the sum over j from 1 to K of e to the power z_j"
        },
        {
            @"\sigma(z) = \frac{1}{1 + e^{-z}}",
            "the sigmoid of z is 1 divided by the sum of 1 and e to the power minus z"
        },
        {
            @"\theta^* = \arg\min_\theta \frac{1}{N} \sum_{i=1}^{N} L(f_\theta(x_i), y_i)",
            "θ* is the θ that makes the average over i from 1 to N of L of f_θ of x_i, and y_i smallest"
        },
        {
            @"\theta_{t+1} = \theta_t - \eta \nabla_\theta L(\theta_t)",
            "θ_(t+1) is θ_t minus η times the gradient of L of θ_t with respect to θ"
        },
        {
            @"v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
            "v_t is β_2 times v_(t−1) plus the quantity 1 minus β_2, times g_t squared"
        },
        {
            @"\theta_{t+1} = \theta_t - \frac{\eta}{\sqrt{\hat{v}_t} + \epsilon} \hat{m}_t",
            "θ_(t+1) is θ_t minus η divided by the sum of the square root of v̂_t and ε, times m̂_t"
        },
        {
            @"\mathrm{MSE} = \frac{1}{n} \sum_{i=1}^{n} (y_i - \hat{y}_i)^2",
            "MSE is the average over i from 1 to n of the squared difference between y_i and ŷ_i"
        },
        {
            @"P(A|B) = \frac{P(B|A) P(A)}{P(B)}",
            "the probability of A given B is the probability of B given A times the probability of A divided "
            + "by the probability of B"
        },
        {
            @"\cos\theta = \frac{a \cdot b}{\|a\| \|b\|}",
            "the cosine of θ is the dot product of a and b, divided by the product of the norm of a and the norm "
                + "of b"
        },
        {
            @"\mathrm{Var}(X) = \mathbb{E}[(X - \mu)^2]",
            "the variance of X is the expected value of the squared difference between X and μ"
        },
        {
            @"D_{KL}(P \| Q) = \sum_x P(x) \log \frac{P(x)}{Q(x)}",
            "the KL divergence of P from Q is the sum over all x of P of x times the log of P of x divided by "
            + "Q of x"
        },
        {
            @"x_t = \sqrt{\bar\alpha_t} x_0 + \sqrt{1 - \bar\alpha_t} \epsilon, \quad \epsilon \sim "
            + @"\mathcal{N}(0, I)",
            "x_t is the square root of ᾱ_t, times x_0, plus the square root of 1 minus ᾱ_t, times ε, where "
            + "ε is drawn from a normal distribution with mean 0 and variance I"
        },
        {
            @"G_t = \sum_{k=0}^{\infty} \gamma^k R_{t+k+1}",
            "G_t is the sum over k from 0 to infinity of γ to the power k times R_(t+k+1)"
        },
        {
            @"Q(s,a) \leftarrow Q(s,a) + \alpha [r + \gamma \max_{a'} Q(s', a') - Q(s,a)]",
            "Q of s and a becomes Q of s and a, plus α times (r plus γ times the maximum over all a′ of Q of "
            + "s′ and a′, minus Q of s and a)"
        },
        {
            @"h_t = \tanh(W_h h_{t-1} + W_x x_t + b)",
            "h_t is the hyperbolic tangent of W_h times h_(t−1) plus W_x times x_t plus b"
        },
        { @"\mathrm{ReLU}(x) = \max(0, x)", "the ReLU of x is the larger of 0 and x" },
        {
            @"J(\theta) = \mathbb{E}_{\tau \sim \pi_\theta}\left[\sum_{t=0}^{T} \gamma^t r_t\right]",
            "J of θ is the average over τ drawn from π_θ of the sum over t from 0 to T of γ to the power t "
            + "times r_t"
        },
        {
            @"\nabla_\theta J(\theta) = \mathbb{E}_{\pi_\theta}[\nabla_\theta \log \pi_\theta(a|s) A(s,a)]",
            "the gradient of J of θ with respect to θ is the average under π_θ of the gradient, with respect "
            + "to θ, of the log of the probability π_θ of a given s, times A of s and a"
        },
        { @"w \in \mathbb{R}^{d}", "w is a vector of d real numbers" },
        { @"W \in \mathbb{R}^{m \times n}", "W is a real m by n matrix" },
        {
            @"\hat{\beta} = (X^T X)^{-1} X^T y",
            "β̂ is the inverse of X transposed times X, times X transposed times y"
        },
        { @"A v = \lambda v", "A times v is λ times v" },
        {
            @"\frac{d}{dx} x^n = n x^{n-1}",
            "the derivative of x to the power n with respect to x is n times x to the power (n minus 1)"
        },
        {
            @"f'(x) = \lim_{h \to 0} \frac{f(x+h) - f(x)}{h}",
            "f′ of x is the limit, as h goes to 0, of the difference between f of x plus h and f of x, "
            + "divided by h"
        },
        {
            @"\int_{-\infty}^{\infty} e^{-x^2} dx = \sqrt{\pi}",
            "the integral over x from minus infinity to infinity of e to the power minus x squared is the "
            + "square root of π"
        },
        {
            @"H(X) = -\sum_{x} p(x) \log_2 p(x)",
            "H of X is minus the sum over all x of p of x times the log to the base 2 of p of x"
        },
        { "PPL = exp(H(p, q))", "PPL is the exponential of H of p and q" },
        {
            "dL/dW^(l) = (dL/dh^(l)) * (dh^(l)/dW^(l))",
            "the derivative of L with respect to W^(l) is the derivative of L with respect to h^(l) times the "
            + "derivative of h^(l) with respect to W^(l)"
        },
        { "phi(z) = max(0, z)", "φ of z is the larger of 0 and z" },
        { "h = phi(Wx + b)", "h is φ of W times x plus b" },
        { @"L_{reg} = L + \lambda \|w\|_2^2", "L_reg is L plus λ times the squared Euclidean norm of w" },
        {
            "RMSNorm(x) = x / sqrt(mean(x^2) + eps) * g",
            "the RMS norm of x is x divided by the square root of the sum of the mean of x squared and ε, "
            + "times g"
        },
        {
            "softmax(x_i) = exp(x_i) / Σ exp(x_j)",
            "the softmax of x_i is e to the power x_i divided by the sum of e to the power x_j"
        },
        {
            @"c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t",
            "c_t is the elementwise product of f_t and c_(t−1), plus the elementwise product of i_t and c̃_t"
        },
        {
            @"(f * g)(t) = \int f(\tau) g(t - \tau) d\tau",
            "the convolution of f and g at t is the integral over all τ of f of τ times g of t minus τ"
        },
        {
            "F1 = 2 * precision * recall / (precision + recall)",
            "F1 is 2 times precision times recall divided by the sum of precision and recall"
        },
        { @"n! = \prod_{k=1}^{n} k", "n factorial is the product over k from 1 to n of k" },
        {
            @"L = -\log \frac{\exp(\mathrm{sim}(z_i, z_j)/\tau)}{\sum_{k=1}^{2N} \mathbb{1}_{[k \neq i]} "
            + @"\exp(\mathrm{sim}(z_i, z_k)/\tau)}",
            "L is minus the log of (the exponential of (the similarity of z_i and z_j, divided by τ) divided "
            + "by the sum over k from 1 to 2 times N of 1 if k is not equal to i and otherwise 0, times the "
                + "exponential of (the similarity of z_i "
            + "and z_k, divided by τ))"
        },
        {
            @"s^2 = \frac{1}{n-1} \sum_{i=1}^n (x_i - \bar{x})^2",
            "s squared is 1 divided by the quantity n minus 1, times the sum over i from 1 to n of the "
            + "squared difference between x_i and x̄"
        },
        {
            @"y_i = \gamma \frac{x_i - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}} + \beta",
            "y_i is γ times the difference between x_i and μ_B, divided by the square root of σ_B squared "
            + "plus ε, plus β"
        },
        {
            "MultiHead(Q,K,V) = Concat(head_1, ..., head_h) W^O",
            "multi-head attention of Q, K and V is the concatenation of head_1 and so on up to head_h, times "
            + "W^O"
        },
        { "e = E(x), where e belongs to R^d", "e is E of x, where e is a vector of d real numbers" },
        { "D = {(x_i, y_i)} for i = 1 to N", "D is the set of pairs x_i and y_i, for i from 1 to N" },
        { @"V^\pi(s) = \mathbb{E}_\pi[G_t | S_t = s]", "V^π of s is the average under π of G_t given S_t is s" },
        {
            @"\mathrm{Attn}(X)=\sigma(XW_1(XW_2)^{\intercal}/\sqrt{m})XW_3",
            "Attention of X is the softmax of (X times W_1 times the transpose of X times W_2, divided by the "
            + "square root of m) times X times W_3"
        },
    };

    [Theory]
    [MemberData(nameof(Formulas))]
    public void A_known_formula_is_read_as_people_read_it(string formula, string reading) =>
        Explainer.Explain(formula).Reading.ShouldBe(reading);
}
