namespace Nabla.Formulas.Tests.Articles;

/// <summary>As <see cref="ArticleCases"/>: lists and matrices that an article gives names to.</summary>
internal static class GivenListCases
{
    private const string Matrix = "$$A = \\begin{pmatrix} 3 & 1 \\\\ 2 & 4 \\end{pmatrix}.$$\n\n";

    public static readonly (string Name, string Text, string Expected)[] All =
    [
        ("a.md", "With w = [1, 2], x = [1, 1] and b = 2 we get `w^T x + b = 5`, not `w^T x + b = 6`.", "✓5"),
        ("a.md", "With w = [1, 2], x = [1, 1] and b = 2, w^T x + b = 6.", "✗6"),
        ("a.md", "Let the weights be (1,2), the input x = (1, 1) and the bias 2. Then wᵀx + b = 5 and w·x = "
            + "4.", "✓5 ✗4"),
        ("a.md", "Given $\\mathbf{w} = [0.2, 0.8]$ and $\\mathbf{x} = [1.0, 0.5]$, we have "
            + "$\\mathbf{w}^\\top \\mathbf{x} = 0.7$ and $\\mathbf{w} \\cdot \\mathbf{x} = 0.2 \\cdot 1 + 0.8 "
            + "\\cdot 0.5 = 0.6$.",
            "✗0.7 ✓0.6"),
        ("a.md", "Let $w = (1, 2)^T$ and $x = (3, 4)^T$.\n\nThen $w^T x = 11$ and $x^T w = 12$.", "✓11 ✗12"),
        ("a.md", Matrix + "Its determinant is $\\det A = 12$. We have tr A = 7, tr(A) = 8 and rank(A) = 2.", "✗12 "
            + "✓7 ✗8 ✓2"),
        ("a.md", "Take A = [[1,2],[3,4]] and x = [1, 1]: then A x = [3, 7] but `A @ x = [3, 8]` and det(A) = -2.",
            "✓[3, 7] ✗[3, 8] ✓-2"),
        ("a.md", "Let w = [1, 2]. After one step w = w - 0.1 g. With x = [1, 1], w^T x = 2.", ""),
        ("a.md", "Let w = [1, 2].\n\nLater w = [3, 4].\n\nWith x = [1, 1], w^T x = 3.", ""),
        ("a.md", "With w = [1, 2] and x = [3, 4], w x = 12, w * x = 13, w × x = 14, |w| = 4 and w^2 = 6.", ""),
        ("a.md", "With w = [0.333, 0.667] and x = [300, 300], w^T x = 300.1.", ""),
        ("a.md", "With p = [0.5, 0.25, 0.25], $H(p) = -\\sum_i p_i \\log_2 p_i = 1.5$ and $-\\sum_i p_i \\log p_i = "
            + "1.5$, "
            + "but $-\\sum_i p_i \\log_2 p_i = 1.6$.", "✓1.5 ✗1.6"),
        ("a.md", Matrix + "The determinant of A is 12, the trace of $A$ is 7 and A has rank 2. Its determinant is "
            + "10, and "
            + "the trace is 9. The rank of A is 3.", "✗12 ✓7 ✓2 ✓10 ✗9 ✗3"),
        ("a.md", "Take p = [0.36, 0.48, 0.16] and q = [1/3, 1/3, 1/3]. Then KL(p || q) ≈ 0.0853 nats, KL(q || p) ≈ "
            + "0.0475 and "
            + "$D_{KL}(p \\| q) = 0.123$ bits. H(p) = 1.01 nats, H(p) = 1.51 and the entropy of q is 1.585 bits.",
            "≈0.0853 ✗0.0475 ≈0.123 ≈1.01 ✗1.51 ≈1.585"),
        ("a.md", "For a biased coin with p = [0.9, 0.1] the entropy is 0.469 bits. For p = [0.5, 0.5] its entropy "
            + "is 0.9 "
            + "bits. With p = [0.9, 0.1] and q = [0.8, 0.2] the entropy is 0.5 bits and so on.", "≈0.469 ✗0.9"),
        ("a.md", "Let p = [0.7, 0.3] and q = [0.6, 0.4]. The cross-entropy of p and q is 0.632, the dot product of "
            + "p and q "
            + "is 0.64; the cosine similarity of p and q is 0.983. The mean of p is 0.5.", "≈0.632 ✗0.64 ≈0.983 ✓0.5"),
        ("a.md", "$$J = \\begin{pmatrix} 1 & -2 \\\\ -3 & 4 \\end{pmatrix}$$\n\nwith det J = -2 and trace(J) = "
            + "6.", "✓-2 ✗6"),
        ("a.md", "Let a = [1, 2] be a pair. The half of a^T a = 2.5. So L(a) = 7 and f a = 3 and 2a = [2, 4].", ""),
    ];
}
