using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Checks tables of gradient descent on a function that the article states: loss and gradient of each row, and the step
/// to
/// the next. A column means what most of its rows agree with; only then is a row that does not agree wrong.
/// </summary>
internal static partial class DescentTableFinder
{
    private const int FewestRows = 3, MostRows = 500;
    private static readonly string[] Others = ["momentum", "adam", "rmsprop", "stochastic", "nesterov", "decay"];

    public static void Find(CheckContext context)
    {
        StatedFunction[] losses = [.. context.Functions.All.Values.Where(function => function.Variables.Count == 1)];
        foreach (ArticleBlock block in context.Article.Blocks)
        {
            if (block.Kind != BlockKind.Table || block.Rows.Count is < FewestRows + 1 or > MostRows)
                continue;
            foreach (StatedFunction loss in losses)
            {
                string[] heads = [.. block.Rows[0].Select(cell => cell.Text.Trim().Trim('*', '`', '$'))];
                int place = Array.FindIndex(heads, head => head == loss.Variables[0]
                    || head == loss.Variables[0] + "_t");
                if (place < 0)
                    continue;
                Check(block, heads, (loss, place), context);
                break;
            }
        }
    }

    private static void Check(
        ArticleBlock block, string[] heads, (StatedFunction Loss, int Column) variable, CheckContext context)
    {
        MappedText[][] rows =
            [.. block.Rows.Skip(1).Where(row => row.Count == heads.Length).Select(row => row.ToArray())];
        StatedFunction loss = variable.Loss;
        bool isPlain = !context.Units.Any(unit =>
            Others.Any(word => unit.Text.Text.Contains(word, StringComparison.OrdinalIgnoreCase)));
        HashSet<MappedText> wrong = isPlain && Rate(context) is { } rate && AreConsecutive(rows, heads)
            ? Report([.. rows.Zip(rows.Skip(1), (row, next) => (row[variable.Column], next[variable.Column]))],
                at => at - rate * Descent.Slope(loss, at), context) : [];
        rows = [.. rows.Where(row => !wrong.Contains(row[variable.Column]))]; // what follows from a wrong place is not
        for (int column = 0; column < heads.Length; column++)
        {
            if (column == variable.Column)
                continue;
            Func<double, double?>? expected = IsSlope(heads[column], loss) ? at => Descent.Slope(loss, at)
                : IsValue(heads[column], loss) ? at => loss.At(at) : null;
            if (expected is not null)
                Report([.. rows.Select(row => (row[variable.Column], row[column]))], expected, context);
        }
    }

    private static bool IsSlope(string head, StatedFunction loss) =>
        head.StartsWith("grad", StringComparison.OrdinalIgnoreCase) || head == $"{loss.Name}'({loss.Variables[0]})"
        || head == $"d{loss.Name}/d{loss.Variables[0]}" || head is "∇L" or "∇f" or "slope";

    private static bool IsValue(string head, StatedFunction loss) =>
        head == loss.Name || head == $"{loss.Name}({loss.Variables[0]})"
            || head.Equals("loss", StringComparison.OrdinalIgnoreCase);

    private static bool AreConsecutive(MappedText[][] rows, string[] heads)
    {
        int step = Array.FindIndex(heads, head =>
            head.ToLowerInvariant() is "step" or "iteration" or "iter" or "epoch" or "t" or "k");
        if (step < 0)
            return false;
        double?[] numbers = [.. rows.Select(row => TrainingTable.Number(row[step])?.Value)];
        return numbers.Zip(numbers.Skip(1), (a, b) => b - a == 1).All(isNext => isNext);
    }

    // The one learning rate that the article states.
    private static double? Rate(CheckContext context)
    {
        double[] rates = [.. context.Units.Select(unit => unit.Text)
            .Concat(context.Article.Blocks.Where(block => block.IsPython).SelectMany(block => block.Text.Lines()))
            .Where(line => line.Length < 2000).SelectMany(line => RatePattern().Matches(line.Text))
            .Select(match => double.Parse(match.Groups["rate"].Value,
            System.Globalization.CultureInfo.InvariantCulture)).Distinct()];
        return rates.Length == 1 ? rates[0] : null;
    }

    // The cells that are wrong.
    private static HashSet<MappedText> Report((MappedText From, MappedText To)[] cells, Func<double, double?> expected,
        CheckContext context)
    {
        List<(MappedText Cell, PrintedNumber Printed, double Actual, Verdict Verdict)> results = [];
        foreach ((MappedText from, MappedText to) in cells)
        {
            if (TrainingTable.Number(from) is not { } at || TrainingTable.Number(to) is not { } printed
                || expected(at.Value) is not { } actual || expected(at.Value + at.Unit / 2) is not { } above)
                continue;
            double slack = at.Unit < 1 ? Math.Abs(above - actual) * 1.1 : 0;
            Verdict verdict = Judgement.Of(actual, printed);
            if (verdict == Verdict.Wrong && Math.Abs(actual - printed.Value) <= slack + printed.Unit / 2)
                verdict = Verdict.RightAfterRounding;
            results.Add((to, printed, actual, verdict));
        }
        int right = results.Count(result => result.Verdict != Verdict.Wrong);
        if (right < 2 || right * 2 <= results.Count)
            return [];
        foreach ((MappedText cell, PrintedNumber printed, double actual, Verdict verdict) in results)
        {
            string shown = Judgement.Show(actual, printed);
            context.Add(cell, "table", printed.Text, (shown, verdict, $"from the row it follows as {shown}"));
        }
        return [.. results.Where(result => result.Verdict == Verdict.Wrong).Select(result => result.Cell)];
    }

    [GeneratedRegex(@"(?<![\w.])(?:lr|learning[ _]rate|η|eta)\s*(?:=|of|is|:)?\s*(?<rate>\d*\.?\d+)(?![\d.])",
        RegexOptions.IgnoreCase)]
    private static partial Regex RatePattern();
}
