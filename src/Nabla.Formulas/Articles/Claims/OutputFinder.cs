using Nabla.Formulas.Articles.Python;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Runs the programs of an article and compares the outputs that are written beside and below them.</summary>
internal static class OutputFinder
{
    private const int MostLines = 5000, MostUnread = 5;

    private static readonly HashSet<string> OutputLanguages = new(StringComparer.Ordinal)
        { "", "text", "txt", "output", "console", "plaintext", "none", "plain", "bash", "shell" };

    public static void Find(CheckContext context)
    {
        var interpreter = new Interpreter();
        using Meter.Turn turn = interpreter.Meter.Begin();
        IReadOnlyList<ArticleBlock> blocks = context.Article.Blocks;
        int lines = 0;
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Kind != BlockKind.Code || !blocks[i].IsPython)
                continue;
            lines += 1 + blocks[i].Text.Text.AsSpan().Count('\n');
            if (lines > MostLines)
            {
                context.Note($"programs were run as far as the first {MostLines} lines of code only");
                break;
            }
            RunSnippet snippet = Session.Of(blocks[i]) is { } session
                ? session.Run(interpreter, context) : Run(blocks[i], interpreter, context);
            if (OutputBelow(blocks, i) is { } output)
                Compare(output, snippet, context);
        }
    }

    private static RunSnippet Run(ArticleBlock block, Interpreter interpreter, CheckContext context)
    {
        var snippet = new RunSnippet(block, Snippet.Run(block.Text.Text, interpreter), block.Text);
        NoteUnread(snippet, context);
        if (snippet.Program.Runs.Count == 0)
        {
            ForgetAssigned(block.Text.Text, interpreter, snippet.Program.Why!);
            return snippet;
        }
        List<Dictionary<int, OutputMatch>> found = [.. snippet.Runs.Select(run =>
            new SnippetComments(snippet.Program, run).Compare())];
        int best = found.Max(Score);
        int[] likely = [.. Enumerable.Range(0, found.Count).Where(i => Score(found[i]) == best)];
        snippet.Runs = [.. likely.Select(i => snippet.Program.Runs[i])];
        Report(block.Text, [.. likely.Select(i => found[i])], context);
        if (snippet.Program.Runs.Count > 1)
            Snippet.Settle(snippet.Runs, interpreter);
        return snippet;
    }

    private static void NoteUnread(RunSnippet snippet, CheckContext context)
    {
        if (snippet.Program.Why is { } why)
            context.Note($"the code from line {LineOf(snippet.Text.Place(0), context)} on was not run: {why}");
        foreach (UnreadStatement unread in snippet.Program.Unread.Take(MostUnread))
        {
            int start = 0;
            for (int i = 0; i < unread.Line; i++)
                start = snippet.Text.Text.IndexOf('\n', start) + 1;
            context.Note($"line {LineOf(snippet.Text.Place(start), context)} of the code was not read: {unread.Why}");
        }
    }

    private static int LineOf(int place, CheckContext context) => context.Article.Locate(place).Line;

    // How many lines of output an article repeats says which way of reading lost indentation was meant.
    private static int Score(Dictionary<int, OutputMatch> matches) =>
        matches.Values.Count(match => match.Verdict != Verdict.NotCheckable);

    private static void Report(MappedText text, List<Dictionary<int, OutputMatch>> runs, CheckContext context)
    {
        foreach ((int start, OutputMatch first) in runs[0].OrderBy(item => item.Key))
        {
            OutputMatch[] all = [.. runs.Select(run => run.GetValueOrDefault(start)).OfType<OutputMatch>()];
            OutputMatch shown = Array.Find(all, match => match.Verdict is Verdict.Right or Verdict.RightAfterRounding)
                ?? first;
            if (shown.Verdict == Verdict.Wrong
                && (all.Length < runs.Count || Array.Exists(all, match => match.Verdict != Verdict.Wrong)))
                shown = shown.Open("the indentation is lost, and it could be meant otherwise");
            int end = text.Text.IndexOf('\n', start);
            MappedText line = text.Slice(start, (end < 0 ? text.Length : end) - start);
            context.Add(line, shown.Kind, shown.Printed, (shown.Recomputed, shown.Verdict, shown.Why));
        }
    }

    private static void ForgetAssigned(string text, Interpreter interpreter, string why)
    {
        foreach (string line in text.Split('\n'))
        {
            string trimmed = line.TrimStart();
            foreach (string lead in new[] { "def ", "class " })
                if (trimmed.StartsWith(lead, StringComparison.Ordinal))
                    trimmed = trimmed[lead.Length..];
            int end = 0;
            while (end < trimmed.Length && (char.IsLetterOrDigit(trimmed[end]) || trimmed[end] is '_' or ',' or ' '))
                end++;
            if (end > 0 && end < trimmed.Length && trimmed[end] is '=' or '(' or '[' or '+' or '-' or '*' or '/')
                foreach (string name in trimmed[..end].Split(',', StringSplitOptions.TrimEntries))
                    if (interpreter.Globals.ContainsKey(name))
                        interpreter.Forget(name, why);
        }
    }

    // The next block, if it is no program and nothing but a line like "Output:" stands between.
    private static ArticleBlock? OutputBelow(IReadOnlyList<ArticleBlock> blocks, int at)
    {
        for (int i = at + 1; i < Math.Min(blocks.Count, at + 3); i++)
        {
            if (blocks[i].Kind == BlockKind.Code)
                return !blocks[i].IsPython && OutputLanguages.Contains(blocks[i].Language) ? blocks[i] : null;
            if (blocks[i].Kind != BlockKind.Paragraph || blocks[i].Text.Length > 80)
                return null;
        }
        return null;
    }

    private static void Compare(ArticleBlock output, RunSnippet snippet, CheckContext context)
    {
        if (snippet.Runs.Count != 1)
            return;
        MappedText[] lines = [.. output.Text.Lines()];
        foreach ((int line, OutputMatch match) in OutputAlignment.Match(
            [.. lines.Select(line => line.Text)], snippet.Runs[0].Seen))
            context.Add(lines[line], "output", match.Printed, (match.Recomputed, match.Verdict, match.Why));
    }
}
