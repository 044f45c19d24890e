using Nabla.Formulas.Articles;

namespace Nabla.Formulas.Tests.Articles;

/// <summary>What may be meant otherwise is not called wrong.</summary>
public sealed class FalseAlarmTests
{
    [Theory]
    [InlineData("Freezing 6 of 12 layers (43%) saves memory.")]
    [InlineData("On 3/14 (90%) was done.")]
    [InlineData("Only 12 of 60 layers, or 35%, of the weights are trained.")]
    [InlineData("The learning rate is 0.01 (30/90) in this run.")]
    [InlineData("Let x = [1, 2, 3]. If we double every entry, the sum of x is 12.")]
    [InlineData("Let x = [1, 2, 3]. After adding one to each entry, the mean of x is 3.")]
    [InlineData("Let x = [1, 2, 3]. Over the next batch the mean of x is 4.5.")]
    [InlineData("```csharp\nint a = 1, b = 2;\n(a, b) = (b, a);\nConsole.WriteLine(a); // 2\n```")]
    [InlineData("```csharp\nint m = 1;\nm <<= 4;\nConsole.WriteLine(m); // 16\n```")]
    [InlineData("```csharp\nConsole.WriteLine(0x10 + 1); // 17\n```")]
    [InlineData("```csharp\nint w = 3;\nUpdate();\nConsole.WriteLine(w); // 4\n```")]
    [InlineData("```csharp\nint a = 1; Update();\nConsole.WriteLine(a); // 4\n```")]
    [InlineData("```csharp\nint a = 1, b = Bump();\nConsole.WriteLine(a); // 2\n```")]
    [InlineData("```csharp\nint a = 1;\nvar c = new Counter();\nConsole.WriteLine(a); // 2\n```")]
    [InlineData("```csharp\nint a = 1; list.Select(Step).ToList();\nConsole.WriteLine(a); // 2\n```")]
    [InlineData("Let x = [1, 2, 3]. Add one to each entry: the mean of x is 3.")]
    [InlineData("Let x = [1, 2, 3]. Drop the last entry and the sum of x is 3.")]
    [InlineData("Let x = [1, 2, 3]. Scale by two, halve, then increment the entries; the sum of x is 9.")]
    [InlineData("Let A = [[1, 2], [3, 4]]. Scaling A by 2, the determinant of A is -8.")]
    [InlineData("Let u = [3, 4]. At unit length, the norm of u is 1.")]
    [InlineData("Sales in 3/2021 (12%) and from 1998 of 2000 (35%) rose.")]
    [InlineData("| Layer | Memory |\n|---|---|\n| a | 10 |\n| b | 20 |\n| Total | 25 |")]
    [InlineData("```python\ng = (i * i for i in range(4))\nprint(sum(g))  # 14\nprint(sum(g))  # 0\n```")]
    [InlineData("```python\nz = zip([1], [2])\nlist(z)\nprint(len(list(z)))  # 0\n```")]
    [InlineData("```python\nd = {}\nk = d.keys()\nd['a'] = 1\nprint(len(k))  # 1\n```")]
    [InlineData("A rule of thumb: 2^10 = 1024 ≈ 10^3, so 2^30 ≈ 10^9.")]
    [InlineData(@"Here $\frac{2}{3} = 0.\overline{6} \approx 0.667$ and $\frac{1}{7} = 0.\overline{142857}$.")]
    [InlineData("We render 1920 × 1080 = 2.07 megapixels and use 5 × 400 W = 2 kW for 3 × 500 = 1.5 kWh.")]
    [InlineData("Eight fit in one bank (8 * 128 * 128 * 2 bytes = 256KB).")]
    [InlineData("The full matrix: 4096 × 4096 = 16.7M, and 1000 × 1299 = 1.2 million.")]
    [InlineData("The sum [1, 2] + [3, 4] = [4, 6] is taken entry by entry.")]
    [InlineData("Two of three are 2 / 3 = 66% of them.")]
    [InlineData("= 2 + 3 = 5\n= 4 + 4 = 8")]
    [InlineData("Item 2\n+ 2 * 3 = 8")]
    [InlineData("```python\n@twice(cache=True)\ndef f(x):\n    return x + 1\nprint(f(3))  # 8\n```")]
    [InlineData("```python\n@m.cache.doubled\ndef f(x):\n    return x + 1\nprint(f(3))  # 8\n```")]
    [InlineData("Twelve tensors side by side: [1024, 64] * 12 = [1024, 768].")]
    [InlineData("The mask is 16 = 0x10 here, and 1=0x3 there.")]
    [InlineData("Mode 0 = 320x240, 1 = 160x120, 2 = 640x480.")]
    [InlineData("A byte 0-255 = 0-15300 rpm.")]
    [InlineData("In integers 128 * 43/255 = 21 and 500 / 768 * 800 = 520.")]
    [InlineData("<table><tr><th></th><th>item</th><th>n</th></tr><tr><td>Valid</td><td>a</td><td>1</td></tr>"
        + "<tr><td>b</td><td>1</td></tr><tr><td>c</td><td>1</td></tr><tr><td>Total</td><td>3</td></tr></table>")]
    [InlineData(@"Machin: $\frac{\pi}{4} = 4 \operatorname{acot} 5 - \operatorname{acot} 239$.")]
    [InlineData("Here $y(x) = x^2 + 1$. Now $y'(x) = x \\sin(y(x))$ is to be solved.")]
    [InlineData("First $y(x) = \\exp(x)$. Later $y(x) = 2 \\tan^{-1}(\\exp(x^2/2))$, for which $y(0) = \\pi/2$.")]
    [InlineData("Here $f(x) = x^2$. Then $f(x) = x \\operatorname{sinc}(x)$ and $f(2) = 0.9$.")]
    [InlineData("<pre>\n<span>gap&gt;</span> <span>(9 - 7) * 5 = 9 - 7  * 5;</span>\nfalse\n</pre>")]
    [InlineData("The twelve heads side by side: [1024, 64] * 12 = [1024, 768].")]
    [InlineData("So log(0.5) + log(0.13) + log(0.087) + log(0.043) = -0.301 -0.886 -1.06 -1.366 (= -3.614)")]
    [InlineData("```python\n>>> # the sum of\n3 and 4\n>>> 3 + 4\n7\n```")]
    [InlineData("The silu for dim 1 = 0.3 * 0.6, and for layer 3 = 0.4 * 0.5. Token 7 = 2 * 3 here.")]
    [InlineData("Total parameters (8x7B = ~46B), and 8x22B = 141B.")]
    [InlineData("We wanted to know why 17/4 = 8 (mod 15), or $17/4 = 8 \\pmod{15}$.")]
    [InlineData("The time amounts to 0 + 100\n+ 200 + 300 = 600 time units.")]
    [InlineData("With both rates known, F1 = 2 *\n(0.75 * 0.6) / (0.75 + 0.6) = 0.667 here.")]
    [InlineData("The sum is 3 * 4 - 7 * 3 = -9 + 0 and the sum 5 * 9 = 9\n+ 36 is next.")]
    [InlineData("The slope is then −9 − 1.5×(−24) = −9 + 0 and −9 − 1.5×(−24) = −9\n+ 36.")]
    [InlineData("The cache takes 6 * 2 * 1024 = 12\nKB for each token.")]
    [InlineData("These values can be plugged in.\n\nThe Entropy (Tennis) = -(9/14) log2(9/14) – (5/14)\n"
        + "log2 (5/14) = 0.94")]
    [InlineData("Humidity: the Information Gain(Humidity) = Entropy ≈ 0.940\n- (3/14)*1 - (6/14)*0.918 ≈ 0.332")]
    [InlineData("With the gradient we have here 2 * 0.005 * 1 = (2 * 0.005) * 1\n* (-0.05) = 0.01 * 1 * (-0.05) "
        + "= -0.0005")]
    [InlineData("Let the values be $h = 2$ - $i = -1.2$ - $k = 3$.")]
    [InlineData("Manually: -(1 * log(0.8) + 0) = -log(0.8) = 0.2231 -(0 + 1 * log(0.7)) = -log(0.7) = 0.3567")]
    [InlineData("Sorted: indices 0-93 = 0.1, indices 94-99 = 0.9. It works for e^2 = 0 and e^2 < 0.")]
    [InlineData("```python\nimport numpy as np\nA = np.ones((3, 1))\nB = A.T # (3, 1) -> (1, 3)\n```")]
    [InlineData("```python\n>>> import numpy as np\n>>> a = np.array([1, 2])\n>>> a = Shared(['x', b'y', -2, 1])\n"
        + ">>> len(a)\n4\n```")]
    [InlineData("```python\n>>> from functools import singledispatch\n>>> @singledispatch\n... def fun(arg):\n"
        + "...     print(arg)\n>>> @fun.register(float)\n... @fun.register(int)\n... def half(arg):\n"
        + "...     print(arg / 2)\n>>> fun(1.23)\n0.615\n```")]
    [InlineData("```python\nprint(len('Hello \\N{LATIN SMALL LETTER E WITH CIRCUMFLEX}'))  # 7\n```")]
    [InlineData("It has TN=0 FP=553 TP=714 FN=0, so Precision 0, Recall 0 and F1 = 0 for class 0 ('fake').")]
    public void Nothing_in_it_is_called_wrong(string text) =>
        ArticleCheck.Run(Article.Read("a.md", text)).Claims.ShouldNotContain(claim => claim.Verdict == Verdict.Wrong);

    [Theory]
    [InlineData("We get 3 - 1/4 = 2 here.")]
    [InlineData("So 5 - 3 = 3 here.")]
    [InlineData("With both numbers known from above the sum is 2 * 3 +\n4 * 5 = 27 in all.")]
    [InlineData("Above stands that 2 * 3 + 4 * 5 = 27 and that is where\nthe second part begins.")]
    [InlineData("2 * 3 = 6\n4 * 5 = 21\n6 * 7 = 42")]
    [InlineData("- 2 * 3 = 6\n- 4 * 5 = 21\n- 6 * 7 = 42")]
    [InlineData("The total is [1, 2] * 2 = [2, 5].")]
    [InlineData("Then [1, 2] + [3, 4] = [4, 2] here.")]
    [InlineData("The bank holds less (128 * 128 * 2 bytes = 64 KB) here.")]
    [InlineData("The full matrix: 4096 × 4096 = 17.7M in all.")]
    [InlineData("```python\nimport functools\n@functools.cache\ndef f(x):\n    return x + 1\nprint(f(3))  # 8\n```")]
    [InlineData("```python\n>>> # twice\n>>> 2 * 3\n7\n```")]
    [InlineData("```python\nimport numpy as np\nA = np.ones((3, 1))\nB = A.T # (3, 1) -> (3, 1)\n```")]
    public void What_is_wrong_all_the_same_is_found_once(string text) =>
        ArticleCheck.Run(Article.Read("a.md", text)).Claims.Where(claim => claim.Verdict == Verdict.Wrong)
            .ShouldHaveSingleItem();
}
