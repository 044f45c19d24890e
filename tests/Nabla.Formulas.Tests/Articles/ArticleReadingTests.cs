using Nabla.Formulas.Articles;

namespace Nabla.Formulas.Tests.Articles;

/// <summary>What articles are made of is found where it stands in the file, however it is marked up.</summary>
public class ArticleReadingTests
{
    [Theory]
    [InlineData("a.md", "> A quote: here 5 * 5 = 26.", "5 * 5 = 26")]
    [InlineData("a.md", "> ```python\n> z = 2 * 2  # 5\n> ```", "5")]
    [InlineData("a.md", "1. First:\n   ```python\n   z = 2 * 2  # 5\n   ```\n2. Second.", "5")]
    [InlineData("a.md", "- one\n  - two: 5 * 5 = 26", "5 * 5 = 26")]
    [InlineData("a.md", "- one\n\n\tthen 5 * 5 = 26", "5 * 5 = 26")]
    [InlineData("a.md", "5 * 5 = 26\n==========\n\ntext", "5 * 5 = 26")]
    [InlineData("a.md", "$$\n5 \\cdot 5\n= 26\n$$ and text", "5 \\cdot 5\n= 26")]
    [InlineData("a.md", "Words\n\\[\n5 + 5\n- 1 = 8\n\\]", "5 + 5\n- 1 = 8")]
    [InlineData("a.md", "5 &times; 5 = 26", "5 &times; 5 = 26")]
    [InlineData("a.md", "<table><tr><td>x<td>5 * 5 = 26</table>", "5 * 5 = 26")]
    [InlineData("a.md", "[a link](https://a.org/b) to 5*5 = 26 and 2*3 = 6", "5*5 = 26")]
    [InlineData("a.md", "```python\r\nz = 2 * 2  # 5\r\n```\r\n", "5")]
    [InlineData("a.html", "<!doctype html><head><title>2 + 2 = 5</title><body><p>5 * 5 = 26", "5 * 5 = 26")]
    [InlineData("a.html", "<table><tr><td>x<td><tr><td>5 * 5 = 26</table>", "5 * 5 = 26")]
    [InlineData("a.html", "<p>a < b and 5 &CenterDot; 5 = 26", "5 &CenterDot; 5 = 26")]
    [InlineData("a.html", "<!-- 2 + 2 = 5 --><p title='1 + 1 = 3 > 2'>5 * 5 = 26", "5 * 5 = 26")]
    [InlineData("a.html", "<svg><svg></svg>2 + 2 = 5</svg><script>a = '<p>2 + 2 = 5'</script>5 * 5 = 26", "5 * 5 = 26")]
    [InlineData("a.html", "<script type=\"math/tex\">5 \\cdot 5 = 26</script>", "5 \\cdot 5 = 26")]
    [InlineData("a.xml", "<rss><item><description><![CDATA[<p>5 * 5 = 26</p>]]></description></item></rss>",
        "5 * 5 = 26")]
    [InlineData("a.xml", "<feed><entry><summary>2 + 2 = 5</summary><content type='xhtml'><p>5 * 5 = 26</p></content>"
        + "</entry></feed>", "5 * 5 = 26")]
    public void A_wrong_number_is_found_in_its_place(string name, string text, string wrong)
    {
        Claim claim = ArticleCheck.Run(Article.Read(name, text)).Claims
            .Where(claim => claim.Verdict == Verdict.Wrong).ShouldHaveSingleItem();
        claim.Start.ShouldBe(text.IndexOf(wrong, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("---\ntitle: \"2 + 2 = 5\"\ntags: [a, b]\n---\n\nText with 5 * 5 = 26", "title")]
    [InlineData("---\r\n# settings\ntitle: x 2 + 2 = 5\r\n---\r\n5 * 5 = 26", "title")]
    [InlineData("+++\ntitle = \"2 + 2 = 5\"\n+++\n5 * 5 = 26", "title")]
    public void The_settings_above_a_page_are_no_text(string text, string setting)
    {
        ArticleCheck check = ArticleCheck.Run(Article.Read("a.md", text));
        check.Claims.ShouldHaveSingleItem().Start.ShouldBe(text.IndexOf("5 * 5", StringComparison.Ordinal));
        ArticlePage.Write(check).ShouldNotContain(setting + ":");
        check.Formulas.ShouldAllBe(formula => formula.Start > 20);
    }

    [Fact]
    public void A_rule_above_the_first_paragraph_is_no_setting() =>
        ArticleCheck.Run(Article.Read("a.md", "---\n5 * 5 = 26\n\n---\n")).Claims.ShouldHaveSingleItem();

    [Fact]
    public void Of_several_lines_of_a_formula_only_the_wrong_one_is_marked()
    {
        const string Text = "$$\\begin{aligned} a &= 2 \\cdot 3 = 6 \\\\ b &= 2 \\cdot 4 = 9 \\\\ c &= x "
            + "\\end{aligned}$$";
        string page = ArticlePage.Write(ArticleCheck.Run(Article.Read("a.md", Text)));
        page.ShouldNotContain("<mark class=\"wrong\" title=\"wrong");
        string[] rows = page.Split("<mtr")[1..];
        rows.Length.ShouldBe(3);
        rows[0].ShouldStartWith(" class=\"right\"");
        rows[1].ShouldStartWith(" class=\"wrong\" title=\"wrong: 2 * 4 is 8, not 9");
        rows[2].ShouldStartWith(">");
    }

    [Theory]
    [InlineData("a.md", "> ")]
    [InlineData("a.html", "<div>")]
    public void What_stands_very_deep_is_found_too(string name, string opening) =>
        ArticleCheck.Run(Article.Read(name, string.Concat(Enumerable.Repeat(opening, 5000)) + "5 * 5 = 26"))
            .Claims.ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Wrong);

    [Fact]
    public void A_table_that_lost_its_first_strokes_is_one()
    {
        const string Text = "| Formula | Needed |\n|---|---|\nPPL = exp(H(p, q)) (perplexity) | 1 + 3 |\n"
            + "θ ← θ − η∇L (gradient descent) | 4 |\nAdamW(betas=(0.9, 0.95)), clip | 5 |\ny = softmax (sum) | 2 |";
        ArticleCheck check = ArticleCheck.Run(Article.Read("a.txt", Text));
        check.Formulas.Select(formula => formula.Text)
            .ShouldBe(["PPL = exp(H(p, q))", "θ ← θ − η∇L", "y = softmax (sum)"]);
    }
}
