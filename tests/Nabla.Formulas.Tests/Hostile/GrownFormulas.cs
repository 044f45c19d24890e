using System.Text;
using Nabla.Numerics;

namespace Nabla.Formulas.Tests.Hostile;

/// <summary>Formulas grown from a grammar: every one is written as people write, whatever it may mean.</summary>
internal static class GrownFormulas
{
    private const int Longest = 10_000;

    // Each % is replaced by another of these.
    private static readonly string[] Rules =
    [
        "%+%", "%-%", "% %", @"% \cdot %", "%*%", @"\frac{%}{%}", "%/%", "(%)", "(%)^{%}", "%^2", "e^{%}",
        @"\sqrt{%}",
        @"\log(%)", @"\exp(%)", @"\sigma(%)", @"\tanh(%)", "softmax(%)", @"\max(0, %)", @"\|%\|_2^2", "|%|", "-%",
        @"\sum_{i=1}^{n} (%)", @"\sum_{i=1}^{3} x_i %", @"\prod_{i=1}^{n} (%)", @"\mathbb{E}_{x \sim p}[%]",
        @"\int_0^1 (%) dx", @"\begin{cases} % & x > 0 \\ % & \text{otherwise} \end{cases}",
        @"\frac{\partial %}{\partial x}",
        @"\begin{pmatrix} % & % \\ % & % \end{pmatrix}", "f(%)", "f(%, %)", @"\hat{y} = %", "x_i %", "(%)^T",
        "(%)^{-1}",
        @"\nabla_\theta %", @"\arg\max_x (%)", @"\binom{%}{%}", "(%)!", @"\lfloor % \rfloor",
        @"\operatorname{ReLU}(%)",
        "% ⊙ %", "% ⊗ %", @"\log_2 %", @"\text{KL}(% \| %)", @"\max_{x} (%)", @"\lim_{x \to 0} (%)", "%_i", "[%, %]",
        "sqrt(%)", "exp(%)", "sum_{i=1 to n} %", "√(%)", "Σ_i %", "%²", "mean(%)", "concat(%, %)", "(%)_{i}",
        "(%)_{ij}",
    ];

    private static readonly string[] Leaves =
    [
        "x", "y", "z", "w", "b", "n", "i", "W", "A", "X", "Q", "K", "V", @"\theta", @"\alpha", @"\lambda", "x_i",
        "x_{ij}", "W_1",
        @"\hat{y}_i", @"\bar{x}", "x^{(i)}", @"\mathbf{x}", @"\mathcal{L}", "0", "1", "2", "0.5", "3.14", "1e-8",
        "10", "e", @"\pi", "d_k",
        "p(x)", "q(x | z)", "x'", "w^T x", "x_t", "x_{t-1}", @"\beta_1^t", @"\infty", @"\epsilon", "W x", "log x",
    ];

    public static string Random(Rng rng)
    {
        int size = 1 << rng.NextInt(rng.NextInt(8) == 0 ? 11 : 7);
        var text = new StringBuilder();
        Grow(text, size, rng, 0);
        return text.Length > Longest ? text.ToString(0, Longest) : text.ToString();
    }

    private static void Grow(StringBuilder text, int size, Rng rng, int depth)
    {
        if (size <= 1 || depth > 60 || text.Length > Longest)
        {
            text.Append(Leaves[rng.NextInt(Leaves.Length)]);
            return;
        }
        string rule = Rules[rng.NextInt(Rules.Length)];
        int holes = rule.Count(c => c == '%');
        foreach (char c in rule)
            if (c != '%')
                text.Append(c);
            else
                Grow(text, (size - 1) / holes, rng, depth + 1);
    }
}
