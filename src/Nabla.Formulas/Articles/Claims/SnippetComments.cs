using Nabla.Formulas.Articles.Python;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Compares the comments of a program with what one run of it printed and computed.</summary>
internal sealed class SnippetComments(Snippet program, SnippetRun run)
{
    // Lines of output that one comment may join; each may have more digits than the comment says.
    private const int MostJoined = 40, LongestPart = 8;

    private readonly Dictionary<int, OutputMatch> matches = [];

    /// <summary>The comments that claim something, by where they start.</summary>
    public Dictionary<int, OutputMatch> Compare()
    {
        List<Comment> below = [];
        LogicalLine? last = null;
        int firstLine = 0;
        foreach (LogicalLine line in program.Lines)
        {
            if (line.IsStatement)
            {
                Below(below, last, firstLine);
                firstLine = below.Count > 0 ? line.Line : firstLine;
                below = [];
                last = line;
                Beside(line);
            }
            else
            {
                below.AddRange(line.Comments);
            }
        }
        Below(below, last, firstLine);
        return matches;
    }

    private void Beside(LogicalLine line)
    {
        foreach (Comment comment in line.Comments.TakeLast(1))
        {
            Printed[] output = [.. run.Seen.Output.Where(printed => printed.Line == line.Line)];
            IReadOnlyList<object> values = run.Seen.ValuesOf(line.Line);
            OutputMatch? match = output.Length > 0 ? OutputMatcher.Beside(comment.Text, output)
                : run.Seen.Failures.TryGetValue(line.Line, out string? why) ? Failed(line, comment, why)
                : values.Count > 0 && !IsLiteral(line) ? BesideValues(comment.Text, values) : null;
            if (match is not null)
                matches[comment.Start] = match;
        }
    }

    private static OutputMatch? Failed(LogicalLine line, Comment comment, string why) =>
        CommentLiteral.Read(comment.Text) is { StandsAlone: true } literal && (line.Starts("print") || literal.IsOutput)
            ? new OutputMatch(literal.Text, "", Verdict.NotCheckable, why) : null;

    // A line that ran several times claims something only if it is so each time.
    private static OutputMatch? BesideValues(string comment, IReadOnlyList<object> values)
    {
        OutputMatch?[] all = [.. values.Select(value => OutputMatcher.BesideValue(comment, value))];
        OutputMatch? first = all[0];
        if (first is null || Array.Exists(all, match => match?.Verdict != first.Verdict))
            return null;
        return values.Count == 1 || first.Kind == "shape" ? first : null;
    }

    // lr = 0.1  # 0.2 diverges: a setting, not a result.
    private static bool IsLiteral(LogicalLine line)
    {
        int sign = line.Tokens.FindIndex(token => token.Is("="));
        bool isArgument = line.Tokens.Take(Math.Max(sign, 0)).Any(token => token.Is("(")); // x.sum(axis=0)
        return sign >= 0 && !isArgument
            && line.Tokens.Skip(sign + 1).All(token => token.Kind is TokenKind.Number or TokenKind.Text
            || token.Is("-") || token.Is(",") || token.Is("[") || token.Is("]") || token.Is("(") || token.Is(")"));
    }

    private void Below(List<Comment> comments, LogicalLine? last, int firstLine)
    {
        if (comments.Count == 0 || last is null)
            return;
        if (run.Seen.ValuesOf(last.Line) is [NdArray array]
            && Array.Exists([.. comments], comment => ShapeBelow(comment, last, array)))
            return;
        var output = new Observations { Gap = run.Seen.Gap };
        output.Output.AddRange(
            run.Seen.Output.Where(printed => printed.Line >= firstLine && printed.Line <= last.LastLine));
        if (output.Output.Count == 0)
            return;
        if (output.Output.Count > 1 && comments.Exists(comment => Joined(comment, output.Output)))
            return;
        foreach ((int place, OutputMatch match) in OutputAlignment.Match(
            [.. comments.Select(comment => WithoutLead(comment.Text))], output))
            matches[comments[place].Start] = match;
        if (output.Output is [var single] && comments.Count == 1 && !matches.ContainsKey(comments[0].Start)
            && CommentLiteral.Read(comments[0].Text) is { StandsAlone: true, Rest.Length: 0 }
            && OutputMatcher.Beside(comments[0].Text, [single]) is { } beside)
            matches[comments[0].Start] = beside;
    }

    private static string WithoutLead(string comment)
    {
        string text = comment.Trim();
        foreach (string lead in new[] { "Output:", "output:", ">>>", "=>", "->", "→", "Prints:", "prints:" })
            if (text.StartsWith(lead, StringComparison.Ordinal))
                return text[lead.Length..].Trim();
        return text;
    }

    // # scores shape: (2, 10, 10)
    private bool ShapeBelow(Comment comment, LogicalLine last, NdArray array)
    {
        string name = last.Tokens[0].Text, text = comment.Text.Trim();
        if (!text.StartsWith(name, StringComparison.Ordinal)
            && !text.StartsWith("shape", StringComparison.OrdinalIgnoreCase))
            return false;
        if (!text.Contains("shape", StringComparison.OrdinalIgnoreCase)
            || ShapeClaim.Read(text)?.Compare(array) is not { } match)
            return false;
        matches[comment.Start] = match;
        return true;
    }

    // # the: 0.2312, cat: 0.0851, … : several lines of output in one.
    private bool Joined(Comment comment, List<Printed> output)
    {
        Skeleton said = Skeleton.Of(comment.Text.Trim());
        for (int count = Math.Min(output.Count, MostJoined); count >= 2; count--)
        {
            Printed[] lines = [.. output.TakeLast(count)];
            if (lines.Sum(line => line.Text.Length) > LongestPart * comment.Text.Length)
                continue;
            foreach (string between in new[] { ", ", " ", "; ", " | " })
            {
                string text = string.Join(between, lines.Select(line => line.Text.Trim()));
                Skeleton actual = Skeleton.Of(text);
                if (actual.Numbers.Count == 0 || actual.Shape != said.Shape
                    || Array.Exists(lines, line => line.Doubt is not null))
                    continue;
                matches[comment.Start] = OutputMatcher.Texts(comment.Text.Trim(), said.Numbers, actual.Numbers, text);
                return true;
            }
        }
        return false;
    }
}
