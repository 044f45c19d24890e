using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

// What binds looser than a sum: ∪, ∩, ∖, mod; and the % of a program, which binds as · and / do.
internal sealed partial class Parser
{
    private Expression ParseInfix()
    {
        int first = at;
        Expression left = WithModulus(ParseSum(), first);
        while (Kind == TokenKind.Infix || Concatenates())
        {
            if (Current.Is(TokenKind.Infix, "mod"))
            {
                left = WithTermModulus(left, first);
                continue;
            }
            string sign = Current.Value;
            var operands = new List<Expression> { left };
            while (Kind == TokenKind.Infix && Current.Value == sign || sign == "‖" && Concatenates())
            {
                at++;
                operands.Add(ParseSum());
            }
            left = Placed(new Infix(sign, [.. operands]), first);
        }
        return left;
    }

    // i + j mod n: all that is added before it, as people mean it; behind it one term, so that a mod b + c adds c.
    private Expression WithTermModulus(Expression left, int first)
    {
        bool isBracket = tokens[first].Kind == TokenKind.Open && brackets.Partner(first) == at - 1;
        at++;
        Expression remainder = Placed(new Infix("mod", [left, ParseSigned()]), first);
        if (left is Sum && !isBracket)
            Choose(left.Source, $"{Quote(left.Source)} as a whole is what is divided", "only its last term");
        if (Kind is TokenKind.Plus or TokenKind.Minus)
            Choose(remainder.Source, $"{Quote(remainder.Source)} is one term of the sum",
                "the whole sum behind mod is the modulus");
        return WithTerms(remainder, first);
    }

    // a \pmod m, a (mod m)
    private Expression WithModulus(Expression left, int first)
    {
        Expression modulus;
        if (Kind == TokenKind.Structure && Current.Value == "pmod")
        {
            at++;
            modulus = ParseArgument("pmod");
        }
        else if (OpensModulus())
        {
            int open = at;
            at += 2;
            modulus = ParseSum();
            RequireClose(open);
        }
        else
            return left;
        return Placed(new Infix("mod", [left, modulus]), first);
    }

    private bool OpensModulus() => Kind == TokenKind.Open && Next.Is(TokenKind.Infix, "mod");

    // a * b % c: the remainder of the product so far.
    private void TakeRemainder(List<Expression> factors, ref ProductSign? sign, int first)
    {
        Expression divided = Joined(factors, sign, first);
        at++;
        Expression remainder = new Infix("mod", [divided, ParseFactorBehindSign()]);
        factors.Clear();
        factors.Add(Placed(remainder, first));
        sign = null;
    }
}
