using Nabla.Formulas.Explanation;

namespace Nabla.Formulas.Tests.Explanation;

/// <summary>What names that code writes out, and labels at names, say of a symbol.</summary>
public class NamesOfCodeTests
{
    [Theory]
    [InlineData("w = w - lr * grad", "grad", "gradient")]
    [InlineData("out = floor((in + 2*padding - dilation*(kernel_size - 1) - 1)/stride + 1)", "dilation", "dilation")]
    [InlineData("tokens_per_step = batch_size * seq_len * grad_accum", "seq_len", "sequence length")]
    [InlineData("z = mu + exp(0.5 * logvar) * eps", "logvar", "log-variance")]
    [InlineData("d_loss = -(log(D(x)) + log(1 - D(G(z)))).mean()", "d_loss", "loss of the discriminator")]
    [InlineData("gae = delta + gamma * lam * gae", "lam", "trace decay")]
    [InlineData("x = lam * x1 + (1 - lam) * x2", "lam", "share")]
    [InlineData("theta_EMA = alpha * theta_EMA + (1 - alpha) * theta", "alpha", "smoothing factor")]
    [InlineData("p = p * (1 - lr * wd)", "p", "parameters")]
    [InlineData("L = max(0, m + d_pos - d_neg)", "m", "margin")]
    [InlineData("bn = gamma * (x - mu_B) / sqrt(var_B + eps) + beta", "mu_B", "batch mean")]
    [InlineData("MHA = concat(h_1, ..., h_n) W_o", "h_1", "head")]
    [InlineData("std = gain * sqrt(2 / (fan_in + fan_out))", "fan_out", "fan-out")]
    public void A_name_of_code_says_what_it_is(string formula, string symbol, string name) =>
        Find(formula, symbol).ShouldBe(name);

    [Theory]
    [InlineData("kv_cache = 2 * batch_size * seq_len * n_layers * n_heads * head_dim * bytes_per_param", "head_dim",
        "dimension of a head")]
    [InlineData("advantage = rewards + gamma * next_values - values", "advantage", "advantage")]
    public void It_is_believed_rather_than_the_place_where_it_stands(string formula, string symbol, string name) =>
        Find(formula, symbol).ShouldBe(name);

    [Fact]
    public void An_entry_that_says_the_same_of_the_place_is_kept() =>
        Find("ema = decay * ema + (1 - decay) * param", "param").ShouldBe("weights");

    [Theory]
    [InlineData("loss = -log(sigmoid(r_chosen - r_rejected))", "r_chosen", "reward of the preferred answer")]
    [InlineData("loss = -log(sigmoid(r_chosen - r_rejected))", "r_rejected", "reward of the rejected answer")]
    [InlineData("eps = eps_uncond + w * (eps_cond - eps_uncond)", "eps_uncond", "noise without the condition")]
    [InlineData("loss = alpha * T**2 * KL(softmax(z_t / T) || softmax(z_s / T))", "z_t", "teacher's scores")]
    public void A_label_says_which_one_is_meant(string formula, string symbol, string name) =>
        Find(formula, symbol).ShouldBe(name);

    [Fact]
    public void A_label_of_a_name_is_no_symbol() =>
        Explainer.Explain("loss = alpha * T**2 * KL(softmax(z_t / T) || softmax(z_s / T))").Symbols
            .ShouldNotContain(symbol => symbol.Symbol == "t");

    [Theory]
    [InlineData("MSE = 1/n * sum((y_pred - y_true)**2)", "MSE", "mean squared error")]
    [InlineData("BIC = k*log(n) - 2*log(L)", "BIC", "Bayesian information criterion")]
    [InlineData("lse = log(sum(exp(x)))", "lse", "log-sum-exp")]
    [InlineData("cos_sim = np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b))", "cos_sim", "cosine similarity")]
    [InlineData("params = 12 * n_layers * d_model**2", "params", "number of parameters")]
    [InlineData("y_ls = y * (1 - alpha) + alpha / K", "y_ls", "smoothed target")]
    public void The_left_side_is_called_by_what_the_formula_computes(string formula, string symbol, string name) =>
        Find(formula, symbol).ShouldBe(name);

    [Theory]
    [InlineData("max(‖a − p‖² − ‖a − n‖² + α, 0)", "a", "anchor")]
    [InlineData("max(‖a − p‖² − ‖a − n‖² + α, 0)", "p", "positive")]
    [InlineData("max(‖a − p‖² − ‖a − n‖² + α, 0)", "n", "negative")]
    [InlineData("L_simple = E[||ε - ε_θ(x_t, t)||²]", "epsilon", "noise")]
    [InlineData("J = sum_{j=1}^k sum_{x in C_j} ||x - mu_j||^2", "C_j", "cluster")]
    [InlineData("J = sum_{j=1}^k sum_{x in C_j} ||x - mu_j||^2", "k", "number of clusters")]
    [InlineData("MultiHead(Q,K,V) = Concat(head_1,...,head_h) W^O where head_i = Attention(Q W_i^Q, K W_i^K, V W_i^V)",
        "W_i_K", "key weights")]
    [InlineData("v = mu * v + g; p = p - lr * v", "p", "parameters")]
    public void A_letter_is_what_the_entry_has_in_its_place(string formula, string symbol, string name) =>
        Find(formula, symbol).ShouldBe(name);

    [Theory]
    [InlineData(@"\mathrm{head}_i = \mathrm{softmax}\left(\frac{QW_i^Q (KW_i^K)^T}{\sqrt{d_k}}\right) VW_i^V", "i",
        "index")]
    [InlineData("softmax(x)_i = exp(x_i) / sum_j exp(x_j)", "i", "index")]
    [InlineData(@"y = \sum_{\kappa=1}^B x_\kappa", "kappa", "index")]
    [InlineData(@"y = \sum_{c \in X} w_c", "c", "member")]
    public void An_index_is_nothing_but_an_index(string formula, string symbol, string name) =>
        Find(formula, symbol).ShouldStartWith(name);

    [Fact]
    public void The_paragraph_speaks_of_every_formula()
    {
        string paragraph = Explainer.Explain("v = mu * v + g; p = p - lr * v").Paragraph;
        paragraph.ShouldContain("V is μ times v plus g.");
        paragraph.ShouldContain("subtracted from p");
    }

    private static string Find(string formula, string symbol) =>
        Explainer.Explain(formula).Symbols.First(found => found.Symbol == symbol).Name;
}
