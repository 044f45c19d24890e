using Nabla.Formulas.Articles;

namespace Nabla.Formulas.Tests.Articles;

/// <summary>The five articles that Nabla was founded on, and what is wrong in them
/// (shared/worked-examples.md).</summary>
public class SeedArticleTests
{
    private static readonly string[] WrongIn004 =
    [
        "26 2.5", "45 0.95", "135 Step 5: w=3.2150, loss=0.0462", "136 Step 10: w=3.0070, loss=0.0000",
        "137 Step 15: w=3.0002, loss=0.0000", "141 10 → -4 → 18 → -22", "143 3.001", "145 3.0002",
        "183 the: 0.2312, cat: 0.0851, sat: 0.0346, on: 0.0115, mat: 0.6276",
    ];

    [FactNeeding(Needing.Seeds)]
    public void Exactly_the_wrong_numbers_are_found()
    {
        string folder = Needing.PathOf(Needing.Seeds)!;
        Wrong(folder, "000").ShouldBe(["173 0.6, 1.0, 1.3"]);
        Wrong(folder, "001").ShouldBeEmpty();
        Wrong(folder, "002").ShouldBeEmpty();
        Wrong(folder, "003").ShouldBeEmpty();
        Wrong(folder, "004").ShouldBe(WrongIn004);
    }

    [FactNeeding(Needing.Seeds)]
    public void What_is_right_is_said_to_be_right()
    {
        string folder = Needing.PathOf(Needing.Seeds)!;
        string[] right = [.. Check(folder, "004").Claims
            .Where(claim => claim.Verdict is Verdict.Right or Verdict.RightAfterRounding)
            .Select(claim => claim.Printed)];
        foreach (string printed in new[]
        {
            "589,824", "24,576", "4%", "[10, 10]", "0.69", "0.1625", "2.3026", "1.00", "0.47", "(2, 10, 64)",
                "(2, 10, 10)",
        })
            right.Contains(printed, StringComparer.Ordinal).ShouldBeTrue(printed);
        Check(folder, "000").Claims.ShouldContain(claim =>
            claim.Printed == "62%" && claim.Verdict == Verdict.RightAfterRounding);
    }

    [FactNeeding(Needing.Seeds)]
    public void The_formulas_of_a_feed_are_found_in_their_places()
    {
        string folder = Needing.PathOf(Needing.Seeds)!;
        ArticleCheck check = Check(folder, "003");
        check.Formulas.Count(formula => formula.Formula is not null).ShouldBe(check.Formulas.Count);
        check.Formulas.ShouldContain(formula =>
            formula.Text.Contains(@"\text{softmax}\left(\frac{QK^T}{\sqrt{d}}\right)V"));
        foreach (FoundFormula formula in check.Formulas)
            check.Article.Source.Substring(formula.Start, 1).ShouldBe(formula.Text[..1]);
    }

    private static string[] Wrong(string folder, string name)
    {
        ArticleCheck check = Check(folder, name);
        return [.. check.Claims.Where(claim => claim.Verdict == Verdict.Wrong)
            .Select(claim => $"{check.Article.Locate(claim.Start).Line} {claim.Printed}")];
    }

    private static ArticleCheck Check(string folder, string name)
    {
        string file = Directory.GetFiles(folder, name + "*").ShouldHaveSingleItem();
        return ArticleCheck.Run(Article.Read(file, File.ReadAllText(file)));
    }
}
