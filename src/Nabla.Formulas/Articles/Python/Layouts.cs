namespace Nabla.Formulas.Articles.Python;

/// <summary>
/// How deep the lines of a program stand. Where an article has lost the indentation there may be several ways; all that
/// are sensible are given, the deepest first.
/// </summary>
internal static class Layouts
{
    /// <summary>More ways than these are not tried.</summary>
    public const int Most = 64;

    private const int MostLines = 400, MostTries = 20_000, StepsOfTry = 8;

    /// <summary>The depths of the lines, one list for each way; empty where there is no way or too many.</summary>
    public static List<int[]> Of(List<LogicalLine> lines, IReadOnlyCollection<string> known)
    {
        if (Indented(lines) is { } depths)
            return [depths];
        if (lines.Count > MostLines || lines.Exists(line => line.Indent != lines[0].Indent))
            return [];
        var search = new Search(lines, known);
        search.Place(0);
        return search.Found.Count <= Most && !search.IsExhausted ? search.Found : [];
    }

    // What the indentation says, or null where a block is missing.
    private static int[]? Indented(List<LogicalLine> lines)
    {
        var indents = new Stack<int>([lines.Count > 0 ? lines[0].Indent : 0]);
        var depths = new int[lines.Count];
        for (int i = 0; i < lines.Count; i++)
        {
            int indent = lines[i].Indent;
            bool isFirst = i > 0 && lines[i - 1].OpensBlock;
            if (isFirst && indent <= indents.Peek())
                return null;
            if (isFirst)
                indents.Push(indent);
            while (indent < indents.Peek() && indents.Count > 1)
                indents.Pop();
            if (indent != indents.Peek())
                return null;
            depths[i] = indents.Count - 1;
        }
        return lines.Count > 0 && lines[^1].OpensBlock ? null : depths;
    }

    private sealed class Search(List<LogicalLine> lines, IReadOnlyCollection<string> known)
    {
        private readonly int[] depths = new int[lines.Count];
        private readonly List<int> open = []; // the headers of the open blocks
        private int tries;

        public List<int[]> Found { get; } = [];

        public bool IsExhausted => tries > MostTries;

        public void Place(int at)
        {
            Meter.Charge(StepsOfTry);
            if (Found.Count > Most || ++tries > MostTries)
                return;
            if (at == lines.Count)
            {
                if (lines.Count == 0 || !lines[^1].OpensBlock)
                    Found.Add([.. depths]);
                return;
            }
            int[] before = [.. open];
            bool isFirst = at > 0 && lines[at - 1].OpensBlock;
            for (int depth = before.Length; depth >= (isFirst ? before.Length : 0); depth--)
            {
                open.Clear();
                open.AddRange(before.Take(depth));
                if (!Fits(at, depth, before))
                    continue;
                depths[at] = depth;
                if (lines[at].OpensBlock)
                    open.Add(at);
                Place(at + 1);
            }
            open.Clear();
            open.AddRange(before);
        }

        private bool Fits(int at, int depth, int[] before)
        {
            LogicalLine line = lines[at];
            if (at > 0 && EndsBlock(lines[at - 1]) && depth >= depths[at - 1])
                return false;
            if (line.Starts("elif", "else", "except", "finally"))
                return depth < before.Length && Continues(line, lines[before[depth]]);
            if (line.Starts("return", "yield") && !InDef())
                return false;
            if (line.Starts("break", "continue") && !open.Exists(header => lines[header].Starts("for", "while")))
                return false;
            if (line.Starts("import", "from", "class") && depth > 0)
                return at > 0 && lines[at - 1].OpensBlock;
            if (line.Starts("def"))
                return FitsDef(line, depth);
            return !before.Skip(depth).Any(header => UsesItsNames(line, header, at));
        }

        // A method stands in its class; a function outside, or inside of another one.
        private bool FitsDef(LogicalLine line, int depth)
        {
            bool isMethod = line.Tokens.Count > 3 && line.Tokens[3].Is("self");
            if (depth == 0)
                return !isMethod;
            LogicalLine parent = lines[open[^1]];
            return parent.Starts("class") || !isMethod && parent.Starts("def");
        }

        private bool InDef() => open.Exists(header => lines[header].Starts("def"));

        private static bool EndsBlock(LogicalLine line) => line.Starts("return", "break", "continue", "raise");

        private static bool Continues(LogicalLine line, LogicalLine header) => line.Starts("elif", "else")
            ? header.Starts("if", "elif") || line.Starts("else") && header.Starts("for", "while")
            : header.Starts("try", "except");

        // A line that uses a parameter of a function, which means nothing outside, stands inside.
        private bool UsesItsNames(LogicalLine line, int header, int at)
        {
            if (!lines[header].Starts("def"))
                return false;
            HashSet<string> own = [.. lines[header].Tokens.Skip(2).Where(token => token.Kind == TokenKind.Name)
                .Select(token => token.Text)];
            own.ExceptWith(known);
            for (int i = 0; i < at; i++)
                if (depths[i] == 0 && lines[i].Tokens.Count > 1 && lines[i].Tokens[1].Is("="))
                    own.Remove(lines[i].Tokens[0].Text);
            return line.Tokens.Select((token, i) => (token, i)).Any(item => item.token.Kind == TokenKind.Name
                && own.Contains(item.token.Text) && !IsKeywordOrTarget(line, item.i));
        }

        private static bool IsKeywordOrTarget(LogicalLine line, int place) =>
            place + 1 < line.Tokens.Count && line.Tokens[place + 1].Is("=") || place > 0
                && line.Tokens[place - 1].Is(".")
            || place > 0 && line.Tokens[0].Is("for") && place < 4;
    }
}
