using Nabla.Formulas.Articles;

namespace Nabla.Formulas.Tests.Articles;

/// <summary>Whatever a file holds, checking it ends, and with nothing worse than a FormulaException.</summary>
public class HostileArticleTests
{
    private const int Large = 60_000;

    public static TheoryData<string> Forms => ["a.md", "a.html", "a.txt", "a.xml"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Long_and_deep_texts_are_survived(string name)
    {
        foreach (string piece in new[]
        {
            "(", "[", "{", "<", "<p", "<a \"", "<item>", "<table><tr><td>", "$", "$$", "\\(", "\\frac{", "=", "1=",
                "1+", "2*3=6 ",
            "`", "```\n", "|", "|-|\n", "#", "# 1\n", ">>> ", "\"", "'", "\"\"\"", "&", "&#", "1,", ".", "-", "- ",
                "**", "_", "→",
            "w: 1 → ", "def f(x):\n", "if x:\n", "for i in range(9):\n", "print(1)\n", "x = [", "f(", "e^", "σ(",
                "softmax of ",
            "\\begin{", "^", "1e999", "\u0001", "\ud800", "\r", "1 = 2 ≈ ", "x=f(x)=", "<math><mfrac>", "<sup>",
        })
        {
            string text = string.Concat(Enumerable.Repeat(piece, Large / piece.Length));
            ArticlePage.Write(ArticleCheck.Run(Article.Read(name, text)))
                .EndsWith("</html>\n", StringComparison.Ordinal)
                .ShouldBeTrue(piece);
        }
    }

    [Theory]
    [InlineData("a.txt", "2*3=6\n", "lines were read")]
    [InlineData("a.md", "x\r\n\r\n", "lines were read")]
    [InlineData("a.md", "x $ $\r", "lines were read")]
    [InlineData("a.md", "- 2*3=6\n", "the first 2000 numbers")]
    [InlineData("a.html", "<p>2*3=6", "paragraphs were read")]
    [InlineData("a.md", "$x$\n\n", "formulas were read")]
    [InlineData("a.html", "$x$ ", "formulas were read")]
    [InlineData("a.md", "x=y+y\n\n", "formulas were read")]
    [InlineData("a.txt", "print(1)  # 1\n", "lines of code only")]
    public void What_is_left_out_of_a_large_article_is_said(string name, string piece, string said)
    {
        ArticleCheck check =
            ArticleCheck.Run(Article.Read(name, string.Concat(Enumerable.Repeat(piece, 180_000 / piece.Length))));
        string.Join('\n', check.Notes).ShouldContain(said);
        check.Claims.Count.ShouldBeLessThanOrEqualTo(2000);
        check.Formulas.Count.ShouldBeLessThanOrEqualTo(1000);
        ArticleJson.Write(check)["notes"]!.AsArray().Count.ShouldBe(check.Notes.Count);
        ArticlePage.Write(check).ShouldContain(said);
    }

    [Theory]
    [InlineData("p(x) = \\sum_{k=1}^{K} \\pi_k \\mathcal{N}(x \\mid \\mu_k, \\Sigma_k)$ $")]
    [InlineData("\\frac{\\partial \\nabla_\\theta \\sum_{i=1}^{n} "
        + "\\begin{cases} e^{\\exp(\\max(0, \\theta))} & x > 0 \\\\ "
        + "\\mathbb{E}_{x \\sim p}[\\operatorname{softmax}(\\hat{y} = (\\sum_{i=1}^{3} x_i \\tanh(f(|w \\bar{x}_i|)))] "
        + "& \\text{otherwise} \\end{cases}}{\\partial x}$ $")]
    public void A_megabyte_of_formulas_leaves_less_than_a_hundred_behind(string piece)
    {
        Article.Read("warm.md", piece);
        string text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        long before = GC.GetAllocatedBytesForCurrentThread();
        ArticlePage.Write(ArticleCheck.Run(Article.Read("a.md", text)));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000_000);
    }

    [Fact]
    public void An_article_of_usual_size_is_read_whole() =>
        ArticleCheck.Run(Article.Read("a.md", string.Concat(Enumerable.Repeat("- 2*3=6 and $x = 1$\n", 300))))
            .Notes.ShouldBeEmpty();

    [Fact]
    public void Programs_that_never_end_or_eat_memory_are_stopped()
    {
        foreach (string program in new[]
        {
            "while True:\n    pass", "def f():\n    return f()\nf()", "x = [0] * 10 ** 9", "x = 'a' * 10 ** 9",
                "x = 10 ** 10 ** 10",
            "x = [1]\nwhile True:\n    x = x + x", "import numpy as np\nx = np.zeros((10 ** 6, 10 ** 6))",
                "x = 2\nwhile 1:\n    x = x ** 2",
            "import numpy as np\nx = np.ones((2000, 2000))\nfor i in range(1000):\n    x = x @ x",
                "a = []\nfor i in range(10 ** 8):\n    a = [a]\nprint(a)",
            "print(sum(i for i in range(10 ** 9)))", "f = lambda n: f(n) + f(n)\nf(1)", "x = 1 << 10 ** 9",
                "print(f'{1:999999999}')",
            "import os\nos.system('true')", "open('/etc/passwd').read()",
                "x = " + new string('(', 5000) + "1" + new string(')', 5000),
        })
        {
            ArticleCheck check = ArticleCheck.Run(Article.Read("a.md", $"```python\n{program}\nprint(1)  # 2\n```"));
            check.Claims.Count(claim => claim.Verdict == Verdict.Wrong).ShouldBeLessThanOrEqualTo(1, program);
        }
    }

    [Fact]
    public void A_file_that_is_no_text_is_refused() =>
        Should.Throw<FormulaException>(() => Article.Read("a.md", "PK\u0003\u0004\0\0"))
            .Message.ShouldContain("no text");
}
