using Nabla.Formulas.Articles;

namespace Nabla.Formulas.Tests.Articles;

/// <summary>Which claims of small articles are found, and what is said of them.</summary>
public class ArticleCheckTests
{
    private const string Marks = "✓≈✗?";

    private static readonly (string Name, string Text, string Expected)[] All =
        [.. ArticleCases.All, .. SpokenClaimCases.All, .. MeaningCases.All, .. CountCases.All, .. GivenListCases.All,
            .. ProgramCases.All, .. WordedClaimCases.All];

    public static TheoryData<int> Cases => new(Enumerable.Range(0, All.Length));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Claims_get_their_verdicts(int place)
    {
        (string name, string text, string expected) = All[place];
        IReadOnlyList<Claim> claims = ArticleCheck.Run(Article.Read(name, text)).Claims;
        string found = string.Join("\n",
            claims.Select(claim => $"{Mark(claim)}{claim.Printed} ({claim.Text}: {claim.Why})"));
        string[] wanted = Split(expected);
        foreach (string claim in wanted.Where(claim => claim.Length > 1))
            claims.Any(candidate => Mark(candidate) + candidate.Printed == claim)
                .ShouldBeTrue($"{claim}: {text}\n\n{found}");
        claims.Where(claim => claim.Verdict == Verdict.Wrong).Select(claim => "✗" + claim.Printed)
            .Order(StringComparer.Ordinal).ShouldBe(
            wanted.Where(claim => claim[0] == '✗').Order(StringComparer.Ordinal), $"{text}\n\n{found}");
    }

    [Theory]
    [InlineData("2/3 = 0.66", "cut off to what is printed; rounded it would be 0.67")]
    [InlineData("2/3 = 0.67", "which rounds to what is printed")]
    [InlineData("24,576/589,824 = 4.1%", "rounded it would be 4.2%")]
    [InlineData("```python\nprint(2 / 3)  # 0.66\n```", "cut off to what is printed; rounded it would be 0.67")]
    public void What_is_cut_off_is_not_said_to_be_rounded(string text, string why) =>
        ArticleCheck.Run(Article.Read("a.md", text)).Claims.ShouldHaveSingleItem().Why.ShouldContain(why);

    [Theory]
    [InlineData("We find log(8) = 3.", "to the base 2")]
    [InlineData("We find log(100) = 2.", "to the base 10")]
    [InlineData("We find log(100) = 4.605.", "to the base e")]
    public void The_base_of_a_logarithm_is_said(string text, string why) =>
        ArticleCheck.Run(Article.Read("a.md", text)).Claims.ShouldHaveSingleItem().Why.ShouldContain(why);

    [Fact]
    public void A_line_that_cannot_be_read_takes_only_what_depends_on_it()
    {
        const string Text = "```python\nx = 3 * 4\nprint(x)  # 13\nz = 3+4j\nif z == 2j:\n    w = 1\n"
            + "elif 1j:\n    w = 2\nelse:\n    w = 3\nl = [1]\nl.append(5j)\ny = x + 1\nprint(y)  # 14\n"
            + "print(z)  # 5\nprint(w)  # 3\nprint(len(l))  # 2\n"
            + "!pip install x\nprint('don't')\nprint(x + 2)  # 15\nprint((x)  # 16\n```";
        ArticleCheck check = ArticleCheck.Run(Article.Read("a.md", Text));
        check.Claims.Select(claim => $"{Mark(claim)}{claim.Printed}")
            .ShouldBe(["✗13", "✗14", "?5", "?3", "?2", "✗15", "?16"]);
        check.Claims[2].Why.ShouldContain("4j");
        check.Notes.ShouldContain(note => note.Contains("line 4 of the code was not read", StringComparison.Ordinal));
    }

    [Fact]
    public void A_claim_stands_where_its_text_says()
    {
        const string Text = "First line.\nThen 3 * 4 = 13 follows.";
        ArticleCheck check = ArticleCheck.Run(Article.Read("a.md", Text));
        Claim claim = check.Claims.ShouldHaveSingleItem();
        Text.Substring(claim.Start, claim.Length).ShouldBe("3 * 4 = 13");
        check.Article.Locate(claim.Start).ShouldBe((2, 6));
        claim.Recomputed.ShouldBe("12");
    }

    private static char Mark(Claim claim) => Marks[(int)claim.Verdict];

    // "✓4 ✗[4, 7]": claims begin at their marks.
    private static string[] Split(string expected)
    {
        List<string> claims = [];
        foreach (char c in expected)
        {
            if (Marks.Contains(c, StringComparison.Ordinal))
                claims.Add(c.ToString());
            else
                claims[^1] += c;
        }
        return [.. claims.Select(claim => claim.Trim())];
    }
}
