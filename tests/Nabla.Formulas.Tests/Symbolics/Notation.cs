using System.Globalization;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Symbolics;

/// <summary>
/// Trees of formulas without choices, for tests of what works on trees: <c>2*x^2 + f(x_i) / |y|</c>, <c>A' x</c> with '
/// for the transpose, <c>SUM(i, x_i)</c>, <c>NORM(x)</c>, <c>HAD(a, b)</c>, <c>IF(x, a, b)</c> for a where x &gt; 0,
/// else b. A bold letter is written with a tilde before it: ~x.
/// </summary>
internal sealed class Notation
{
    private readonly string text;
    private int at;

    private Notation(string text) => this.text = text;

    public static Expression Read(string text)
    {
        var reader = new Notation(text);
        Expression tree = reader.Sum();
        return reader.Peek() == '\0' ? tree
            : throw new FormatException($"'{text}' goes on at {reader.at}: {text[reader.at..]}");
    }

    public static Symbol Name(string text) => (Symbol)Read(text);

    private char Peek()
    {
        while (at < text.Length && text[at] == ' ')
            at++;
        return at < text.Length ? text[at] : '\0';
    }

    private bool Take(char sign)
    {
        if (Peek() != sign)
            return false;
        at++;
        return true;
    }

    private Expression Sum()
    {
        List<Expression> terms = [];
        do
        {
            bool isMinus = false;
            if (Take('-'))
                isMinus = true;
            else
                Take('+');
            Expression term = Term();
            terms.Add(isMinus ? new Negation(term) : term);
        }
        while (Peek() is '+' or '-');
        return terms.Count == 1 ? terms[0] : new Sum([.. terms]);
    }

    private Expression Term()
    {
        Expression left = Factors();
        while (Peek() is '/' or '*')
            left = Take('/') ? new Quotient(left, Factors()) : Product(left);
        return left;
    }

    private Product Product(Expression left)
    {
        at++;
        Expression right = Factors();
        return new([left, .. right is Product product ? product.Factors : [right]]);
    }

    // Side by side binds closer than / and *.
    private Expression Factors()
    {
        List<Expression> factors = [Power()];
        bool isDot = false;
        while (true)
        {
            if (Take('.'))
                (isDot, factors) = (true, [.. factors, Power()]);
            else if (char.IsLetterOrDigit(Peek()) || Peek() is '(' or '~')
                factors.Add(Power());
            else
                break;
        }
        return factors.Count == 1 ? factors[0] : new Product([.. factors], isDot ? ProductSign.Dot : ProductSign.None);
    }

    private Expression Power()
    {
        if (Take('-'))
            return new Negation(Power());
        Expression left = Atom();
        while (Take('\''))
            left = new Postfix(left, PostfixSign.Transpose);
        return Take('^') ? new Power(left, Power()) : left;
    }

    private Expression Atom()
    {
        if (Take('('))
            return Until(')');
        // Bars do not nest here.
        if (Take('|'))
            return new Delimited(DelimiterKind.Absolute, [Until('|')]);
        if (char.IsAsciiDigit(Peek()))
            return Number();
        bool isBold = Take('~');
        string letter = Word();
        if (Peek() == '(' && at < text.Length && text[at] == '(')
            return Called(letter);
        var symbol = new Symbol(letter) { Alphabet = isBold ? Alphabet.Bold : Alphabet.Plain };
        if (letter is "e" or "pi")
            symbol = symbol with { Kind = SymbolKind.Constant };
        List<Expression> subscripts = [];
        while (Take('_'))
            subscripts.Add(Peek() == '(' ? Atom() : char.IsAsciiDigit(Peek()) ? Number() : new Symbol(Letter()));
        return symbol with { Subscripts = [.. subscripts] };
    }

    private Expression Until(char end)
    {
        Expression inside = Sum();
        return Take(end) ? inside : throw new FormatException($"'{text}': '{end}' expected at {at}");
    }

    private Expression Called(string name)
    {
        at++;
        List<Expression> arguments = [Sum()];
        while (Take(','))
            arguments.Add(Sum());
        if (!Take(')'))
            throw new FormatException($"'{text}': ')' expected at {at}");
        return name switch
        {
            "SUM" => new BigOperator(BigOperatorKind.Sum, Over(arguments), arguments[^1]),
            "PROD" => new BigOperator(BigOperatorKind.Product, Over(arguments), arguments[^1]),
            "NORM" => new Delimited(DelimiterKind.Norm, [arguments[0]]),
            "FROB" => new Delimited(DelimiterKind.Norm, [arguments[0]], new Symbol("F")),
            "HAD" => new Product([.. arguments], ProductSign.Hadamard),
            "IF" => new Cases([arguments[1], arguments[2]],
                [
                    new Relation(arguments[0], new(">", RelationKind.Greater), new Number(0, "0")),
                    new Words("otherwise"),
                ]),
            "root" => new Root(arguments[0], arguments.Count > 1 ? arguments[1] : null),
            "INV" => new Postfix(arguments[0], PostfixSign.Inverse),
            "IS" => new Delimited(DelimiterKind.Indicator,
                [new Relation(arguments[0], RelationOperator.EqualSign, arguments[1])]),
            "ABOVE" => new Delimited(DelimiterKind.Indicator,
                [new Relation(arguments[0], new(">", RelationKind.Greater), arguments[1])]),
            "MEAN" => new Expectation(ExpectationKind.Mean, [arguments[0]], [arguments[1]], []),
            _ when name.EndsWith("PRIME", StringComparison.Ordinal) =>
                new Call(new Symbol(name[..^5]) { Primes = 1, Kind = SymbolKind.Function }, [.. arguments]),
            _ => new Call(new Symbol(name) { Kind = SymbolKind.Function }, [.. arguments]),
        };
    }

    private static Trees.Range Over(List<Expression> arguments) => arguments.Count == 4
        ? new([arguments[0]], arguments[1], arguments[2]) : new([.. arguments.SkipLast(1)]);

    private string Word()
    {
        int start = at;
        while (at < text.Length && char.IsLetter(text[at]))
            at++;
        return at > start ? text[start..at] : throw new FormatException($"'{text}': a name expected at {at}");
    }

    private string Letter() => text[at++].ToString();

    private Number Number()
    {
        int start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at])
            || (text[at] == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))))
            at++;
        string digits = text[start..at];
        return new Number(double.Parse(digits, CultureInfo.InvariantCulture), digits);
    }
}
