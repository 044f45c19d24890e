using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>σ′(z), tanh″(x): the derivative of a known function of one number, taken at an argument.</summary>
internal static class PrimedFunction
{
    private static readonly Symbol Variable = new("t");

    /// <summary>How many primes the function has.</summary>
    public static int Order(Call call) => call.Function is Symbol symbol ? symbol.Primes : 0;

    /// <summary>The function itself at the same argument, σ(z); null where the call is no derivative.</summary>
    public static Call? Unprimed(Call call)
    {
        if (call is not { Function: Symbol { Primes: 1 or 2 } primed, Arguments.Count: 1 })
            return null;
        Call function = call with { Function = primed with { Primes = 0 } };
        return ElementaryDerivatives.Knows(function) ? function : null;
    }

    /// <summary>
    /// The derivative written out, σ(z)(1 − σ(z)); null where the call is none, or there is no formula.
    /// </summary>
    public static Expression? WrittenOut(Call call)
    {
        if (Unprimed(call) is not { } function)
            return null;
        Expression? formula = function with { Arguments = [Variable] };
        for (int i = 0; i < Order(call) && formula is not null; i++)
            formula = Differentiator.Derivative(formula, Variable)?.Formula;
        return formula?.Rewrite(node => node.Equals(Variable) ? call.Arguments[0] : node);
    }
}
