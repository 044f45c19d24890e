using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>How far a function without brackets reaches.</summary>
internal static class FunctionConvention
{
    /// <summary>sin⁻¹ is the inverse function.</summary>
    public static Symbol Inverse(Symbol function) =>
        function.Letter is "sin" or "cos" or "tan" or "sinh" or "cosh" or "tanh"
        ? function with { Letter = (function.Letter.Length == 4 ? "ar" : "arc") + function.Letter }
        : function with { Superscripts = [.. function.Superscripts, new Negation(new Number(1, "1"))] };

    /// <summary>exp −x: a sign may begin the argument.</summary>
    public static bool TakesSign(Symbol function) =>
        function.Letter is "exp" or "log" or "ln" or "sin" or "cos" or "tanh" or "sigma";

    /// <summary>
    /// Whether what follows a factor of the argument still belongs to it: after 2 and 2π, x, Aᵀ, not after p(x) or a
    /// fraction, nor after the scores QKᵀ of a softmax.
    /// </summary>
    public static bool GoesOn(Symbol function, Expression last) => last switch
    {
        Number or Symbol or Power { Base: Number or Symbol } => true,
        Postfix { Operand: Symbol, Sign: PostfixSign.Transpose or PostfixSign.Inverse } =>
            KnownFunctions.Find(function.Letter) is not { Name: "softmax" or "log_softmax" },
        _ => false,
    };

    /// <summary>
    /// Whether a fraction or a root with which an argument begins is a coefficient of what follows: sin 2π/L x,
    /// log 1/K Σ w, tanh √(2/π)(x + …). Of a logarithm it is only where nothing varies in it.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="coefficient">What stands in a fraction with a bar, or below a root.</param>
    /// <param name="next">What follows.</param>
    public static bool IsCoefficient(Symbol function, Expression coefficient, Token next)
    {
        bool isBefore = next.Kind is TokenKind.Letter or TokenKind.Open or TokenKind.Big or TokenKind.Accent
            or TokenKind.GroupOpen or TokenKind.DoubleBar;
        return isBefore && coefficient switch
        {
            Root root => TakesAngle(function) && IsFixed(root, isSizeFixed: false),
            Quotient when TakesAngle(function) => true,
            Quotient fraction => function.Letter is "log" or "ln" or "exp" or "lg"
                && IsFixed(fraction, isSizeFixed: next.Kind is TokenKind.Big or TokenKind.DoubleBar),
            _ => false,
        };
    }

    private static bool TakesAngle(Symbol function) =>
        function.Letter is "sin" or "cos" or "tan" or "tanh" or "sinh" or "cosh";

    private static bool IsFixed(Expression part, bool isSizeFixed) => part.All().OfType<Symbol>().All(symbol =>
        symbol.Kind == SymbolKind.Constant || isSizeFixed && symbol.Letter is "N" or "n" or "K" or "k" or "M" or "m"
            or "B" or "T" or "L" or "S" or "J" or "I" or "D" or "d");

    /// <summary>
    /// Whether a stroke behind the argument of a function without brackets still belongs to it: log p/q and sin πx/L do
    /// as they are written without spaces, sin x/x and log x/n do not.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="argument">Its argument so far.</param>
    /// <param name="below">The letter or number below the stroke.</param>
    /// <param name="written">Whether without spaces, and with the same subscript as the argument.</param>
    public static bool Divides(
        Symbol function, Expression argument, Token below, (bool IsTight, bool HasSameScript) written)
    {
        bool isLetter = below.Kind == TokenKind.Letter;
        if (isLetter && argument.All().Any(part => part is Symbol symbol && symbol.Letter == below.Value))
            return false;
        if (function.Letter is not ("log" or "ln") || function.Superscripts.Count > 0)
            return written.IsTight && function.Letter is "sin" or "cos" or "tan" or "tanh" or "exp";
        if (argument is Number { Value: 1 } && isLetter && written.IsTight)
            return true; // log 1/p
        return argument is Symbol over && isLetter && IsChance(over.Letter) && IsChance(below.Value)
            && written.HasSameScript && (written.IsTight || over.Subscripts.Count > 0);
    }

    private static bool IsChance(string letter) => letter is "p" or "q" or "P" or "Q" or "r" or "x" or "y"
        or "u" or "v" or "f" or "g" or "pi" or "a" or "b";
}
