using System.Runtime.CompilerServices;

namespace Nabla.Formulas.Articles.Python;

/// <summary>Reads expressions from the words of a line.</summary>
internal partial class ExpressionParser(IReadOnlyList<Token> tokens)
{
    private static readonly string[][] Levels =
        [["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-"], ["*", "/", "//", "%", "@"]];

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
        "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass",
        "raise", "return", "try", "while", "with", "yield",
    };

    protected int At { get; set; }

    protected Token Next => At < tokens.Count ? tokens[At] : Token.End;

    protected bool IsDone => At >= tokens.Count;

    /// <summary>Reads a whole line as one expression.</summary>
    public static Node Parse(IReadOnlyList<Token> tokens)
    {
        var parser = new ExpressionParser(tokens);
        Node node = parser.ExpressionList();
        if (!parser.IsDone)
            throw Unexpected(parser.Next);
        return node;
    }

    protected static PythonException Unexpected(Token token) =>
        new(token.Kind == TokenKind.Unknown ? token.Text
            : token.Kind == TokenKind.End ? "the line ends too early" : $"'{token.Text}' was not expected");

    protected bool Take(string text)
    {
        if (!Next.Is(text))
            return false;
        At++;
        return true;
    }

    protected void Expect(string text)
    {
        if (!Take(text))
            throw Unexpected(Next);
    }

    protected string TakeName()
    {
        Token token = Next;
        if (token.Kind != TokenKind.Name || Keywords.Contains(token.Text))
            throw Unexpected(token);
        At++;
        return token.Text;
    }

    /// <summary>a, b, *c: a tuple if there is a comma.</summary>
    protected Node ExpressionList()
    {
        Node first = StarOr(Expression);
        return Next.Is(",") ? Tuple(first) : first;
    }

    private DisplayNode Tuple(Node first)
    {
        List<Node> items = [first];
        while (Take(",") && !EndsList())
            items.Add(StarOr(Expression));
        return new DisplayNode(DisplayKind.Tuple, items);
    }

    private bool EndsList() => IsDone || Next.Kind == TokenKind.Operator
        && Next.Text is ")" or "]" or "}" or "=" or ":" or ";" || Next.Is("in");

    private Node StarOr(Func<Node> read) => Take("*") ? new StarredNode(read()) : read();

    /// <summary>One expression without a comma.</summary>
    protected Node Expression()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new PythonException("an expression is nested too deeply");
        if (Next.Is("lambda"))
            return Lambda();
        Node then = Disjunction();
        if (Next.Is(":=") && then is NameNode name)
        {
            At++;
            return new NamedNode(name.Name, Expression());
        }
        if (!Take("if"))
            return then;
        Node condition = Disjunction();
        Expect("else");
        return new ConditionalNode(condition, then, Expression());
    }

    private LambdaNode Lambda()
    {
        At++;
        IReadOnlyList<Parameter> parameters = Parameters(":");
        return new LambdaNode(parameters, Expression());
    }

    /// <summary>Parameters up to and with the closing sign.</summary>
    protected IReadOnlyList<Parameter> Parameters(string closing)
    {
        List<Parameter> parameters = [];
        while (!Take(closing))
        {
            string star = Take("**") ? "**" : Take("*") ? "*" : "";
            if (star == "*" && Next.Is(","))
                At++;
            else if (Take("/"))
                Take(",");
            else
                parameters.Add(ReadParameter(star, closing));
        }
        return parameters;
    }

    private Parameter ReadParameter(string star, string closing)
    {
        string name = TakeName();
        if (closing == ")" && Take(":"))
            Expression();
        Node? value = Take("=") ? Expression() : null;
        if (!Next.Is(closing))
            Expect(",");
        return new Parameter(name, value, star);
    }

    private Node Disjunction()
    {
        Node left = Conjunction();
        while (Take("or"))
            left = new LogicNode(false, left, Conjunction());
        return left;
    }

    private Node Conjunction()
    {
        Node left = Negation();
        while (Take("and"))
            left = new LogicNode(true, left, Negation());
        return left;
    }

    private Node Negation()
    {
        int count = 0;
        while (Take("not"))
            count++;
        Node node = Comparison();
        for (; count > 0; count--)
            node = new UnaryNode("not", node);
        return node;
    }

    private Node Comparison()
    {
        Node first = Level(0);
        List<(string, Node)> rest = [];
        while (ComparisonSign() is { } sign)
            rest.Add((sign, Level(0)));
        return rest.Count == 0 ? first : new CompareNode(first, rest);
    }

    private string? ComparisonSign()
    {
        if (Next.Kind == TokenKind.Operator && Next.Text is "<" or ">" or "<=" or ">=" or "==" or "!=")
            return tokens[At++].Text;
        if (Take("in"))
            return "in";
        if (Next.Is("not") && At + 1 < tokens.Count && tokens[At + 1].Is("in"))
        {
            At += 2;
            return "not in";
        }
        return Take("is") ? Take("not") ? "is not" : "is" : null;
    }

    private Node Level(int level)
    {
        if (level == Levels.Length)
            return Signed();
        Node left = Level(level + 1);
        while (Next.Kind == TokenKind.Operator && Levels[level].Contains(Next.Text))
        {
            string sign = tokens[At++].Text;
            left = new BinaryNode(sign, left, Level(level + 1));
        }
        return left;
    }

    private Node Signed()
    {
        List<string> signs = [];
        while (Next.Kind == TokenKind.Operator && Next.Text is "-" or "+" or "~")
            signs.Add(tokens[At++].Text);
        Node node = Power();
        for (int i = signs.Count - 1; i >= 0; i--)
            node = new UnaryNode(signs[i], node);
        return node;
    }

    private Node Power()
    {
        if (Next.Is("await"))
            throw PythonException.NotKnown("await");
        Node left = Primary();
        if (!Take("**"))
            return left;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new PythonException("an expression is nested too deeply");
        return new BinaryNode("**", left, Signed());
    }

    private Node Primary()
    {
        Node node = Atom();
        while (true)
        {
            if (Take("."))
                node = new AttributeNode(node, TakeName());
            else if (Take("("))
                node = Call(node);
            else if (Take("["))
                node = new SubscriptNode(node, Indices());
            else
                return node;
        }
    }

    private CallNode Call(Node function)
    {
        List<Node> arguments = [];
        List<(string?, Node)> keywords = [];
        while (!Take(")"))
        {
            if (Take("**"))
                keywords.Add((null, Expression()));
            else if (Next.Kind == TokenKind.Name && At + 1 < tokens.Count && tokens[At + 1].Is("="))
                keywords.Add(Keyword());
            else
                arguments.Add(Argument());
            if (!Next.Is(")"))
                Expect(",");
        }
        return new CallNode(function, arguments, keywords);
    }

    private (string?, Node) Keyword()
    {
        string name = TakeName();
        At++;
        return (name, Expression());
    }

    private Node Argument()
    {
        Node value = StarOr(Expression);
        return Next.Is("for") ? new ComprehensionNode(DisplayKind.Generator, value, null, Clauses()) : value;
    }

    private Node Indices()
    {
        Node first = IndexOrSlice();
        if (!Next.Is(","))
        {
            Expect("]");
            return first;
        }
        List<Node> items = [first];
        while (Take(",") && !Next.Is("]"))
            items.Add(IndexOrSlice());
        Expect("]");
        return new DisplayNode(DisplayKind.Tuple, items);
    }

    private Node IndexOrSlice()
    {
        Node? start = Next.Is(":") ? null : Expression();
        if (!Take(":"))
            return start!;
        Node? stop = Next.Is(":") || Next.Is("]") || Next.Is(",") ? null : Expression();
        Node? step = Take(":") && !Next.Is("]") && !Next.Is(",") ? Expression() : null;
        return new SliceNode(start, stop, step);
    }
}
