namespace Nabla.Formulas.Tests.Articles;

/// <summary>
/// Short articles, and the numbers in them that are right (✓), right after rounding (≈), wrong (✗), or open (?). What
/// is
/// listed must be found so; nothing else may be called wrong.
/// </summary>
internal static class ArticleCases
{
    public static readonly (string Name, string Text, string Expected)[] All =
    [
        ("a.md", "We get 2 + 2 = 4 and 3*4 = 13.", "✓4 ✗13"),
        ("a.md", "The layer has 768 x 3072 = 2,359,296 weights, and 768*3072 = 2,359,926 is a typo.",
            "✓2,359,296"),
        ("a.md", "So 0.5*1.0 + (-0.3)*2.0 + 0.8*3.0 + 0.1 = 2.4", "✓2.4"),
        ("a.md", "So 1/3 = 0.33 and 2/3 ≈ 0.67 and 2/3 = 0.66 and 2/3 = 0.65.", "≈0.33 ≈0.67 ≈0.66 ✗0.65"),
        ("a.md", "Inline math: $2+2=4$, $3^2 = 9$ and $\\frac{1}{2}+\\frac{1}{3} = \\frac{5}{6} \\approx 0.83$.",
            "✓4 ✓9 ≈0.83"),
        ("a.md", "$$\n\\sqrt{2^2 + 3^2} = 3.7\n$$", "✗3.7"),
        ("a.md", "$\\frac12 (3 + 1)^2 = 9$ and $0.5 \\left(3 + 1\\right) = 2$; 0.5 (3 + 1) = 9.", "✗9 ✓2"),
        ("a.md", "$$\\sigma(0.5) = \\frac{1}{1 + e^{-0.5}} \\approx 0.622$$", "≈0.622"),
        ("a.md", "$12 \\times 4096 = 49{,}152$ and $-\\ln(0.7) = 0.457$", "✓49,152 ✗0.457"),
        ("a.md", "The loss is -log(0.25) = 1.386; in base ten log(1000) = 3.", "≈1.386 ✓3"),
        ("a.md", "a = 3 * 4 = 12 = 2 * 6 = 13", "✓12 ✗13"),
        ("a.md", "Python 3.11 = new. GPT-4 = best. x = 5. Section 2 = 3. f(x) = 3. 10x faster. 2024-01-15 = a day.",
            ""),
        ("a.md", "Pages 1-2 = introduction. It costs $5 = 4 euro. If a == 5 then b = 6.", ""),
        ("a.md", "Many believe that 0.1 + 0.2 = 0.3 is not true in floating point: it isn't 5 + 5 = 11.", "✓0.3"),
        ("a.md", "7B * 2 bytes = 14 GB. 32 * 4096 * 2 = 256 KB. 1e9 * 4 = 4 GB.", ""),
        ("a.md", "Half of 3 + 5 = 4. The mean of 2 + 4 = 3.", ""),
        ("a.md", "We have n + 3 * 4 = 12 and W 3*4 = 13 and 3 * 4 = 12x and 2 * 3 = 6 * y.", ""),
        ("a.md", "1.5 * 2 = 3.0, 10^3 = 1000, 2**10 = 1024, 2^10 = 1000, 1e-3 * 5 = 0.005, 5e-3 = 0.005",
            "✓3.0 ✓1000 ✓1024 ✗1000 ✓0.005"),
        ("a.md", "About 0.9 * 100 ≈ 95 percent. Roughly 1000 * 1.024 = about 1000.", ""),
        ("a.md", "1.000 + 2.000 = 3.000 and 3/2 = 1,5 and 1.000 * 3 = 3.000", "✓3.000"),
        ("a.md", "24,576/589,824 = 4.17% and 24,576/589,824 = 4.7%", "≈4.17% ✗4.7%"),
        ("a.md", "100 + 10% = 110. 50% + 25% = 75%.", "✓75%"),
        ("a.md", "5! = 120 and it is 5! = great", "✓120"),
        ("a.md", "√16 = 4 and √2 ≈ 1.414 and 3² + 4² = 5² and 3² + 4² = 6²", "✓4 ≈1.414 ✗6²"),
        ("a.md", "[1, 2] + [3, 4] = [4, 6] and [1, 2] + [3, 4] = [4, 7]", "✓[4, 6] ✗[4, 7]"),
        ("a.md", "softmax([2.0, 1.0, 0.1]) = [0.659, 0.242, 0.099]", "≈[0.659, 0.242, 0.099]"),
        ("a.md", "softmax([2.0, 1.0, 0.1]) = [0.7, 0.2, 0.1]", "≈[0.7, 0.2, 0.1]"),
        ("a.md", "softmax([2.0, 1.0, 0.1]) = [0.759, 0.142, 0.099]", "✗[0.759, 0.142, 0.099]"),
        ("a.md", "The softmax of [2, 1, 0.1] is [0.659, 0.242, 0.099] and the sigmoid of 0.5 is about 0.62.",
            "≈[0.659, 0.242, 0.099] ≈0.62"),
        ("a.md", "The mean of [1, 2, 3, 4] is 2.5, the variance of [1, 2, 3, 4] is 1.25, or 1.67; the sum of [1, 2] "
            + "is 4.", "✓2.5 ✓1.25 ✗4"),
        ("a.md", "The entropy of [0.5, 0.5] is 1 bit, that of [0.9, 0.1] less; the entropy of [0.9, 0.1] is 0.47.",
            "✓1 ≈0.47"),
        ("a.md", "Let f(x) = x^2 + 3x. Then f(2) = 10, f'(x) = 2x + 3 and f(3) = 19.", "✓10 ✗19 ✓2x + 3"),
        ("a.md", "With f(x, y) = x^2 y we have ∂f/∂x = 2xy and ∂f/∂y = 2x^2.", "✓2xy ✗2x^2"),
        ("a.md", "$g(x) = x^3$, so $\\frac{dg}{dx} = 3x^2$.", "✓3x^2"),
        ("a.md", "```python\nx = 3 * 4  # 12\ny = x + 1  # 14\nprint(y)  # 13\n```", "✓12 ✗14 ✓13"),
        ("a.md", "```python\nlr = 0.1  # 0.5 diverges\nn = 100 // 3  # 33 batches\nprint(n)  # 34\nprint('hi')  # "
            + "5\n```", "✗34"),
        ("a.md", "```python\nimport numpy as np\nx = np.array([1.0, 2.0, 3.0])\nprint(x.mean())  # 2.0\nprint(x * 2)  "
            + "# [2. 4. 6.]\n"
            + "print(x.std())  # 0.82\nprint(x @ x)  # 15.0\n```", "✓2.0 ✓[2. 4. 6.] ≈0.82 ✗15.0"),
        ("a.md", "```python\nimport numpy as np\nW = np.random.randn(3, 4)  # (3, 4)\nh = W @ np.ones(4)  # shape "
            + "(4,)\nprint(h.sum())  # 1.23\n```",
            "✓(3, 4) ✗(4,) ?1.23"),
        ("a.md", "```python\nimport torch\nx = torch.tensor([1.0])\nprint(x * 2)  # tensor([3.])\n```",
            "✗tensor([3.])"),
        ("a.md", "```python\nfor i in range(3):\n    print(i, i ** 2)\n```\n\nOutput:\n\n```\n0 0\n1 1\n2 5\n```",
            "✓0 0 ✓1 1 ✗2 5"),
        ("a.md", "```python\nfor epoch in range(3):\n    print(f'epoch {epoch}: loss {1 / (epoch + 1):.2f}')\n# epoch "
            + "0: loss 1.00\n"
            + "# epoch 2: loss 0.34\n```", "✓epoch 0: loss 1.00 ✗epoch 2: loss 0.34"),
        ("a.md", "```\n>>> 2 + 2\n4\n>>> round(2 / 3, 2)\n0.66\n```", "✓4 ✗0.66"),
        ("a.md", "```python\nIn [1]: 2 ** 5\nOut[1]: 32\n\nIn [2]: sum([1, 2, 3])\nOut[2]: 7\n```", "✓32 ✗7"),
        ("a.md", "```python\ndef f(x):\n    return x ** 2\n```\n\nNow use it:\n\n```python\nprint(f(4))  # "
            + "16\nprint(f(5))  # 26\n```", "✓16 ✗26"),
        ("a.txt", "Here is code.\ndef f(x):\nreturn x * 2\nfor i in range(3):\ny = f(i)\nprint(y)\n# 0\n# 2\n# 5\nThe "
            + "end.", "✓0 ✓2 ✗5"),
        ("a.txt", "total = 0\nfor i in range(4):\ntotal += i\nprint(total)  # 6\n", "✓6"),
        ("a.txt", "f(x) = x^2 with w: the loss is L(w) = (w - 1)^2.\nIf lr is small:\nw: 5 → 4.2 → 3.56 → ... → after "
            + "10 steps → 1.43\n",
            "≈5 → 4.2 → 3.56 ≈1.43"),
        ("a.html",
            "<p>Then <b>3</b> &times; 4 = 12, and 3 &middot; 5 = 16.</p><pre><code class=\"language-python\">print(2 "
                + "** 3) # 8\n"
            + "print(1 &lt; 2) # False</code></pre>", "✓12 ✗16 ✓8 ✗False"),
        ("a.html",
            "<p>As <math><mfrac><mn>1</mn><mn>4</mn></mfrac><mo>+</mo><mn>1</mn><mo>=</mo><mn>1.5</mn></math> "
                + "shows.</p>", "✗1.5"),
        ("a.html",
            "<p><span class=\"katex\"><math><semantics><mrow></mrow><annotation encoding=\"application/x-tex\">3 "
                + "\\cdot 3 = 9"
            + "</annotation></semantics></math><span class=\"katex-html\"><span>3⋅3=10</span></span></span></p>", "✓9"),
        ("a.xml", "<?xml version=\"1.0\"?><rss><channel><item><description>&lt;p&gt;6 * 7 = 42 and 6 * 8 = "
            + "49&lt;/p&gt;</description>"
            + "</item></channel></rss>", "✓42 ✗49"),
        ("a.md", "| a | b |\n|---|---|\n| 2 + 3 = 5 | 2 * 3 = 5 |\n", "✓5 ✗5"),
        ("a.md", "```js\nlet x = 3 * 4 = 13;\n```\n\n```bash\necho $((3 * 4)) = 13\n```", "✓"),
        ("a.md", "Take L(w) = (w - 3)^2 and lr = 0.1.\n\n| step | w | grad | loss |\n|---|---|---|---|\n| 0 | 10 | 14 "
            + "| 49 |\n"
            + "| 1 | 8.6 | 11.2 | 31.36 |\n| 2 | 7.48 | 8.96 | 20.17 |\n| 3 | 6.584 | 7.168 | 12.85 |\n",
            "✓11.2 ✓31.36 ✗20.17"),
        ("a.md", "Here 2.718^2 = 7.39 (with e = 2.718), and 0.33 * 3 = 1.", "≈7.39"),
        ("a.md", "step 1200 | loss 3.21 | lr 2.9e-4. Epoch 3/10 - loss: 0.35 - acc: 0.9. k=10, top_p=0.9, N = 5 x 3 "
            + "grid.", ""),
    ];
}
