using Nabla.Formulas.Explanation;

namespace Nabla.Formulas.Tests.Explanation;

// Notations of papers, course notes and READMEs; beside each a spelling that looks alike.
public partial class SilentMisreadingTests
{
    public static TheoryData<string, string> Distillation => new()
    {
        { "L = T^2 KL(σ(z_s/T) ‖ σ(z_t/T))",
            "L is T squared times the KL divergence of the softmax of z_s over T from the softmax of z_t over T" },
        { @"L = JS(\sigma(a), \sigma(b))",
            "L is the Jensen-Shannon divergence of the softmax of a, and the softmax of b" },
        { @"a_i = \sigma(z/T)_i", "a_i is element i of the softmax of z over T" },
        { "y = σ(z/T)", "y is the sigmoid of z over T" },
        { "p^T = a, p^S = b", "p^T is a; p^S is b" },
        { "x^T = a, x^S = b", "x transposed is a; x to the power S is b" },
        { @"L = -\sum_j target_i^j \log(y_i^j)", "L is minus the sum over all j of target_i^j times the log of y_i^j" },
        { "y_i = Σ_j w_j x_i^j", "y_i is the sum over all j of w_j times x_i to the power j" },
    };

    public static TheoryData<string, string> Vectors => new()
    {
        { @"\mathbf{1}^\top x", "the vector of ones transposed times x" },
        { @"\mathbf{1}_n^\top K \mathbf{1}_n",
            "the vector of n ones transposed times K times the vector of n ones" },
        { @"\mathbf{1}_{y = k}", "1 if y is k and otherwise 0" },
        { "E_x‖x‖²", "the average over x of the squared norm of x" },
        { "E_0‖x‖²", "E_0 times the squared norm of x" },
        { @"\rho = |\psi\rangle\langle\psi|", "ρ is ψ times ψ transposed" },
        { @"\langle\psi|H|\psi\rangle", "ψ transposed times H times ψ" },
        { @"\langle \phi | \psi \rangle", "the inner product of φ and ψ" },
        { "|φ⟩ = α|0⟩ + β|1⟩", "φ is α times |0⟩ plus β times |1⟩" },
        { "⟨|x|⟩", "the average of the absolute value of x" },
        { "E(q)^T E(d)", "the transpose of E of q, times E of d" },
        { "top-k(x) - k(x)", "top-k of x minus k of x" },
        { "M = U Σ V^*", "M is U times Σ times V transposed" },
        { "1/N Σ V_i", "the average of V_i" },
        { @"A^{[l-1]T}", "A^(l−1) transposed" },
        { @"W^{(l+1)\top} d", "W^(l+1) transposed times d" },
        { @"\begin{bmatrix} a \\ b \end{bmatrix}", "the column a; b" },
        { @"v'_{w}{}^\top u", "v′_w transposed times u" },
        { "x_{t:}", "all x from t on" },
        { "x[:n]", "all x up to n" },
        { "X[:, :k]", "columns up to k of X" },
        { @"(H_F^{-1})_{:,q}", "column q of (the inverse of H_F)" },
        { @"P_\theta[i,:]", "row i of P_θ" },
    };

    public static TheoryData<string, string> Names => new()
    {
        { "KV cache = 2 × n", "KV cache is 2 times n" },
        { "tokens per step = batch size × seq length", "tokens per step is batch size times seq length" },
        { "F1 = 2 precision recall / (precision + recall)",
            "F1 is 2 times precision times recall divided by the sum of precision and recall" },
        { "P@k = (relevant in top k) / k", "P@k is relevant in top k over k" },
        { "HR@k = hits / |U|", "HR@k is hits divided by the size of U" },
        { "SR = N_s / N", "SR is N_s over N" },
        { "AB = C", "A times B is C" },
        { @"m = n_{kv\_heads} \cdot 2", "m is n_kv_heads times 2" },
        { "X_int8 = X / s", "X_int8 is X over s" },
        { "2^rel_i - 1", "2 to the power rel_i minus 1" },
        { @"bpc(string) = a", "bpc of string is a" },
        { @"\log(a b) = c", "the log of a times b is c" },
        { "v = beta * v + (1 - beta) * dw", "v is β times v plus the quantity 1 minus β, times dw" },
        { "b = 1 / (1 + d)", "b is 1 divided by the sum of 1 and d" },
        { "C = 6ND FLOPs", "C is 6 times N times D" },
        { "m = 2 bytes × P", "m is 2 times P" },
        { "m = bytes × P + bytes", "m is bytes times P plus bytes" },
        { @"\bar{A} = \exp(\Delta A)", "Ā is e to the power Δ times A" },
        { "B̄ = ΔB", "B̄ is Δ times B" },
        { "W + ΔW", "W plus ΔW" },
        { @"L(\theta^\mu) = J(\theta^Q)", "L of θ^μ is J of θ^Q" },
        { @"\mu^l = a", "μ^(l) is a" },
        { @"\mu^2 = a", "μ squared is a" },
        { "k_{**} = a", "k_*,* is a" },
        { "c = sim(a, b-)", "c is the similarity of a and b−" },
        { "c = a-|b|", "c is a minus the absolute value of b" },
        { "w = w - dt * a", "w is w minus dt times a" },
        { "ROUGE-N = a / b", "ROUGE-N is a over b" },
        { "x-y = z", "x minus y is z" },
        { "v = tokens/s", "v is tokens/s" },
        { "v = x/s", "v is x over s" },
        { "n = #params", "n is #params" },
        { "L_{i2t} = nll", "L_i2t is nll" },
        { "k_t^C = a", "k_t^C is a" },
        { "x_i^C = a", "x_i to the power C is a" },
    };

    public static TheoryData<string, string> Applied => new()
    {
        { @"\mathcal{F}\{f\}(\omega) = g(\omega)", "F of f at ω is g of ω" },
        { "𝓛{f}(s) = g(s)", "L of f at s is g of s" },
        { "P(w|v) = C(vw) / C(v)", "the probability of w given v is C of v and w, divided by C of v" },
        { "C(AB)", "C times A times B" },
        { "C(n, k) p^k", "n choose k, times p to the power k" },
        { "C(x, y) = x + y", "C of x and y is x plus y" },
        { "a - D(K - 1)", "a minus D times the quantity K minus 1" },
        { "a - D(x - y)", "a minus D of x minus y" },
        { @"r(d_{in} + d_{out})", "r times the sum of d_in and d_out" },
        { "r(t + 1)", "r of t plus 1" },
        { "A(BC) = (AB)C", "A times B times C is A times B times C" },
        { "p(x) = p^x (1 - p)^{1-x}", "p of x is p to the power x times (1 minus p) to the power (1 minus x)" },
        { @"\hat{p}(1 - \hat{p})", "p̂ times the quantity 1 minus p̂" },
        { @"\pi \in B^{-1}(l)", "π is in the inverse of B at l" },
        { @"\operatorname{proj}_v u", "the projection onto v of u" },
        { @"x = a \pmod m", "x is a modulo m" },
        { "a ≡ b (mod n)", "a is b modulo n" },
        { "Q(s) += g", "Q of s becomes Q of s plus g" },
        { "w -= 0.1 * g", "w becomes w minus 0.1 times g" },
        { "f'(x) ~ f(x) - f(y)", "f′ of x is approximately f of x minus f of y" },
        { "x ~ f(y)", "x is drawn from f of y" },
        { @"\log Pr(u | v)", "the log of the probability of u given v" },
        { @"\|sg[z] - e\|", "the norm of the difference between the constant value of z and e" },
        { @"(F *_l k)(p)", "the convolution of F and k at p" },
        { @"\min \frac{1}{2} \|w\|^2 \text{ subject to } w \geq a",
            "the minimum of one half of the squared norm of w, subject to w is at least a" },
        { @"\{h_u, \forall u \in \mathcal{N}(v)\}", "the set of all h_u for u in the neighbours of v" },
        { @"y = \max(0, xW + b) \otimes (xV + c)",
            "y is the elementwise product of (the larger of 0 and x times W plus b) and (the sum of x times V and c)" },
        { @"y = (x + b) \otimes (z + c)", "y is the outer product of (the sum of x and b) and (the sum of z and c)" },
        { @"s = \frac{tf(t,d)}{|d|} \cdot idf(t)", "s is tf of t and d, divided by the size of d, times idf of t" },
        { "s = a / |d|", "s is a divided by the absolute value of d" },
        { "V*(s) = γ V*(t)", "V* of s is γ times V* of t" },
        { "y = V*(x + 1)", "y is V times the sum of x and 1" },
        { "s = Σ_i E_q[i] · a", "s is the sum over all i of element i of E_q times a" },
        { "s = E_q[x]", "s is the average under q of x" },
        { "m = mean(r_1..r_G)", "m is the mean of r_1 and so on up to r_G" },
        { "a·b / (‖a‖‖b‖)",
            "the dot product of a and b, divided by the product of the norm of a and the norm of b" },
    };

    [Theory, MemberData(nameof(Distillation)), MemberData(nameof(Vectors)), MemberData(nameof(Names)),
        MemberData(nameof(Applied))]
    public void A_notation_of_papers_is_read_as_its_writer_means_it(string formula, string reading) =>
        Explainer.Explain(formula).Reading.ShouldBe(reading);

    [Theory]
    [InlineData("||.||_F", "the Frobenius norm of ·")]
    [InlineData("K_p(.)", "K_p of ·")]
    [InlineData(@"L_{i \cdot}", "L_i,·")]
    [InlineData("[x_1, . . . , x_n]", "so on up to x_n")]
    [InlineData(@"\frac{P(T+|D+)}{P(T+|D-)}", "of T+ given D+ to the probability of T+ given D−")]
    public void Dots_and_signs_that_stand_for_something_are_names(string formula, string words) =>
        Explainer.Explain(formula).Reading.ShouldContain(words);

    [Theory]
    [InlineData(@"\hat{A}_t^{GAE(\gamma,\lambda)} = a", "A_hat_t_GAE_gamma_lambda")]
    [InlineData(@"\mathcal{L}_{\beta\text{-VAE}} = a", "L_beta-VAE")]
    [InlineData(@"n_{q\_heads} = a", "n_q_heads")]
    [InlineData("batch size = a", "batch size")]
    public void A_label_is_written_into_the_name_as_one_types_it(string formula, string name) =>
        Explainer.Explain(formula).Symbols[0].Symbol.ShouldBe(name);

    [Theory]
    [InlineData("W = W_0 + (α/r)BA", "W", "weight")]
    [InlineData("J = Σ_{i=1}^K Σ_{x ∈ C_i} ‖x - μ_i‖²", "i", "index")]
    [InlineData("J = Σ_{i=1}^K Σ_{x ∈ C_i} ‖x - μ_i‖²", "C_i", "cluster")]
    [InlineData("H = XW; L = sum(H)", "H", "intermediate result")]
    [InlineData("H = -sum p log p", "H", "entropy")]
    [InlineData("lr(t) = lr_max · min(t^-0.5, t · w^-1.5)", "lr_max", "highest learning rate")]
    [InlineData(@"\min_w \|Xw - y\|^2", "w", "weights")]
    [InlineData(@"n_{layers} = a", "n_layers", "number of layers")]
    public void A_letter_is_called_what_it_is_in_this_formula(string formula, string symbol, string name) =>
        Explainer.Explain(formula).Symbols.Single(told => told.Symbol == symbol).Name.ShouldBe(name);

    [Fact]
    public void What_is_bound_to_vectors_is_read_as_vectors_and_told_with_its_value()
    {
        ExplainedFormula dot = Explainer.Explain("a·b", With("a=[1,2]", "b=[3,4]"));
        dot.Reading.ShouldBe("the dot product of a and b");
        Explainer.Explain("a·b", With("a=2", "b=3")).Reading.ShouldBe("a times b");
        Explainer.Explain("x / (x + eps)", With("x=1", "eps=0.5")).ValueOf("epsilon")!.ToDisplay().ShouldBe("0.5");
    }

    [Fact]
    public void An_equation_is_told_as_one_and_not_as_a_definition()
    {
        Explainer.Explain("a²+b²=c²").Paragraph.ShouldStartWith("This is an equation: it says that");
        Explainer.Explain("c = a² + b²").Paragraph.ShouldStartWith("This says how c is computed");
    }

    [Fact]
    public void The_entrywise_norm_of_a_matrix_is_told_apart_from_that_of_a_map()
    {
        Explainer.Explain("‖A‖₁", With("A=[[1,-2],[3,4]]")).Warnings.ShouldContain(warning =>
            warning.Contains("largest sum of a column", StringComparison.Ordinal));
        Explainer.Explain("‖a‖₁", With("a=[1,-2]")).Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("y = nn.Linear(10, 5)(x)", "nn.Linear", 4)]
    [InlineData("loss.backward()", "loss.backward", 0)]
    public void Code_of_a_program_is_told_so_with_what_to_ask_instead(string code, string told, int position)
    {
        FormulaException error = Should.Throw<FormulaException>(() => Explainer.Explain(code));
        error.Message.ShouldContain(told);
        error.Position.ShouldBe(position);
    }

    [Theory]
    [InlineData("np.mean((y - p)**2)", "the mean of the squared difference between y and p")]
    [InlineData("1 / (1 + np.exp(-x))", "1 divided by the sum of 1 and e to the power minus x")]
    [InlineData("torch.softmax(z, dim=-1)", "the softmax of z")]
    [InlineData("math.sqrt(2 * math.pi * s)", "the square root of 2 times π times s")]
    [InlineData("cos(a, b) = a·b / (|a| |b|)", "the cosine similarity of a and b is the dot product of a and b, "
        + "divided by the product of the norm of a and the norm of b")]
    public void A_module_in_front_of_a_function_says_nothing_more(string code, string reading) =>
        Explainer.Explain(code).Reading.ShouldBe(reading);

    [Theory]
    [InlineData("F.layer_norm(x)", "F.layer_norm")]
    public void Code_that_means_something_else_than_its_name_is_refused(string code, string told) =>
        Should.Throw<FormulaException>(() => Explainer.Explain(code)).Message.ShouldContain(told);

    private static ExplanationRequest With(params string[] bindings) =>
        new() { Bindings = Nabla.Formulas.Evaluation.Bindings.Parse(bindings) };
}
