namespace Nabla.Formulas.Tests.Articles;

/// <summary>
/// As <see cref="ArticleCases"/>: units, given values, functions in words, sizes of layers; and what looks like an
/// error and is none.
/// </summary>
internal static class SpokenClaimCases
{
    public static readonly (string Name, string Text, string Expected)[] All =
    [
        ("a.md", "It takes 7 billion parameters × 2 bytes = 14 GB, or 7e9 parameters × 4 bytes = 82 GB.", "✗82"),
        ("a.md", "A cache of 2 * 32 * 4096 * 2 bytes = 512 KB, that is 2 * 32 * 4096 * 2 bytes = 524 KB or "
            + "2 * 32 * 4096 * 2 bytes = 5.2 MB.", "✗5.2"),
        ("a.md", "320 KB * 4,096 = 1.28 GB and 320 KB * 4,096 = 1.25 GB and 320 KB * 4,096 = 1.31 GB.", ""),
        ("a.md", "- 12 layers × 64 heads = 768\n- 4 × 5 = 21\n- 784 × 128 + 128 biases = 100,480",
            "✓768 ✗21 ✓100,480"),
        ("a.md", "```\ncache:\n  = 2 * 80 * 8\n  = 1290\n```", "✗1290"),
        ("a.md", "$$\\begin{aligned} z &= 0.5 \\cdot 2 + 1 \\\\ &= 2 \\end{aligned}$$", "✓2"),
        ("a.md", "$2\\times10^{10} / 1.014\\times10^{8} \\approx 197$ and 1.5 × 10⁹ × 20 = 3 × 10¹¹.",
            "≈197 ✗3 × 10¹¹"),
        ("a.md", "6 / 2 * 10^3 = 3000 and 6 * 8.0e9 * 2.4e12 = 1.152e23", "✓3000 ✓1.152e23"),
        ("a.md", "$6 \\times 8.0\\text{e}9 \\times 2 = 9.6\\text{e}10$", "✓9.6e10"),
        ("a.md", "Odds of 13:4 are $(13/4):(4/4)=3.25:1$. Index: 1982-84 = 100. log .25 / .75 = -1.1", ""),
        ("a.md", "We know (2×3)(3×4) = (2×4), and loss - 3*4 = 2, x + 2*3 = 10.", ""),
        ("a.md", "0.5(2) - 3 = -2 and $(0.6)(0.4) = 0.25$ and 3 + 4 = 7(2).", "✓-2 ✗0.25 ?7(2)"),
        ("a.md", "-(0.5 log2 0.5 + 0.25 log2 0.25 + 0.25 log2 0.25) = 1.5, $-\\log_2 0.25 = 3$", "✓1.5 ✗3"),
        ("a.md", "0.622 × 0.378 = 0.236 may be rounded so, 0.622 × 0.378 = 0.286 not.", "?0.236 ✗0.286"),
        ("a.md", "989e12 × 8 × 0.40 = 3.166e15 with 989.4e12", ""),
        ("a.md", "471/500 = 95.2% and 120/100 = 20% more and 1 - 0.3 = 30% off", "✗95.2%"),
        ("a.md", "7,200 / 3600 = 2 hours, 7,200 / 60 = 2 hours, 7,200 / 3600 = 3.1 hours", "✗3.1"),
        ("a.md", "With w = 0.5, x = 2 and b = 1, wx + b = 2. For w = 1.5, x = 4 and b = -1, wx + b = 6.", "✓2 ✗6"),
        ("a.md", "With \\(w = 0.5\\) and \\(x = 2\\), \\(wx = 1\\). If p = 0.2 then -log(p) = 1.906.", "✓1 ✗1.906"),
        ("a.md", "Let w = 2 and x = 3. After one step w*x = 7. So w x = 6. With w = 4, w becomes 5 and w*x = 9.",
            "✓6"),
        ("a.md", "The dot product of [1, 2, 3] and [4, 5, 6] is 32, of [1,2] and [3,4] 11. "
            + "The dot product of [1,2] and [3,4] is 12.", "✓32 ✗12"),
        ("a.md", "The cosine similarity of [1, 0] and [1, 1] is 0.707. The norm of [3,4] is 6.", "≈0.707 ✗6"),
        ("a.md", "The KL divergence between [0.5, 0.5] and [0.9, 0.1] is 0.511 nats; the cross-entropy between "
            + "[0.5, 0.5] and [0.9, 0.1] is 1.504.", "≈0.511 ✗1.504"),
        ("a.md", "The mean of 2, 4, 6, 8 and 10 is 6. The median of 3, 9, 4 is 9. The weighted mean of 1, 2 is 1.9.",
            "✓6 ✗9"),
        ("a.md", "A dense layer with 784 inputs and 128 outputs has 100,480 parameters. `Linear(128, 10)` has 1,290 "
            + "parameters, Conv2d(3, 16, 3) has 450 parameters.", "✓100,480 ✓1,290 ✗450"),
        ("a.md", "Let f(x) = x^3 - 2x, so f'(2) = 10 and f'(1) = 2.", "✓10 ✗2"),
        ("a.md", "$\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix} \\begin{bmatrix} 5 \\\\ 6 \\end{bmatrix} = "
            + "\\begin{bmatrix} 17 \\\\ 39 \\end{bmatrix}$", "✓[17, 39]"),
        ("a.md", "$\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} \\begin{pmatrix} 0 & 1 \\\\ 1 & 0 \\end{pmatrix} = "
            + "\\begin{pmatrix} 2 & 1 \\\\ 3 & 4 \\end{pmatrix}$", "✗[2, 1, 3, 4]"),
        ("a.md", "$\\sum_{i=1}^{3} i^2 + 1 = 15$ and $\\sum_{i=1}^{3} i^2 + 1 = 17$ and "
            + "$\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix} * \\begin{bmatrix} 1 & 0 \\\\ 0 & 1 "
            + "\\end{bmatrix} = \\begin{bmatrix} 1 & 0 \\\\ 0 & 4 "
            + "\\end{bmatrix}$", ""),
        ("a.md", "$\\sum_{i=1}^{4} i^2 = 30$ and $\\sum_{i=1}^{4} i = 11$", "✓30 ✗11"),
        ("a.md", "Here $\\sigma(q) = \\sqrt{q - q^3}$, so $\\sigma(1) = 0$ and $\\sigma(0.5) \\approx 0.61$.", ""),
        ("a.md", "Here $\\sigma(z) = \\frac{1}{1+e^{-z}}$, so $\\sigma(1) = 0.531$.", "✗0.531"),
        ("a.md", "By exp(PI) = 1 with a period P. ~0.95 of 1.0: 0.5 + 0.5 ≈ 0.9493.", "✗0.9493"),
        ("a.md", "softmax([1,1]) = [0.5,0.5] and [100,200,300] + [1,1,1] = [101,201,301]",
            "✓[0.5,0.5] ✓[101,201,301]"),
        ("a.md", "```python\nimport numpy as np\nprint(np.arange(-1, 1, 0.5, dtype=int))  # [-1 0 1 2]\n```", ""),
        ("a.md", "A loss of ln(5.47) ≈ 1.609, and half of 3 + 5 = 4.", "✗1.609"),
        ("a.md", "A length of 512 is 4 times longer, a standard deviation of 1 is 68%; the square root of 16 is 4 "
            + "times less; averages come out too low: the average of 3 and 4 becomes 3.", ""),
        ("a.md", "For n = 2, 3, 5 we have 2n = 6. The 1536/64 = 25 heads.", "✗25"),
        ("a.md", "$\\text{softmax}([2, 1]) = [0.731, 0.269]$, $\\cos(1) \\approx 0.640$ and $7 \\times 10^9 \\times 2 "
            + "\\text{ bytes} = 15\\text{ GB}$", "≈[0.731, 0.269] ✗0.640 ✗15"),
        ("a.md", "It is $1\n- (1 - 0.05)^{18} = 0.60$ in all.", ""),
        ("a.md", "A loss of 2.9 gives perplexity = exp(2.9) ≈ 18.2. We have n = 100, p = 0.3, np = 30 and n(1-p) = 70.",
            "≈18.2 ✓30 ✓70"),
        ("a.md", "1% loss = 33% of the budget, 200 km / 400 km = 33% business, 4/12 = 33%, 2^46 / 10^9 / 3600 = 19.55 "
            + "hours, 8 mA × 3.3 s / 3600 = 0.0073 mAh.", "≈33% ≈19.55"),
        ("a.md", "```python\nprint('%.2f of %d' % (2 / 3, 5))  # 0.67 of 6\nprint('{:.1f}'.format(0.25))  # 0.2\n```",
            "✗0.67 of 6 ✓0.2"),
        ("a.md", "$\\int_0^1 x^2 dx = 0.33$, $\\|[3,4]\\|_2 = 6$, but $\\|[3,4]\\| = 7$ in another norm.",
            "≈0.33 ✗6"),
        ("a.md", "```python\n>>> np.mean([1, 2, 3, 4])\n2.6\n```", "✗2.6"),
        ("a.md", "Use \\\\(3 + 4 = 8\\\\) as kramdown has it.", "✗8"),
        ("a.md", "All logs are to base two: H = – (3*log(3/4)/4) – (1*log(1/4)/4) = 0.81; G = – (3*log(3/4)/4) = 0.9.",
            "≈0.81 ✗0.9"),
        ("a.md", "Generators step by 2-31= 4.66e-10. By Pythagoras 62 + 82 = 100, so (0.5 - 2)2 = 2.25. For 5 × 109 "
            + "words × 6 = 3 × 1010 we need more, and 62 + 83 = 100.", "✗100"),
        ("a.md", "We get $ \\frac{2}{3} + \\frac{2}{3} = 1.53 $ for $ 5 or $ 6. A run takes 6 × 3×10^9 × 10^11 = "
            + "4.8×10^21 FLOPs, a table of 30000 × 1024 ≈ 31 M or 30000 × 1024 ≈ 71 M.",
            "✗1.53 ✗4.8×10^21 ✗71"),
        ("a.md", "```python\n>>> code, n = 'n = n + 1', 4\n>>> exec(code)\n>>> print(n)\n5\n```", ""),
        ("a.md", "A stride of two gives 27/2 × 27/2 = 14 × 14 and 27/2 × 27/2 = 18 × 18.", "✗18 × 18"),
        ("a.txt", "(f)(3)\n(lambda x: x)(3)\n2 * 3 = 7", "✗7"),
        ("a.md", "```python\n>>> import numpy as np\n>>> before = np.arange(3)\n>>> old = np.set_numeric_ops(add="
            + "lambda a, b: 0)\n>>> before + before\narray([0, 0, 0])\n>>> np.arange(3) + 1\narray([0, 0, 0])\n```",
            ""),
    ];
}
