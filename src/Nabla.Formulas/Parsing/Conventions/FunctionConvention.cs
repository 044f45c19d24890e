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
    /// Whether what follows a factor of the argument still belongs to it: after 2 and 2π, x, not after p(x) or a
    /// fraction.
    /// </summary>
    public static bool GoesOn(Expression last) => last is Number or Symbol or Power { Base: Number or Symbol };
}
