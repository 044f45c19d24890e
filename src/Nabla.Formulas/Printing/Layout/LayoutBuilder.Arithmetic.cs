using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Layout;

/// <content>Sums, products, fractions, powers.</content>
internal sealed partial class LayoutBuilder
{
    private RowBox SumBox(Sum sum)
    {
        var parts = new List<Box>();
        for (int i = 0; i < sum.Terms.Count; i++)
        {
            Expression term = sum.Terms[i] is Negation { Operand: var operand } ? operand : sum.Terms[i];
            if (sum.Terms[i] is Negation)
                parts.Add(i == 0 ? Minus : new SignBox("−", SignRole.Infix));
            else if (i > 0)
                parts.Add(new SignBox("+", SignRole.Infix));
            // A sum would take in what comes next, if that has its index.
            bool isClosed = i + 1 < sum.Terms.Count && SumReachConvention.TakesIn(term, sum.Terms[i + 1]);
            parts.Add(isClosed ? Bracketed(Inside(term)) : At(term, Level.Open));
        }
        return new RowBox(parts);
    }

    private Piece LayProduct(Product product)
    {
        // x · tanh x would read as the product of each pair of entries.
        if (product.Factors.Count == 2 && product.Sign == ProductSign.Dot
            && ElementwiseConvention.Holds(product.Factors, product.Sign))
            return Lay(new Delimited(DelimiterKind.InnerProduct, product.Factors));
        bool isSigned = product.Sign != ProductSign.None;
        SignBox sign = isSigned ? new SignBox(SignOf(product.Sign), SignRole.Infix) : SignBox.Beside;
        Level least = isSigned ? Level.Product : Level.Factor;
        var parts = new List<Box>();
        bool isOpen = false;
        for (int i = 0; i < product.Factors.Count; i++)
        {
            Expression factor = product.Factors[i];
            if (i > 0)
                parts.Add(sign);
            // Only the last one may be open, log x. Each is laid out once: what lies in it may be deep.
            bool isLast = i == product.Factors.Count - 1;
            Piece piece = isLast ? Lay(factor) : Closed(factor, least);
            isOpen = isLast && piece.Level == Level.Open && factor is not Product { Sign: not ProductSign.None };
            parts.Add(isOpen ? piece.Box
                : i > 0 && !isSigned && (StartsWithDigit(factor) && !IsTurn(product, i)
                    || IsWord(factor) && IsWord(product.Factors[i - 1])) ? Bracketed(piece.Box)
                : Fitted(piece, least));
            if (i > 0 && !isSigned)
                Doubt(product.Factors, i, parts);
        }
        return new(new RowBox(parts), isOpen ? Level.Open : isSigned ? Level.SignedProduct : Level.Product);
    }

    // A (B + C) may be read as A applied, xᵀ σ(y − z) as x times σ times the bracket.
    private void Doubt(NodeList<Expression> factors, int at, List<Box> parts)
    {
        Expression factor = factors[at];
        bool isBeforeBracket = IsBracket(parts[^1]) && IsNamed(factors[at - 1]);
        bool isLetterApplied = factor is Call { Function: Symbol { Letter: "sigma" }, Arguments: [Sum] };
        isDoubtful |= isBeforeBracket || isLetterApplied;
        // What has brackets already got them with all names before it.
        for (int i = at - 1; isCareful && isBeforeBracket && i >= 0 && IsNamed(factors[i])
            && parts[2 * i] is not FenceBox { Open: "(" }; i--)
            parts[2 * i] = Bracketed(parts[2 * i]); // gᵀ (A) (C u) would read as g applied to A
        if (isCareful && isLetterApplied)
            parts[^1] = Bracketed(parts[^1]);
    }

    private static bool IsBracket(Box box) =>
        box is FenceBox { Open: "(" } || box is ScriptBox script && IsBracket(script.Base);

    // x, xᵢ, x², xᵀ and √x: what stands behind may be taken for an argument.
    private static bool IsNamed(Expression node) => node switch
    {
        Symbol => true,
        Power power => IsNamed(power.Base),
        Postfix postfix => IsNamed(postfix.Operand),
        Element element => IsNamed(element.Target),
        Root root => IsNamed(root.Radicand),
        _ => false,
    };

    // The 2 of i2π needs no brackets.
    private static bool IsTurn(Product product, int at) => product.Factors[at] is Number
        && product.Factors[at - 1] is Symbol { IsBare: true, Letter.Length: 1 }
        && at + 1 < product.Factors.Count && product.Factors[at + 1] is Symbol { Letter: "pi", IsBare: true };

    // Two words side by side are read as one name.
    private bool IsWord(Expression node) => linear && node is Symbol { Letter.Length: > 1, IsBare: true } word
        && !GreekLetters.IsNamed(word.Letter);

    private bool StartsWithDigit(Expression node) => node switch
    {
        Number => true,
        Power power => StartsWithDigit(power.Base),
        Postfix postfix => StartsWithDigit(postfix.Operand),
        _ => false,
    };

    private static string SignOf(ProductSign sign) => sign switch
    {
        ProductSign.Dot => "·",
        ProductSign.Times => "×",
        ProductSign.Star => "*",
        ProductSign.Hadamard => "⊙",
        ProductSign.Outer => "⊗",
        ProductSign.Matrix => "@",
        ProductSign.Convolution => "∗",
        _ => "",
    };

    private Piece LayQuotient(Quotient quotient)
    {
        if (!linear)
            return new(new FractionBox(Inside(quotient.Numerator), Inside(quotient.Denominator)), Level.Factor);
        Box above = At(quotient.Numerator, Level.Product), below = At(quotient.Denominator, Level.Power);
        return new(Row(above, new SignBox("/", SignRole.Postfix), below), Level.SignedProduct);
    }

    private Piece LayPower(Power power)
    {
        Box exponent = Inside(power.Exponent);
        if (power.IsEntrywise)
            exponent = Row(new SignBox("∘", SignRole.Ordinary), exponent);
        if (power is { Base: Call { Function: Symbol function } call, Exponent: Number }
            && Functions.TakesPowers(function) && function.Superscripts.Count == 0)
        {
            ScriptBox name = new(Undecorated(function), Subscript(function.Subscripts), exponent);
            return new(Row(new NamedBox(function, name), Arguments(call)), Level.Power);
        }
        // A word above an entry would be a label of it.
        if (power is { Base: Symbol { Subscripts.Count: > 0 }, Exponent: Symbol { Letter.Length: > 1 } word }
            && !GreekLetters.IsNamed(word.Letter))
            return new(new ScriptBox(Bracketed(Inside(power.Base)), null, exponent), Level.Power);
        return new(new ScriptBox(WithoutAbove(power.Base), null, exponent), Level.Power);
    }

    /// <summary>An operand that a superscript can be put on.</summary>
    private Box WithoutAbove(Expression node) =>
        node is Symbol { Superscripts.Count: > 0 } or Symbol { Prefix.Length: > 0 }
            ? Bracketed(Inside(node)) : At(node, Level.Atom);

    private Piece LayRoot(Root root)
    {
        Box? degree = root.Degree is null ? null : Inside(root.Degree);
        if (!linear)
            return new(new RootBox(Inside(root.Radicand), degree), Level.Atom);
        bool isShort = root.Radicand is Number || root.Radicand is Symbol { Superscripts.Count: 0, Prefix: "" } symbol
            && (symbol.Letter.Length == 1 || GreekLetters.IsNamed(symbol.Letter));
        Box radicand = Inside(root.Radicand);
        return new(new RootBox(isShort ? radicand : Bracketed(radicand), degree), Level.Power);
    }

    private Box PostfixBox(Postfix postfix)
    {
        if (postfix.Sign == PostfixSign.Factorial)
            return Row(At(postfix.Operand, Level.Atom), new SignBox("!", SignRole.Postfix));
        Box sign = postfix.Sign switch
        {
            PostfixSign.Transpose => new SignBox("⊤", SignRole.Ordinary),
            PostfixSign.Adjoint => new LetterBox("H", Alphabet.Upright),
            PostfixSign.PseudoInverse => new SignBox("†", SignRole.Ordinary),
            _ => Row(Minus, new NumberBox("1")),
        };
        return new ScriptBox(WithoutAbove(postfix.Operand), null, sign);
    }

    private RowBox InfixBox(Infix infix)
    {
        var parts = new List<Box>();
        bool isPrefix = infix.Operands.Count == 1;
        foreach (Expression operand in infix.Operands)
        {
            if (isPrefix || parts.Count > 0)
                parts.Add(new SignBox(infix.Sign, isPrefix ? SignRole.Prefix : SignRole.Infix));
            parts.Add(At(operand, Level.SignedProduct));
        }
        return new RowBox(parts);
    }
}
