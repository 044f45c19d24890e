using System.Runtime.CompilerServices;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Reads arithmetic as people type it, 768x16 + 16·768 or 1/(1+EXP(-0.5)), and computes it. With variables it reads
/// products without a sign too: 2xy.
/// </summary>
internal sealed partial class ArithmeticParser
{
    private readonly string text;
    private readonly ArithmeticContext context;
    private int at, depth;
    private bool commasSeparate;

    private ArithmeticParser(string text, int start, ArithmeticContext context)
    {
        this.text = text;
        this.context = context;
        at = start;
    }

    private bool HasOperator { get; set; }

    /// <summary>Reads as much as makes sense from a place on.</summary>
    /// <returns>The value, where it ends, and whether anything was computed; null if there is none.</returns>
    public static (Quantity Value, int End, bool IsComputed)? Read(string text, int start, ArithmeticContext context)
    {
        var parser = new ArithmeticParser(text, start, context);
        try
        {
            Quantity? value = parser.Sum();
            return value is null ? null : (value, parser.at, parser.HasOperator);
        }
        catch (ArithmeticException)
        {
            return null; // numbers too large, lists of other lengths
        }
    }

    private void SkipSpaces()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\u00a0' or '\u2009' or '\u202f' or '\u200a')
            at++;
    }

    private Quantity? Sum()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new OverflowException();
        Quantity? left = Product();
        while (left is not null)
        {
            int before = at;
            SkipSpaces();
            char sign = at < text.Length ? text[at] : '\0';
            bool isMinus = sign is '-' or '−' || sign == '–' && at > before;
            if (sign != '+' && !isMinus || at + 1 < text.Length && text[at + 1] is '+' or '-' or '=' or '>')
            {
                at = before;
                return left;
            }
            at++;
            if (Product() is not { } right)
            {
                at = before;
                return left;
            }
            HasOperator = true;
            left = ArithmeticRules.Add(left, right, isMinus);
        }
        return null;
    }

    private Quantity? Product()
    {
        Quantity? left = Signed();
        bool isBelow = false;
        while (left is not null)
        {
            int before = at;
            SkipSpaces();
            bool isDivision = false;
            if (!TakeProductSign(before, ref isDivision))
            {
                at = before;
                if (FactorWithoutSign() is not { } factor)
                {
                    at = before;
                    return left;
                }
                HasOperator = true;
                left = isBelow ? ArithmeticRules.Divide(left, factor) : ArithmeticRules.Multiply(left, factor);
                continue;
            }
            if (Signed() is not { } right)
            {
                at = before;
                return left;
            }
            HasOperator = true;
            left = isDivision || isBelow ? ArithmeticRules.Divide(left, right) : ArithmeticRules.Multiply(left, right);
            isBelow |= isDivision && context.DividesByAll;
        }
        return null;
    }

    // x counts as × between numbers and brackets: 768x16, 3 x (4 + 1).
    private bool TakeProductSign(int before, ref bool isDivision)
    {
        char sign = at < text.Length ? text[at] : '\0';
        char next = at + 1 < text.Length ? text[at + 1] : '\0';
        isDivision = sign is '/' or '÷' or ':' && sign == '÷' || sign == '/' && next != '/';
        bool isLetter = sign is 'x' or 'X' && !context.IsAlgebra
            && (char.IsAsciiDigit(next) || next is ' ' or '(' or '.')
            && (at == before || next == ' ') && FollowsNumber(at + 1);
        bool isStar = sign == '*' && next != '*';
        if (!isDivision && !isLetter && !isStar && sign is not ('×' or '·' or '⋅' or '∙'))
            return false;
        at++;
        return true;
    }

    private bool FollowsNumber(int from)
    {
        while (from < text.Length && text[from] == ' ')
            from++;
        return from < text.Length && (char.IsAsciiDigit(text[from]) || text[from] is '(' or '.' or '-' or '√');
    }

    private Quantity? Signed()
    {
        SkipSpaces();
        if (at < text.Length && text[at] is '-' or '−' or '–' or '+' && at + 1 < text.Length
            && text[at + 1] is not ('-' or '+'))
        {
            bool isNegative = text[at++] != '+';
            if (isNegative && context.SignBindsFirst)
                return Powers(Atom() is { } first ? ArithmeticRules.Negate(first) : null);
            return Power() is not { } operand ? null : isNegative ? ArithmeticRules.Negate(operand) : operand;
        }
        return Power();
    }

    private Quantity? Power() => Powers(Atom());

    private Quantity? Powers(Quantity? value)
    {
        while (value is not null && at < text.Length)
        {
            int before = at;
            char c = text[at];
            if (SuperscriptDigits() is { } raised)
            {
                value = ArithmeticRules.Power(value, raised);
            }
            else if (c == '!' && (at + 1 == text.Length || text[at + 1] is ' ' or ')' or '/' or '*' or '=')
                && value is { Whole: { } n } && n >= 2 && n <= 170 && IsFactorial())
            {
                at++;
                value = ArithmeticRules.Factorial((int)n);
            }
            else if (c == '^' || c == '*' && at + 1 < text.Length && text[at + 1] == '*')
            {
                at += c == '^' ? 1 : 2;
                if (Signed() is not { } exponent)
                {
                    at = before;
                    return value;
                }
                value = ArithmeticRules.Power(value, exponent);
            }
            else
            {
                return value;
            }
            HasOperator = true;
        }
        return value;
    }

    // "5! = 120" is a factorial, "it is 5!" is not.
    private bool IsFactorial()
    {
        int next = at + 1;
        while (next < text.Length && text[next] == ' ')
            next++;
        return next == text.Length && context.EndsAtSign || next < text.Length && text[next]
            is '=' or '/' or '*' or ')' or '≈' or '·' or '×';
    }

    private Quantity? SuperscriptDigits()
    {
        const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        int start = at;
        bool isNegative = text[at] == '⁻';
        int value = 0, end = isNegative ? at + 1 : at;
        int first = end;
        for (; end < text.Length && end - first < 4 && Digits.IndexOf(text[end], StringComparison.Ordinal) is var digit
            && digit >= 0; end++)
            value = value * 10 + digit;
        at = end > first ? end : start;
        return end > first ? Quantity.Of(isNegative ? -value : value) : null;
    }

    private Quantity? Atom()
    {
        SkipSpaces();
        if (at >= text.Length)
            return null;
        char c = text[at];
        if (char.IsAsciiDigit(c) || c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
            return Number();
        if (c == '√')
            return Root();
        if (c is '(' or '[' or '{')
            return Bracket(c);
        return char.IsLetter(c) ? Word() : null;
    }

    private Quantity? Root()
    {
        at++;
        HasOperator = true;
        return Atom() is { } inner ? ArithmeticRules.Apply(Math.Sqrt, inner) : null;
    }

    // (…) groups; [a, b] and (a, b) are lists.
    private Quantity? Bracket(char open)
    {
        bool before = commasSeparate;
        at++;
        depth++;
        commasSeparate = CommasSeparate(open);
        Quantity? value = Items(open);
        commasSeparate = before;
        depth--;
        return value;
    }

    private Quantity? Items(char open)
    {
        char close = open == '(' ? ')' : open == '[' ? ']' : '}';
        List<Quantity> items = [];
        bool hasComma = false, hadOperator = HasOperator;
        HasOperator = false;
        while (true)
        {
            SkipSpaces();
            if (at < text.Length && text[at] == close && items.Count > 0)
                break;
            if (Sum() is not { } item || items.Count > 10_000)
                return null;
            items.Add(item);
            SkipSpaces();
            if (at < text.Length && text[at] is ',' or ';')
            {
                hasComma = true;
                at++;
            }
            else if (at < text.Length && text[at] != close && open == '[')
            {
                hasComma = true; // NumPy puts no commas
            }
            else if (at >= text.Length || text[at] != close)
            {
                return null;
            }
        }
        at++;
        bool isComputed = HasOperator;
        HasOperator |= hadOperator;
        return hasComma || open == '[' && !isComputed ? Quantity.Of(items)
            : isComputed ? items[0] with { Printed = null } : items[0];
    }

    private Quantity? Call(string name)
    {
        int bracket = at;
        bool isOpen = false;
        SkipSpaces();
        Quantity? argument = null;
        if (at < text.Length && text[at] is '(' or '[' or '{')
        {
            argument = Bracket(text[at]);
            if (text[bracket] == '[' && argument is not null && argument.IsList)
                argument = Quantity.Of([argument]);
        }
        else if (NamedFunctions.TakesBareNumber(name))
        {
            argument = Power();
            SkipSpaces();
            // "log a / b" may be the logarithm of a / b
            isOpen = at < text.Length && text[at] is '/' or '*' or '·' or '×';
        }
        if (argument is null || context.Call(name, argument) is not { } value)
            return null;
        HasOperator = true;
        return isOpen ? value with { IsOpen = true } : value;
    }
}
