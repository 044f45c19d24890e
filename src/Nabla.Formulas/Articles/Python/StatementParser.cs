using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace Nabla.Formulas.Articles.Python;

/// <summary>Reads the statements of a program whose lines know how deep they stand.</summary>
internal sealed class StatementParser
{
    private const string DecoratorName = "a decorator";

    // Decorators that change no result.
    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(StringComparer.Ordinal, "no_grad",
        "inference_mode", "lru_cache", "cache", "njit", "jit", "compile", "wraps", "override", "staticmethod",
        "classmethod", "property", "dataclass", "abstractmethod");

    private readonly List<LogicalLine> lines;
    private readonly IReadOnlyList<int> depths;
    private readonly bool isTolerant;
    private int at;

    private StatementParser(List<LogicalLine> lines, IReadOnlyList<int> depths, bool isTolerant)
    {
        this.lines = lines;
        this.depths = depths;
        this.isTolerant = isTolerant;
    }

    /// <summary>Reads a program.</summary>
    /// <param name="lines">Its lines that are statements.</param>
    /// <param name="depths">Of each line in how many blocks it stands.</param>
    /// <param name="isTolerant">Whether a line that cannot be read is left out, and the others are read.</param>
    /// <exception cref="PythonException">It is no Python.</exception>
    public static List<Statement> Parse(
        List<LogicalLine> lines, IReadOnlyList<int> depths, bool isTolerant = false)
    {
        var parser = new StatementParser(lines, depths, isTolerant);
        List<Statement> program = parser.Block(0);
        if (parser.at < lines.Count)
            throw new PythonException("a line is indented where no block begins");
        return program;
    }

    private List<Statement> Block(int depth)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new PythonException("blocks are nested too deeply");
        List<Statement> statements = [];
        while (at < lines.Count && depths[at] == depth)
        {
            LogicalLine line = lines[at++];
            if (line.Starts("elif", "else"))
            {
                Attach(statements, Read(line, depth, parser => parser.Alternative(line.Line)));
                continue;
            }
            foreach (Statement statement in Read(line, depth, parser => [.. parser.Statements()]))
            {
                statements.Add(statement with { Line = line.Line });
                if (statement is DefStatement function && Decorated(statements) is { Count: > 0 } names)
                    statements.Add(new UnknownStatement(DecoratorName, [])
                    {
                        Line = line.Line,
                        Used = names,
                        Assigned = [function.Name, .. names],
                    });
            }
        }
        return statements;
    }

    // The names in the decorators above the last statement, which may make another function of it.
    private static List<string> Decorated(List<Statement> statements)
    {
        List<string> names = [];
        for (int i = statements.Count - 2; i >= 0
            && statements[i] is UnknownStatement { What: DecoratorName, Assigned: [] } decorator; i--)
            names.AddRange(decorator.Used);
        return names;
    }

    private List<Statement> Read(LogicalLine line, int depth, Func<LineParser, List<Statement>> read)
    {
        int next = at;
        try
        {
            return read(new LineParser(line, () => Body(depth)));
        }
        catch (PythonException error) when (isTolerant && at == next)
        {
            string[] names = [.. line.Tokens.Where(token => token.Kind == TokenKind.Name).Select(token => token.Text)];
            int sign = line.Tokens.FindLastIndex(token => token.Kind == TokenKind.Operator
                && token.Text is [.., '='] and not ("==" or "!=" or "<=" or ">="));
            bool isStatement = line.Starts("for", "with", "import", "from", "def", "class");
            return
            [
                new UnreadStatement(error.Message, line.OpensBlock ? Body(depth) : [])
                {
                    Line = line.Line,
                    Used = names,
                    Assigned = isStatement ? names : [.. line.Tokens.Take(Math.Max(sign, 0))
                        .Where(token => token.Kind == TokenKind.Name).Select(token => token.Text)],
                },
            ];
        }
    }

    // elif and else belong to the statement above; elif is an if inside of an else.
    private static void Attach(List<Statement> statements, IReadOnlyList<Statement> alternative)
    {
        if (statements.Count == 0)
            throw new PythonException("'else' has no 'if'");
        statements[^1] = WithElse(statements[^1], alternative);
    }

    private static Statement WithElse(Statement statement, IReadOnlyList<Statement> alternative) => statement switch
    {
        IfStatement { Else: [IfStatement inner] } outer => outer with { Else = [WithElse(inner, alternative)] },
        IfStatement { Else: [UnreadStatement inner] } outer => outer with { Else = [WithElse(inner, alternative)] },
        IfStatement { Else: [] } branch => branch with { Else = alternative },
        ForStatement { Else: [] } loop => loop with { Else = alternative },
        WhileStatement { Else: [] } loop => loop with { Else = alternative },
        UnknownStatement unknown => unknown with { Body = [.. unknown.Body, .. alternative] },
        UnreadStatement unread => unread with { Body = [.. unread.Body, .. alternative] },
        _ => throw new PythonException("'else' has no 'if'"),
    };

    private List<Statement> Body(int depth)
    {
        List<Statement> body = Block(depth + 1);
        return body.Count > 0 ? body : throw new PythonException("a block is empty");
    }

    /// <summary>Reads one logical line, and with <paramref name="body"/> the block below it.</summary>
    private sealed class LineParser(LogicalLine line, Func<List<Statement>> body) : ExpressionParser(line.Tokens)
    {
        private static readonly string[] Augmented =
            ["+=", "-=", "*=", "/=", "//=", "%=", "**=", "@=", "&=", "|=", "^=", "<<=", ">>="];

        public IEnumerable<Statement> Statements()
        {
            while (!IsDone)
            {
                yield return Statement();
                if (!IsDone && !Take(";"))
                    throw Unexpected(Next);
            }
        }

        /// <summary>What an elif or else holds.</summary>
        public List<Statement> Alternative(int number)
        {
            if (Next.Is("elif"))
                return [If() with { Line = number }];
            At++;
            return Suite();
        }

        private Statement Statement()
        {
            string word = Next.Kind == TokenKind.Name ? Next.Text : Next.Is("@") ? "@" : "";
            return word switch
            {
                "def" => Def(),
                "class" => Class(),
                "if" => If(),
                "for" => For(),
                "while" => While(),
                "with" => With(),
                "return" => Return(),
                "import" => Import(),
                "from" => From(),
                "assert" => Assert(),
                "break" or "continue" or "pass" or "global" or "nonlocal" => Word(),
                "try" or "except" or "finally" or "async" or "raise" or "del" or "yield" => Unknown(word),
                "@" => Decorator(),
                _ => Simple(),
            };
        }

        private List<Statement> Suite()
        {
            Expect(":");
            return IsDone ? body() : [.. Statements()];
        }

        private DefStatement Def()
        {
            At++;
            string name = TakeName();
            Expect("(");
            IReadOnlyList<Parameter> parameters = Parameters(")");
            if (Take("->"))
                Expression();
            bool isGenerator = line.Tokens.Any(token => token.Is("yield"));
            return new DefStatement(name, parameters, Suite(), isGenerator);
        }

        private ClassStatement Class()
        {
            At++;
            string name = TakeName();
            List<Node> bases = [];
            if (Take("(") && !Take(")"))
            {
                bases.Add(Expression());
                while (Take(","))
                    bases.Add(Expression());
                Expect(")");
            }
            return new ClassStatement(name, bases, Suite());
        }

        private IfStatement If()
        {
            At++;
            Node condition = Expression();
            return new IfStatement(condition, Suite(), []);
        }

        private ForStatement For()
        {
            At++;
            Node target = Targets();
            Expect("in");
            Node items = ExpressionList();
            return new ForStatement(target, items, Suite(), []);
        }

        private WhileStatement While()
        {
            At++;
            Node condition = Expression();
            return new WhileStatement(condition, Suite(), []);
        }

        private WithStatement With()
        {
            At++;
            List<(Node, Node?)> items = [];
            do
            {
                Node context = Expression();
                items.Add((context, Take("as") ? Expression() : null));
            }
            while (Take(","));
            return new WithStatement(items, Suite());
        }

        private ReturnStatement Return()
        {
            At++;
            return new ReturnStatement(IsDone || Next.Is(";") ? null : ExpressionList());
        }

        private string DottedName()
        {
            string name = TakeName();
            while (Take("."))
                name += "." + TakeName();
            return name;
        }

        private ImportStatement Import()
        {
            At++;
            List<(string, string)> modules = [];
            do
            {
                string module = DottedName();
                modules.Add((module, Take("as") ? TakeName() : ""));
            }
            while (Take(","));
            return new ImportStatement(modules);
        }

        private FromStatement From()
        {
            At++;
            while (Take("."))
            {
            }
            string module = Next.Is("import") ? "." : DottedName();
            Expect("import");
            bool isBracketed = Take("(");
            List<(string, string)> items = [];
            do
            {
                if (isBracketed && Next.Is(")"))
                    break;
                string item = Take("*") ? "*" : TakeName();
                items.Add((item, Take("as") ? TakeName() : item));
            }
            while (Take(","));
            if (isBracketed)
                Expect(")");
            return new FromStatement(module, items);
        }

        private AssertStatement Assert()
        {
            At++;
            Node condition = Expression();
            if (Take(","))
                Expression();
            return new AssertStatement(condition);
        }

        private WordStatement Word()
        {
            string word = line.Tokens[At++].Text;
            List<string> names = [];
            if (word is "global" or "nonlocal")
            {
                do
                    names.Add(TakeName());
                while (Take(","));
            }
            return new WordStatement(word, names);
        }

        private UnknownStatement Unknown(string word)
        {
            bool opensBlock = line.OpensBlock;
            At = line.Tokens.Count;
            return new UnknownStatement($"'{word}'", opensBlock ? body() : []);
        }

        private UnknownStatement Decorator()
        {
            string[] names = [.. line.Tokens.Where(token => token.Kind == TokenKind.Name).Select(token => token.Text)];
            // The cache of @functools.cache, not that of @twice(cache=True).
            string decorator = line.Tokens.Skip(1).TakeWhile(token => token.Kind == TokenKind.Name || token.Is("."))
                .Select(token => token.Text).LastOrDefault("");
            At = line.Tokens.Count;
            return new UnknownStatement(DecoratorName, []) { Used = Harmless.Contains(decorator) ? [] : names };
        }

        private Statement Simple()
        {
            Node first = ExpressionList();
            if (Next.Kind == TokenKind.Operator && Augmented.Contains(Next.Text))
            {
                string sign = line.Tokens[At++].Text[..^1];
                return new AugmentedStatement(first, sign, ExpressionList());
            }
            if (Take(":"))
            {
                Expression();
                if (!Next.Is("="))
                    return new WordStatement("pass", []);
            }
            List<Node> targets = [];
            while (Take("="))
            {
                targets.Add(first);
                first = ExpressionList();
            }
            return targets.Count == 0 ? new ExpressionStatement(first) : new AssignStatement(targets, first);
        }
    }
}
