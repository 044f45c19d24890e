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
    /// Whether a stroke behind the argument of a function without brackets still belongs to it: log p/q and sin πx/L do
    /// as they are written without spaces, sin x/x and log x/n do not.
    /// </summary>
    public static bool Divides(Symbol function, Expression argument, Expression below, bool isTight)
    {
        if (below is not (Symbol or Number) || below is Symbol symbol && argument.All().Contains(symbol))
            return false;
        bool isLog = function.Letter is "log" or "ln" && function.Superscripts.Count == 0;
        if (!isLog)
            return isTight && function.Letter is "sin" or "cos" or "tan" or "tanh" or "exp";
        return argument is Symbol over && below is Symbol under && IsChance(over) && IsChance(under)
            && (isTight || over.Subscripts.Count > 0) && over.Subscripts.SequenceEqual(under.Subscripts);
    }

    private static bool IsChance(Symbol symbol) => symbol.Letter is "p" or "q" or "P" or "Q" or "r" or "x" or "y"
        or "u" or "v" or "f" or "g" or "pi" or "a" or "b";
}
