using Nabla.Formulas.Articles.Reading;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Articles.Claims.Lists;

/// <summary>
/// Computes formulas with the lists and matrices that the article gives: wᵀx + b = 5, det A = 7. It is the formula
/// engine that computes.
/// </summary>
internal sealed class FormulaClaims(NamedValues values, CheckContext context)
{
    private const int LongestFormula = 600, MostTried = 400, MostVaried = 40, MostCharacters = 20_000;
    private const long MostOperations = 100_000, MostNumbers = 10_000;

    private int tried, characters;

    /// <summary>Checks all relations of a block.</summary>
    public void Check(ArticleBlock block)
    {
        foreach (MappedText formula in block.Kind == BlockKind.Formula ? [block.Text] : block.Formulas)
            CheckFormula(formula, block);
        if (block.Kind == BlockKind.Paragraph)
            foreach (MappedText line in block.Text.Lines())
                foreach (MappedText said in FormulasInWords.In(line, values))
                    CheckFormula(said, block);
    }

    private void CheckFormula(MappedText said, ArticleBlock block)
    {
        string text = said.Text;
        if (text.Length > LongestFormula || !text.AsSpan().ContainsAny('=', '≈') && !text.Contains("approx",
            StringComparison.Ordinal) || ++tried > MostTried || (characters += text.Length) > MostCharacters
            || !context.MayClaim())
            return;
        try
        {
            Expression tree = Formula.Parse(text).Tree;
            foreach (Expression part in tree is FormulaSystem system ? system.Formulas : [tree])
                if (part is Relation chain && chain.Operators.All(sign =>
                    sign.Kind is RelationKind.Equal or RelationKind.Approximate))
                    CheckChain(chain, said, block);
        }
        catch (FormulaException)
        {
            // what cannot be read claims nothing
        }
    }

    // Each side with names is worth what the next number says; one that says so is enough.
    private void CheckChain(Relation chain, MappedText text, ArticleBlock block)
    {
        List<ListClaim> found = [];
        for (int i = 0; i + 1 < chain.Members.Count; i++)
        {
            if (chain.Members[i] is Symbol || ClosedFormulaFinder.Printed(chain.Members[i]) is not null)
                continue;
            int said = i + 1;
            while (said < chain.Members.Count && ClosedFormulaFinder.Printed(chain.Members[said]) is null)
                said++;
            if (said < chain.Members.Count && Compare(chain, (i, said), text, block) is { } claim)
                found.Add(claim);
        }
        foreach (ListClaim claim in found.OrderBy(claim => claim.Verdict == Verdict.NotCheckable).Take(1))
            context.Add(claim.Text, "given values", claim.Printed, (claim.Shown, claim.Verdict, claim.Why));
    }

    private sealed record ListClaim(MappedText Text, string Printed, string Shown, Verdict Verdict, string Why);

    private ListClaim? Compare(Relation chain, (int Left, int Said) members, MappedText text, ArticleBlock block)
    {
        Expression left = chain.Members[members.Left], right = chain.Members[members.Said];
        int start = Math.Min(left.Source.Start, text.Length - 1), end = Math.Min(right.Source.End, text.Length);
        int place = text.Place(start);
        if (ListFormula.Of(left, name => values.At(name, place, block)) is not { } formula
            || formula.Value() is not { } actual || Evaluate(right) is not { } said
            || !actual.Shape.Equals(said.Shape) || ClosedFormulaFinder.Printed(right) is not { } printed
            || printed.Count != said.Count)
            return null;
        bool isApproximate = chain.Operators.Skip(members.Left).Take(members.Said - members.Left)
            .Any(sign => sign.Kind == RelationKind.Approximate);
        PrintedNumber[] numbers = [.. printed.Select((number, i) => number with
        {
            Value = said.Values[i],
            IsApproximate = isApproximate,
        })];
        double[] shown = actual.Values.ToArray();
        Verdict verdict = Judge(shown, numbers);
        if (verdict == Verdict.Wrong && left.All().Any(part => part is Call { Letter: "log" or "H" or "D" or "KL" })
            && Judge([.. shown.Select(value => value / Math.Log(2))], numbers) is var other and not Verdict.Wrong)
            (verdict, shown) = (other, [.. shown.Select(value => value / Math.Log(2))]);
        string? doubt = verdict == Verdict.Wrong
            ? Doubt(formula, (shown, numbers), (place, text.Place(end - 1) + 1)) : null;
        return Claim(text.Slice(start, end - start), formula, (shown, numbers),
            (doubt is null ? verdict : Verdict.NotCheckable, doubt));
    }

    private static Verdict Judge(double[] actual, PrintedNumber[] printed) =>
        Judgement.Worst(actual.Zip(printed, Judgement.Of));

    private string? Doubt(ListFormula formula, (double[] Actual, PrintedNumber[] Printed) claim,
        (int Start, int End) place)
    {
        string article = context.Article.Source;
        int end = Math.Min(place.End, article.Length);
        if (formula.Doubt is { } doubt)
            return doubt;
        if (ChangeWords.Between(article, formula.Place, place.Start, end) is { } change)
            return $"the values may have changed ('{change}')";
        if (Meanings.Falsehood(article, Math.Min(place.Start, end), end) is { } suspicion)
            return suspicion;
        double[] slack = formula.Slack(MostVaried);
        return claim.Actual.Zip(claim.Printed).Select((pair, i) => Math.Abs(pair.First - pair.Second.Value)
            <= (slack.ElementAtOrDefault(i) + pair.Second.Unit / 2) * (1 + 1e-9)).All(isNear => isNear)
            ? "the difference is within the rounding of the numbers in it" : null;
    }

    private static ListClaim Claim(MappedText text, ListFormula formula,
        (double[] Actual, PrintedNumber[] Printed) claim, (Verdict Verdict, string? Doubt) found)
    {
        string shown = string.Join(", ", claim.Actual.Zip(claim.Printed, Judgement.Show));
        string printed = string.Join(", ", claim.Printed.Select(number => Judgement.Show(number.Value, number)));
        if (claim.Actual.Length > 1)
            (shown, printed) = ($"[{shown}]", $"[{printed}]");
        string why = $"with {formula.Given} it is {shown}";
        return new ListClaim(text, printed, shown, found.Verdict,
            found.Doubt is null ? why : $"{found.Doubt}; {why}");
    }

    private static NumberArray? Evaluate(Expression expression) => Evaluate(expression, new Bindings());

    /// <summary>The value of a formula, or null if it has none, or too large a one.</summary>
    public static NumberArray? Evaluate(Expression expression, Bindings bindings)
    {
        try
        {
            return Evaluator.Evaluate(expression, bindings, new EvaluationOptions
            {
                Steps = false,
                HasEngine = false,
                Budget = new(MostOperations, MostNumbers),
            }).Value;
        }
        catch (FormulaException)
        {
            return null;
        }
    }
}
