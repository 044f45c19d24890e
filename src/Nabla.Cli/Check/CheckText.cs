using Nabla.Cli.Output;
using Nabla.Formulas;
using Nabla.Formulas.Articles;
using Nabla.Formulas.Printing;

namespace Nabla.Cli.Check;

/// <summary>What was found in articles, for people: the wrong numbers first.</summary>
internal static class CheckText
{
    private const int MostListed = 40;

    public static void Print(Screen screen, IReadOnlyList<ArticleCheck> checks)
    {
        foreach (ArticleCheck check in checks)
        {
            Print(screen, check);
            if (checks.Count > 1)
                screen.Line();
        }
        if (checks.Count > 1)
            screen.Line($"{checks.Count} articles, {checks.Sum(check => check.Claims.Count)} numbers, "
                + $"{checks.Sum(check => check.Count(Verdict.Wrong))} wrong.", Ink.Strong);
    }

    private static void Print(Screen screen, ArticleCheck check)
    {
        int wrong = check.Count(Verdict.Wrong);
        screen.Line(new InkedLine(Printable.OneLine(Path.GetFileName(check.Article.Name), 60), Ink.Strong)
            .Add($": {check.Claims.Count} numbers, ")
            .Add(wrong == 0 ? "none wrong" : $"{wrong} wrong", wrong == 0 ? Ink.Good : Ink.Bad)
            .Add($", {check.Count(Verdict.Right)} right, "
                + $"{check.Count(Verdict.RightAfterRounding)} right after rounding, "
                + $"{check.Count(Verdict.NotCheckable)} not checkable; {check.Formulas.Count} formulas", Ink.Dim));
        foreach (string note in check.Notes)
            screen.Line($"  {note}", Ink.Dim);
        foreach (Verdict verdict in new[] { Verdict.Wrong, Verdict.Right, Verdict.RightAfterRounding,
            Verdict.NotCheckable })
        {
            Claim[] claims = [.. check.Claims.Where(claim => claim.Verdict == verdict)];
            int most = verdict == Verdict.Wrong ? claims.Length : MostListed;
            foreach (Claim claim in claims.Take(most))
                Print(screen, check.Article, claim);
            if (claims.Length > most)
                screen.Line($"  … and {claims.Length - most} more that are {claims[0].VerdictText}", Ink.Dim);
        }
    }

    private static void Print(Screen screen, Article article, Claim claim)
    {
        (int line, _) = article.Locate(claim.Start);
        Ink ink = claim.Verdict switch
        {
            Verdict.Wrong => Ink.Bad,
            Verdict.NotCheckable => Ink.Dim,
            _ => Ink.Good,
        };
        string mark = claim.Verdict switch
        {
            Verdict.Wrong => "✗",
            Verdict.Right => "✓",
            Verdict.RightAfterRounding => "≈",
            _ => "?",
        };
        int width = Math.Max(20, screen.Width - 14);
        Ink inkOfText = claim.Verdict == Verdict.NotCheckable ? Ink.Dim : Ink.Plain;
        screen.Line(new InkedLine($"  {mark} ", ink).Add($"line {line,-4} ", Ink.Dim)
            .Add(Printable.OneLine(Readable(claim.Text), width), inkOfText));
        if (claim.Verdict is Verdict.Wrong)
            screen.Line(new InkedLine("              printed ").Add(Printable.OneLine(claim.Printed, 48), Ink.Bad)
                .Add(", recomputed ")
                .Add(Printable.OneLine(claim.Recomputed, 60), Ink.Good));
        if (claim.Verdict is Verdict.Wrong or Verdict.NotCheckable)
            foreach (string why in Printable.Wrap(claim.Why, width))
                screen.Line("              " + why, Ink.Dim);
    }

    // What is LaTeX, or was, as one reads it.
    private static string Readable(string claim)
    {
        if (!claim.Contains('\\', StringComparison.Ordinal) && !claim.Contains("((", StringComparison.Ordinal))
            return claim;
        try
        {
            return FormulaPrinter.Display(Formula.Parse(claim).Tree);
        }
        catch (FormulaException)
        {
            return claim;
        }
    }
}
