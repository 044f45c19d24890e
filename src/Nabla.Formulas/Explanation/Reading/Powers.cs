using Nabla.Formulas.Evaluation.Rules;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How powers, roots and signs after an expression are read.</summary>
internal static class Powers
{
    public static Phrase Read(English english, Power power)
    {
        if (power.IsEntrywise)
            return new Phrase($"{Read(english, power with { IsEntrywise = false }).Text} (entry by entry)");
        if (power.Base is Symbol { Letter: "e", Kind: SymbolKind.Constant, IsBare: true })
            return Exponential(english, power.Exponent);
        if (power.Exponent is Number { Value: 2 })
            return Square(english, power.Base);
        if (power.Exponent is Number { Value: 3 })
            return IsName(power.Base) ? new Phrase(english.Read(power.Base).Text + " cubed")
                : english.Of("the cube of", power.Base);
        if (IsName(power.Base))
            return Raised(english.Read(power.Base).Text + " to the power", english, power.Exponent);
        return power.Exponent is Symbol exponent
            ? english.Of($"the {Spelling.Of(exponent)}-th power of", power.Base)
            : Raised(english.Read(power.Base).Bracketed().Text + " to the power", english, power.Exponent);
    }

    public static Phrase Root(English english, Root root) => root.Degree switch
    {
        null => english.Of("the square root of", root.Radicand),
        Number { Value: 3 } => english.Of("the cube root of", root.Radicand),
        { } degree => english.Of($"the {english.Read(degree).Text}-th root of", root.Radicand),
    };

    public static Phrase Postfix(English english, Postfix postfix) => postfix.Sign switch
    {
        PostfixSign.Transpose or PostfixSign.Adjoint => IsName(postfix.Operand)
            ? new Phrase(english.Read(postfix.Operand).Text + " transposed")
            : english.Of("the transpose of", postfix.Operand),
        PostfixSign.Inverse => english.OfName("the inverse of", postfix.Operand),
        PostfixSign.PseudoInverse => english.OfName("the pseudo-inverse of", postfix.Operand),
        _ => IsName(postfix.Operand) ? new Phrase(english.Read(postfix.Operand).Text + " factorial")
            : english.Of("the factorial of", postfix.Operand),
    };

    /// <summary>"e to the power minus x", or of something long "the exponential of …".</summary>
    public static Phrase Exponential(English english, Expression exponent) =>
        english.Read(exponent) is { IsShort: true, HasPause: false } && exponent is not Sum
            ? Raised("e to the power", english, exponent) : english.Of("the exponential of", exponent);

    private static Phrase Raised(string start, English english, Expression exponent)
    {
        Phrase phrase = english.Read(exponent);
        if (exponent is Symbol or Number || exponent is Negation { Operand: Symbol or Number })
            return new Phrase($"{start} {phrase.Text}");
        return phrase.HasPause || exponent is Sum ? new Phrase($"{start} {phrase.Bracketed().Text}")
            : Phrase.Open($"{start} {phrase.Text}");
    }

    private static Phrase Square(English english, Expression node) => node switch
    {
        _ when IsName(node) => new Phrase(english.Read(node).Text + " squared"),
        Sum { Terms: [not Negation, Negation] } difference when english.Read(difference) is { HasPause: false }
            && difference.Terms[0] is not Number && !MatrixForms.HasMatrixPower(difference, 2) =>
            Difference(english, difference),
        Delimited { Kind: DelimiterKind.Norm } norm => Brackets.Norm(english, norm, "squared "),
        Delimited { Kind: DelimiterKind.Absolute } size => english.Of("the squared absolute value of", size.Items[0]),
        Call call when Calls.Of(english, call) is { IsOpen: true } phrase
            && phrase.Text.StartsWith("the ", StringComparison.Ordinal) =>
                Phrase.Open("the squared " + phrase.Text[4..]),
        _ => english.Of("the square of", node),
    };

    private static Phrase Difference(English english, Sum sum)
    {
        string[] words = [english.Read(sum.Terms[0]).Text, english.Read(((Negation)sum.Terms[1]).Operand).Text];
        return Phrase.Open("the squared difference between " + Wording.List(words));
    }

    private static bool IsName(Expression node) => node is Symbol or Number || node is Postfix { Operand: Symbol };
}
