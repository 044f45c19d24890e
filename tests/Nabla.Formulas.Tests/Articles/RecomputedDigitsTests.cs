using Nabla.Formulas.Articles;

namespace Nabla.Formulas.Tests.Articles;

/// <summary>The true value beside a wrong one has digits enough to be true itself.</summary>
public sealed class RecomputedDigitsTests
{
    [Theory]
    [InlineData("We know that sqrt(2) = 1.5.", "1.414")]
    [InlineData("It is 1.5 * 1.5 = 2.5.", "2.25")]
    [InlineData("It is 0.5 * 3 = 1.7.", "1.5")]
    [InlineData("It is 12 * 12 = 142.", "144")]
    public void A_wrong_number_is_answered_with_more_digits(string text, string recomputed)
    {
        Claim claim = ArticleCheck.Run(Article.Read("a.md", text)).Claims.ShouldHaveSingleItem();
        claim.Verdict.ShouldBe(Verdict.Wrong);
        claim.Recomputed.ShouldBe(recomputed);
    }
}
