using System.Globalization;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Checks weights that an article prints as the result of training a logistic regression on a table that it prints too:
/// columns that play the same part in the table get the same weight.
/// </summary>
internal static class TrainingTableFinder
{
    private const int BlocksBetween = 6, MostFeatures = 8, MostRows = 500;

    public static void Find(CheckContext context)
    {
        IReadOnlyList<ArticleBlock> blocks = context.Article.Blocks;
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Kind != BlockKind.Table || TrainingTable.Read(blocks[i].Rows) is not { } table
                || table.Features.Count > MostFeatures || table.Rows.Count > MostRows)
                continue;
            for (int j = i + 1; j < Math.Min(blocks.Count, i + 1 + BlocksBetween); j++)
            {
                if (blocks[j].Kind != BlockKind.Table || PrintedWeights.Read(blocks[j].Rows, table) is not { } weights)
                    continue;
                string between = string.Join(' ', blocks.Skip(i + 1).Take(j - i - 1).Select(block => block.Text.Text));
                if (Says(between, "train", "learn", "fit")
                    && !Says(between, "epoch", "SGD", "stochastic", "random", "initial", "stopp", "steps", "noise"))
                    Check(table, weights, context);
                break;
            }
        }
    }

    // Weights that were trained for some steps only are not those of a fit.
    private static bool Says(string text, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    private static void Check(TrainingTable table, PrintedWeights weights, CheckContext context)
    {
        for (int a = 0; a < table.Features.Count; a++)
        {
            for (int b = a + 1; b < table.Features.Count; b++)
            {
                PrintedNumber first = weights.Numbers[a], second = weights.Numbers[b];
                if (!table.IsSymmetricIn(a, b)
                    || Math.Abs(first.Value - second.Value) <= 2 * Math.Max(first.Unit, second.Unit))
                    continue;
                double[] fit = LogisticFit.Ridge(table);
                string shown = string.Join(", ",
                    fit.Select(weight => weight.ToString("0.000", CultureInfo.InvariantCulture)));
                string alone = table.Separating is { } name
                    ? $"; '{name}' alone tells the rows apart, so weights without a penalty grow without bound" : "";
                context.Add(weights.Text, "training", string.Join(", ", weights.Numbers.Select(number => number.Text)),
                    (shown, Verdict.Wrong,
                    $"'{table.Features[a]}' and '{table.Features[b]}' can be exchanged in the training table, so a "
                    + $"fit gives them equal weights{alone}; with a penalty (L2, C = 1) weights and bias are {shown}"));
                return;
            }
        }
    }
}
