using System.Globalization;
using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Checks formulas without free symbols that are more than arithmetic, matrix products and sums with bounds, by the
/// formula engine.
/// </summary>
internal static partial class ClosedFormulaFinder
{
    private const int LongestFormula = 600, MostCharacters = 20_000;
    private static readonly string[] Signs =
        ["matrix}", @"\sum", @"\prod", @"\binom", @"\int", @"\|", "Vert", "∑", "Σ_", "∫", "‖"];

    private const long MostOperations = 500_000, MostNumbers = 20_000;

    public static void Find(CheckContext context)
    {
        int tried = 0; // characters
        foreach (ArticleBlock block in context.Article.Blocks)
        {
            IEnumerable<MappedText> formulas = block.Kind == BlockKind.Formula ? [block.Text] : block.Formulas;
            foreach (MappedText formula in formulas)
            {
                string text = formula.Text;
                if (text.Length <= LongestFormula && text.Contains('=', StringComparison.Ordinal)
                    && !text.Contains("log", StringComparison.Ordinal) && Array.Exists(Signs, sign =>
                    text.Contains(sign, StringComparison.Ordinal)) && (tried += text.Length) <= MostCharacters)
                    Check(formula, context);
            }
        }
    }

    private static void Check(MappedText text, CheckContext context)
    {
        try
        {
            if (Formula.Parse(text.Text).Tree is not Relation chain || !chain.Operators.All(IsEqual))
                return;
            bool isClear = !Ambiguous().IsMatch(Bounds().Replace(text.Text, "")) && !OfSeveral().IsMatch(text.Text);
            for (int i = 0; i + 1 < chain.Members.Count; i++)
            {
                Expression left = chain.Members[i], right = chain.Members[i + 1];
                if (Printed(right) is { } printed && Printed(left) is null && Value(left) is { } value)
                    Compare((text, isClear), value, (Value(right)!, printed), context);
            }
        }
        catch (FormulaException)
        {
            // what cannot be read or computed claims nothing
        }
    }

    private static bool IsEqual(RelationOperator sign) => sign.Kind is RelationKind.Equal or RelationKind.Approximate;

    // The numbers that an expression prints, if it is nothing but numbers.
    internal static List<PrintedNumber>? Printed(Expression expression)
    {
        List<PrintedNumber> printed = [];
        if (expression.All().Any(part => part is not (Number or MatrixLiteral or Collection or Negation)))
            return null;
        foreach (Number number in expression.All().OfType<Number>())
        {
            int at = 0;
            if (PrintedNumber.Read(number.Text, ref at) is not { } read || at != number.Text.Length)
                return null;
            printed.Add(read);
        }
        return printed;
    }

    private static NumberArray? Value(Expression expression)
    {
        var options = new EvaluationOptions { Steps = false, Budget = new(MostOperations, MostNumbers) };
        try
        {
            return Evaluator.Evaluate(expression, Bindings.Parse(), options).Value;
        }
        catch (FormulaException)
        {
            return null;
        }
    }

    private static void Compare((MappedText Text, bool IsClear) claim, NumberArray actual,
        (NumberArray Value, List<PrintedNumber> Printed) said, CheckContext context)
    {
        if (said.Value is null || !actual.Shape.Equals(said.Value.Shape) || said.Printed.Count != actual.Count)
            return;
        double[] values = actual.Values.ToArray(), numbers = said.Value.Values.ToArray();
        Verdict verdict = Judgement.Worst(values.Select((value, i) =>
            Judgement.Of(value, said.Printed[i] with { Value = numbers[i] })));
        if (verdict == Verdict.Wrong && (!claim.IsClear
            || Meanings.Falsehood(claim.Text.Text, 0, claim.Text.Length) is not null))
            return;
        string shown = string.Join(", ", values.Select((value, i) => Judgement.Show(value, said.Printed[i])));
        if (values.Length > 1)
            shown = $"[{shown}]";
        string printed = string.Join(", ", numbers.Select((value, i) => Judgement.Show(value, said.Printed[i])));
        context.Add(claim.Text, "formula", values.Length > 1 ? $"[{printed}]" : printed,
            (shown, verdict, string.Create(CultureInfo.InvariantCulture, $"the formula gives {shown}")));
    }

    // A star between matrices may be a convolution, and what is added behind a sum may be within it.
    [GeneratedRegex(@"(?<=matrix\}.*)(?:\*|\\(?:ast|star|circ|otimes|times|oplus))|"
        + @"^(?!.*matrix)[^=≈]*(?:\\sum|\\prod|∑|Σ)[^=≈]*[-+]",
        RegexOptions.Singleline)]
    private static partial Regex Ambiguous();

    // A norm that does not say which it is may be another than the Euclidean one; that of a matrix is one of two even
    // then, and a matrix plus a number may mean the unit matrix.
    [GeneratedRegex(@"^(?=.*(?:\\\||‖|Vert))(?!(?!.*matrix).*(?:\\\||‖|Vert)_\{?2)|"
        + @"matrix\}\s*[-+]\s*\d|\d\s*[-+]\s*\\begin\{.?matrix", RegexOptions.Singleline)]
    private static partial Regex OfSeveral();

    [GeneratedRegex(@"[_^](?:\{[^{}]*\}|\w)", RegexOptions.None)]
    private static partial Regex Bounds();
}
