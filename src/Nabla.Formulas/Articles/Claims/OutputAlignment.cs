using Nabla.Formulas.Articles.Python;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Finds which lines of an article repeat which lines of a program's output.</summary>
internal static class OutputAlignment
{
    private const int MostLines = 2000;

    /// <summary>The lines that repeat output, by their numbers.</summary>
    public static IEnumerable<(int Line, OutputMatch Match)> Match(IReadOnlyList<string> said, Observations seen)
    {
        (string Text, Printed Printed)[] output = [.. seen.Output.SelectMany(printed =>
            printed.Text.Split('\n').Select(line => (line.Trim(), printed))).Take(MostLines)];
        var actual = output.Select((line, i) => (Skeleton: Skeleton.Of(line.Text), Place: i))
            .Where(line => line.Skeleton.Numbers.Count > 0 || output[line.Place].Printed.Doubt is not null)
            .ToLookup(line => line.Skeleton.Shape, StringComparer.Ordinal);
        var claimed = said.Take(MostLines).Select((line, i) => (Skeleton: Skeleton.Of(line.Trim()), Place: i))
            .Where(line => line.Skeleton.Numbers.Count > 0)
            .GroupBy(line => line.Skeleton.Shape, StringComparer.Ordinal);
        bool isComplete = said.Count(line => line.Trim().Length > 0) == output.Length;
        foreach (var group in claimed)
        {
            (Skeleton Skeleton, int Place)[] lines = [.. group], candidates = [.. actual[group.Key]];
            bool isCertain = lines[0].Skeleton.HasWords || isComplete;
            if (candidates.Length == 0 || !isCertain || seen.Gap is not null && candidates.Length != lines.Length)
                continue;
            foreach ((Skeleton line, int place, Skeleton partner, int at) in Pairs(lines, candidates))
                yield return (place, Compare(said[place].Trim(), (line, partner), output[at]));
        }
    }

    // As many lines on both sides belong together in order; otherwise a number in front, as of a step, must be the
    // same.
    private static IEnumerable<(Skeleton, int, Skeleton, int)> Pairs((Skeleton Skeleton, int Place)[] lines,
        (Skeleton Skeleton, int Place)[] candidates)
    {
        if (lines.Length == candidates.Length)
            return lines.Zip(candidates, (line, other) => (line.Skeleton, line.Place, other.Skeleton, other.Place));
        var labelled = candidates.ToLookup(candidate => candidate.Skeleton.Numbers.Count > 0
            ? candidate.Skeleton.Numbers[0].Whole : null);
        return lines.Where(line => line.Skeleton.Numbers is [{ Whole: not null }, _, ..]
            && labelled[line.Skeleton.Numbers[0].Whole].Count() == 1).Select(line =>
            {
                (Skeleton partner, int place) = labelled[line.Skeleton.Numbers[0].Whole].First();
                return (line.Skeleton, line.Place, partner, place);
            });
    }

    private static OutputMatch Compare(string line, (Skeleton Said, Skeleton Actual) pair,
        (string Text, Printed Printed) output) =>
        output.Printed.Doubt is { } doubt || pair.Said.Numbers.Count != pair.Actual.Numbers.Count
            ? new OutputMatch(line, "", Verdict.NotCheckable, output.Printed.Doubt ?? "the lines differ")
            : OutputMatcher.Texts(line, pair.Said.Numbers, pair.Actual.Numbers,
                output.Printed with { Text = output.Text });
}
