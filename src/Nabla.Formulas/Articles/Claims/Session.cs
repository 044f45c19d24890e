using System.Text;
using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Python;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>A session at a prompt: &gt;&gt;&gt; and what Python answered, or In [1]: and Out[1]:.</summary>
internal sealed partial class Session
{
    private readonly ArticleBlock block;
    private readonly List<(string Code, List<MappedText> Answer)> turns = [];

    private Session(ArticleBlock block) => this.block = block;

    /// <summary>The session in a block, or null if there are no prompts.</summary>
    public static Session? Of(ArticleBlock block)
    {
        var session = new Session(block);
        var code = new StringBuilder();
        List<MappedText> answer = [];
        foreach (MappedText line in block.Text.Lines())
        {
            string text = line.Text.TrimStart();
            int prompt = Prompt(text);
            bool goesOn = code.Length > 0 && answer.Count == 0 && (text.StartsWith("... ", StringComparison.Ordinal)
                || text is "..." || text.StartsWith("...: ", StringComparison.Ordinal));
            if (prompt > 0 && code.Length > 0)
            {
                session.turns.Add((code.ToString(), answer));
                code.Clear();
                answer = [];
            }
            if (prompt > 0 || goesOn)
                code.Append(prompt > 0 ? text[prompt..] : text.Length > 4
                    ? text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..] : "").Append('\n');
            else if (code.Length > 0 && text.Length > 0)
                answer.Add(WithoutOut(line));
        }
        if (code.Length > 0)
            session.turns.Add((code.ToString(), answer));
        return session.turns.Count > 0 ? session : null;
    }

    private static int Prompt(string text)
    {
        if (text.StartsWith(">>> ", StringComparison.Ordinal))
            return 4;
        int close = text.IndexOf("]: ", StringComparison.Ordinal);
        return text.StartsWith("In [", StringComparison.Ordinal) && close is > 3 and < 10 ? close + 3 : 0;
    }

    private static MappedText WithoutOut(MappedText line)
    {
        int close = line.Text.IndexOf("]: ", StringComparison.Ordinal);
        return line.Text.StartsWith("Out[", StringComparison.Ordinal) && close is > 3 and < 10
            ? line.Slice(close + 3, line.Length - close - 3) : line;
    }

    /// <summary>Runs the session turn by turn and compares the answers.</summary>
    public RunSnippet Run(Interpreter interpreter, CheckContext context)
    {
        Snippet? last = null;
        foreach ((string code, List<MappedText> answer) in turns)
        {
            last = Snippet.Run(code, interpreter);
            if (last.Runs.Count == 0)
                Forget(code, interpreter);
            if (last.Runs is [var run] && answer.Count > 0)
                Compare(last, run, answer, context);
        }
        return new RunSnippet(block, last!, MappedText.Of(turns[^1].Code));
    }

    // What cannot be read may have changed whatever it speaks of.
    private static void Forget(string code, Interpreter interpreter)
    {
        foreach (Match word in Word().Matches(code))
            interpreter.Forget(word.Value, "a line that changes it cannot be read");
    }

    [GeneratedRegex(@"\b[A-Za-z_]\w*")]
    private static partial Regex Word();

    private static void Compare(Snippet turn, SnippetRun run, List<MappedText> answer, CheckContext context)
    {
        if (turn.Lines.LastOrDefault(line => line.IsStatement) is not { } statement)
            return; // a comment, and what is said of it
        string printed = string.Join('\n', run.Seen.Output.Select(line => line.Text));
        string? doubt = run.Seen.Failures.Values.FirstOrDefault()
            ?? run.Seen.Output.Find(line => line.Doubt is not null)?.Doubt;
        if (run.Seen.ValuesOf(statement.Line) is [var value] && value is not None && run.Seen.Output.Count == 0)
            (printed, doubt) = Answer(value);
        Skeleton said = Skeleton.Of(string.Join('\n', answer.Select(line => line.Text)));
        Skeleton actual = Skeleton.Of(printed);
        if (said.Numbers.Count == 0 || doubt is null && said.Shape != actual.Shape)
            return;
        string text = string.Join(' ', answer.Select(line => line.Text.Trim()));
        OutputMatch match = doubt is not null ? new OutputMatch(text, "", Verdict.NotCheckable, doubt)
            : OutputMatcher.Texts(text, said.Numbers, actual.Numbers, printed);
        context.Add(answer[0], "output", match.Printed, (match.Recomputed, match.Verdict, match.Why));
    }

    private static (string Text, string? Doubt) Answer(object value)
    {
        try
        {
            return (PythonText.Repr(value), null);
        }
        catch (PythonException error)
        {
            return ("", error.Message);
        }
    }
}
