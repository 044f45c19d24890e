namespace Nabla.Formulas.Articles.Python;

/// <summary>One way in which a snippet may have been meant, and what running it showed.</summary>
/// <param name="Seen">What it printed and computed.</param>
/// <param name="After">The names and values that it left.</param>
internal sealed record SnippetRun(Observations Seen, Dictionary<string, object> After);

/// <summary>A piece of a program, with its lines and the ways in which they can be read.</summary>
internal sealed class Snippet
{
    private Snippet(List<LogicalLine> lines, IReadOnlyList<SnippetRun> runs, string? why)
    {
        Lines = lines;
        Runs = runs;
        Why = why;
    }

    /// <summary>Its logical lines, comments and empty ones among them.</summary>
    public IReadOnlyList<LogicalLine> Lines { get; }

    /// <summary>One run for each way to read it; more than one only where the indentation is lost.</summary>
    public IReadOnlyList<SnippetRun> Runs { get; }

    /// <summary>Why it could not be run, or null.</summary>
    public string? Why { get; }

    /// <summary>The lines of it that could not be read.</summary>
    public IReadOnlyList<UnreadStatement> Unread { get; private init; } = [];

    /// <summary>Reads a snippet and runs it in each way after the programs before it.</summary>
    public static Snippet Run(string text, Interpreter interpreter)
    {
        List<LogicalLine> lines = [];
        using Meter.Turn turn = interpreter.Meter.Begin();
        try
        {
            lines = Tokenizer.Lines(text, isTolerant: true);
            List<LogicalLine> statements = lines.FindAll(line => line.IsStatement);
            List<int[]> layouts = Layouts.Of(statements, [.. interpreter.Globals.Keys]);
            if (layouts.Count == 0)
                return new Snippet(lines, [], "the indentation is lost, and the blocks cannot be told");
            List<List<Statement>> programs = Programs(statements, layouts);
            return new Snippet(lines, RunAll(programs, interpreter), null) { Unread = UnreadIn(programs[0]) };
        }
        catch (PythonException error)
        {
            return new Snippet(lines, [], error.Message);
        }
    }

    /// <summary>Goes on with one of the runs; names that differ in the others that count become unknown.</summary>
    public static void Settle(IReadOnlyList<SnippetRun> runs, Interpreter interpreter)
    {
        if (runs.Count == 0)
            return;
        interpreter.Restore(runs[0].After);
        foreach (string name in runs.SelectMany(run => run.After.Keys).Distinct(StringComparer.Ordinal).ToList())
            if (runs.Skip(1).Any(run =>
                !IsSame(runs[0].After.GetValueOrDefault(name), run.After.GetValueOrDefault(name))))
                interpreter.Forget(name, "the indentation is lost, and it could have several values");
    }

    private static List<List<Statement>> Programs(List<LogicalLine> lines, List<int[]> layouts)
    {
        List<List<Statement>> programs = [];
        PythonException? last = null;
        foreach (int[] layout in layouts)
        {
            Meter.Charge(lines.Count);
            try
            {
                List<Statement> program = StatementParser.Parse(lines, layout, isTolerant: true);
                // a text of which most is no Python is another language
                if (UnreadIn(program) is [var first, ..] unread && 2 * unread.Count > lines.Count)
                    throw new PythonException(first.Why);
                programs.Add(program);
            }
            catch (PythonException error)
            {
                last = error;
            }
        }
        return programs.Count > 0 ? programs : throw last!;
    }

    private static List<UnreadStatement> UnreadIn(List<Statement> program) =>
        [.. NameFinder.Flatten(program).OfType<UnreadStatement>()];

    private static List<SnippetRun> RunAll(List<List<Statement>> programs, Interpreter interpreter)
    {
        if (programs.Count == 1)
        {
            Observations seen = interpreter.Run(programs[0]);
            return [new SnippetRun(seen, interpreter.Values)];
        }
        Dictionary<string, object> before = interpreter.Save();
        List<SnippetRun> runs = [];
        foreach (List<Statement> program in programs)
        {
            interpreter.Restore(new ValueCopier().Copy(before));
            Observations seen = interpreter.Run(program);
            runs.Add(new SnippetRun(seen, interpreter.Values));
        }
        return runs;
    }

    private static bool IsSame(object? a, object? b)
    {
        if (a is null || b is null)
            return false;
        if (a is PyFunction { Body: { } first } && b is PyFunction { Body: { } second })
            return Describe(first) == Describe(second);
        if (a is PyClass || b is PyClass)
            return ReferenceEquals(a, b);
        if (ReferenceEquals(a, b) || a is Unknown && b is Unknown)
            return true;
        try
        {
            return PythonText.Repr(a) == PythonText.Repr(b);
        }
        catch (PythonException)
        {
            return a is NdArray x && b is NdArray y && !x.IsKnown && !y.IsKnown && x.Shape.AsSpan()
                .SequenceEqual(y.Shape);
        }
    }

    // Which lines belong to a function, block by block.
    private static string Describe(IEnumerable<Statement> body) => string.Join(' ', NameFinder.Flatten(body)
        .Select(statement => $"{statement.GetType().Name}{statement.Line}:{NameFinder.Blocks(statement).Count()}"));
}
