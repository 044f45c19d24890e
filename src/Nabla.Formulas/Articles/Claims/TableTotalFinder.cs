using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Adds up the tables that have a row or a column of totals. A total may count what overlaps, or leave out rows that
/// are not shown: it is wrong only where nothing around the table hints at that.
/// </summary>
internal static partial class TableTotalFinder
{
    private const int MostRows = 500, MostColumns = 50;

    // What is counted in two rows: not a share in percent.
    private const string Twice = @"shared|sharing|shares? (?:the|its|their|one|weights|param\w*|embedding\w*)|"
        + @"ti(?:ed|es|ying)|reused?";

    public static void Find(CheckContext context)
    {
        IReadOnlyList<ArticleBlock> blocks = context.Article.Blocks;
        for (int i = 0; i < blocks.Count && context.MayClaim(); i++)
        {
            if (blocks[i].Kind != BlockKind.Table || blocks[i].Rows.Count is < 3 or > MostRows
                || blocks[i].Rows[0].Count > MostColumns)
                continue;
            Match word = Partial().Match((i > 0 ? blocks[i - 1].Text.Text : "") + "\n" + blocks[i].Text.Text);
            word = word.Success ? word : PartialBehind().Match(i + 1 < blocks.Count ? blocks[i + 1].Text.Text : "");
            word = word.Success ? word : PartialInside().Match(blocks[i].Text.Text);
            string? doubt = word.Success ? $"the table may not show all that is counted ('{word.Value.Trim()}')" : null;
            IReadOnlyList<IReadOnlyList<MappedText>> rows = blocks[i].Rows;
            HashSet<int> wrong = Across(rows, doubt, context);
            Down(rows, (doubt, wrong), context);
        }
    }

    // A row of totals: each column by itself.
    private static void Down(IReadOnlyList<IReadOnlyList<MappedText>> rows,
        (string? Doubt, HashSet<int> Wrong) known, CheckContext context)
    {
        int start = 1;
        for (int r = 2; r < rows.Count; r++)
        {
            int label = rows[r].Index().FirstOrDefault(cell => Total().IsMatch(cell.Item.Text), (-1, null!)).Item1;
            if (label is < 0 or > 1)
                continue;
            bool isEven = rows.Skip(start).Take(r - start).All(row => row.Count == rows[r].Count);
            string? doubt = known.Doubt ?? (isEven ? null : "its rows have different numbers of cells");
            for (int c = label + 1; c < rows[r].Count; c++)
            {
                MappedText[] cells = [.. rows.Skip(start).Take(r - start)
                    .Select(row => c < row.Count ? row[c] : MappedText.Of(""))];
                if (Array.Exists(cells, cell => cell.Length > 0 && known.Wrong.Contains(cell.Place(0))))
                    continue; // the sum of a number that is wrong
                string head = c < rows[0].Count ? rows[0][c].Text : "";
                if (TableSum.Of(cells, rows[r][c]) is { } sum)
                    Report(sum, doubt ?? (Share().IsMatch(head) ? $"'{head}' may be no number of things" : null),
                        context);
            }
            start = r + 1;
        }
    }

    // A column of totals: it says that it adds up by doing so in the other rows. Gives the places of wrong ones.
    private static HashSet<int> Across(
        IReadOnlyList<IReadOnlyList<MappedText>> rows, string? doubt, CheckContext context)
    {
        HashSet<int> wrong = [];
        int total = rows[0].Count - 1;
        if (total < 3 || !Total().IsMatch(rows[0][total].Text))
            return wrong;
        TableSum?[] sums = [.. rows.Skip(1).Select(row =>
            row.Count == total + 1 ? TableSum.Of([.. row.Skip(1).Take(total - 1)], row[total]) : null)];
        int right = sums.Count(sum => sum?.Verdict is Verdict.Right or Verdict.RightAfterRounding);
        if (right < 2)
            return wrong;
        bool isCertain = sums.Count(sum => sum is not null) - right == 1;
        foreach (TableSum sum in sums.OfType<TableSum>())
        {
            Report(sum, doubt ?? (isCertain ? null : "several rows do not add up, so it may be no sum"), context);
            if (sum.Verdict == Verdict.Wrong)
                wrong.Add(sum.Cell.Place(0));
        }
        return wrong;
    }

    private static void Report(TableSum sum, string? doubt, CheckContext context)
    {
        doubt = sum.Doubt ?? doubt;
        bool isOpen = sum.Verdict == Verdict.Wrong && doubt is not null;
        context.Add(sum.Cell, "total", sum.Cell.Text.Trim(), (sum.Shown, isOpen ? Verdict.NotCheckable : sum.Verdict,
            isOpen ? $"{doubt}; the numbers add up to {sum.Shown}" : $"the numbers add up to {sum.Shown}"));
    }

    [GeneratedRegex(@"^\W*(?:(?:grand |sub)?totals?|sums?|Σ)(?: \(?(?:params?|parameters|count|actual|predicted|"
        + @"number|weights|trainable|size)\)?)?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Total();

    // What may be left out, or counted twice.
    [GeneratedRegex(@"\b(?:top|selected|some|excerpt|largest|main|biggest|e\.g\.|abridged|omit\w*|unique|distinct|"
        + @"overlap\w*|multi-?label|" + Twice + @"|of which|thereof|first few|removed|filtered|"
        + @"not shown|dedup\w*|duplicates?)\b|…|\.\.\.|⋮", RegexOptions.IgnoreCase)]
    private static partial Regex Partial();

    // The words below speak of the table, or of something else.
    [GeneratedRegex(@"\b(?:selected|excerpt|abridged|omit\w*|overlap\w*|multi-?label|" + Twice + @"|of which|thereof|"
        + @"only the|not all|other rows|not shown|dedup\w*|duplicates?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PartialBehind();

    [GeneratedRegex(@"\b(?:includ\w+|incl\.|both|minus|without|excl\w*|average|mean|max(?:imum)?|peak|sub-?total)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex PartialInside();

    [GeneratedRegex(@"%|acc|prec|recall|\bf1\b|rate|avg|average|mean|loss|score|ratio|auc|ppl|perplex|bleu|\bper\b|/|"
        + @"speed|throughput|latency|memory|peak|\bmax|\bmin|time|error|median|rank|lr\b", RegexOptions.IgnoreCase)]
    private static partial Regex Share();
}
