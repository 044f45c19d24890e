using System.Globalization;
using System.Numerics;

namespace Nabla.Formulas.Articles.Python;

/// <summary>Names, numbers, strings, displays and comprehensions.</summary>
internal partial class ExpressionParser
{
    private Node Atom()
    {
        Token token = Next;
        At++;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new ConstantNode(NumberValue(token.Text));
            case TokenKind.Text or TokenKind.FormattedText:
                At--;
                return Texts();
            case TokenKind.Name:
                return NameOrWord(token);
            case TokenKind.Operator when token.Text == "(":
                return Parenthesis();
            case TokenKind.Operator when token.Text == "[":
                return Brackets(DisplayKind.List, "]");
            case TokenKind.Operator when token.Text == "{":
                return Braces();
            case TokenKind.Operator when token.Text == "...":
                return new ConstantNode(Ellipsis.Instance);
            default:
                throw Unexpected(token);
        }
    }

    private static Node NameOrWord(Token token) => token.Text switch
    {
        "True" => new ConstantNode(true),
        "False" => new ConstantNode(false),
        "None" => new ConstantNode(None.Instance),
        _ when Keywords.Contains(token.Text) => throw Unexpected(token),
        _ => new NameNode(token.Text),
    };

    private static object NumberValue(string text)
    {
        if (text.Length > 4000)
            throw new PythonException("a number is too long");
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && BigInteger.TryParse("0" + text[2..],
            NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger hex))
            return hex;
        if (BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger whole))
            return whole;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out double real))
            return real;
        throw PythonException.NotKnown($"the number {text}");
    }

    private Node Texts()
    {
        List<Node> parts = [];
        for (; Next.Kind is TokenKind.Text or TokenKind.FormattedText; At++)
        {
            if (Next.Kind == TokenKind.Text)
                parts.Add(new ConstantNode(Next.Text));
            else
                FormattedText.Read(Next.Text, parts);
        }
        return parts.TrueForAll(part => part is ConstantNode)
            ? new ConstantNode(string.Concat(parts.Select(part => (string)((ConstantNode)part).Value)))
            : new FormattedNode(parts);
    }

    private Node Parenthesis()
    {
        if (Take(")"))
            return new DisplayNode(DisplayKind.Tuple, []);
        if (Next.Is("yield"))
            throw PythonException.NotKnown("yield");
        Node first = StarOr(Expression);
        if (Next.Is("for"))
            first = new ComprehensionNode(DisplayKind.Generator, first, null, Clauses());
        else if (Next.Is(","))
            first = Tuple(first);
        Expect(")");
        return first;
    }

    private Node Brackets(DisplayKind kind, string closing)
    {
        if (Take(closing))
            return new DisplayNode(kind, []);
        return Items(kind, StarOr(Expression), closing);
    }

    private Node Items(DisplayKind kind, Node first, string closing)
    {
        if (Next.Is("for"))
        {
            var comprehension = new ComprehensionNode(kind, first, null, Clauses());
            Expect(closing);
            return comprehension;
        }
        List<Node> items = [first];
        while (!Take(closing))
        {
            Expect(",");
            if (!Next.Is(closing))
                items.Add(StarOr(Expression));
        }
        return new DisplayNode(kind, items);
    }

    private Node Braces()
    {
        if (Take("}"))
            return new DictNode([]);
        if (Take("**"))
            return Pairs([(null, Expression())]);
        Node first = StarOr(Expression);
        if (!Take(":"))
            return Items(DisplayKind.Set, first, "}");
        Node value = Expression();
        if (!Next.Is("for"))
            return Pairs([(first, value)]);
        var comprehension = new ComprehensionNode(DisplayKind.Set, first, value, Clauses());
        Expect("}");
        return comprehension;
    }

    private DictNode Pairs(List<(Node? Key, Node Value)> items)
    {
        while (!Take("}"))
        {
            Expect(",");
            if (Next.Is("}"))
                continue;
            Node? key = Take("**") ? null : Expression();
            if (key is not null)
                Expect(":");
            items.Add((key, Expression()));
        }
        return new DictNode(items);
    }

    private List<ComprehensionClause> Clauses()
    {
        List<ComprehensionClause> clauses = [];
        while (Take("for"))
        {
            Node target = Targets();
            Expect("in");
            Node items = Disjunction();
            List<Node> conditions = [];
            while (Take("if"))
                conditions.Add(Disjunction());
            clauses.Add(new ComprehensionClause(target, items, conditions));
        }
        return clauses;
    }

    /// <summary>What stands between for and in.</summary>
    protected Node Targets()
    {
        Node first = StarOr(Primary);
        if (!Next.Is(","))
            return first;
        List<Node> items = [first];
        while (Take(",") && !Next.Is("in"))
            items.Add(StarOr(Primary));
        return new DisplayNode(DisplayKind.Tuple, items);
    }
}
