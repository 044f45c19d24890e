using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation;

/// <summary>Where the numbers of a name must lie, so that a formula has a value.</summary>
public enum Domain
{
    /// <summary>Anywhere.</summary>
    Numbers,

    /// <summary>Above 0, as below a root.</summary>
    Positive,

    /// <summary>Above 0, and of a list adding up to 1, as what a logarithm is taken of.</summary>
    Probabilities,
}

/// <summary>Finds the domain of a name from the places where it stands.</summary>
public static class Domains
{
    /// <summary>The domain of a name of a formula, as far as its places tell.</summary>
    public static Domain Of(Formula? formula, string name)
    {
        if (formula is null)
            return Domain.Numbers;
        Expression[] nodes = [.. formula.Tree.All()];
        if (nodes.Any(node => node is Call { Letter: "log" or "ln" or "log2" or "H" } call
            && call.Arguments.Any(argument => Is(argument, name))) || nodes.Any(node => WeighsLog(node, name)))
            return Domain.Probabilities;
        bool isPositive = nodes.Any(node => node is Root root && Is(root.Radicand, name)
            || node is Power power && IsFraction(power.Exponent) && Is(power.Base, name)
            || node is Call { Letter: "sqrt" or "log1p" } call && call.Arguments.Any(argument => Is(argument, name)));
        return isPositive ? Domain.Positive : Domain.Numbers;
    }

    /// <summary>Moves samples of N(0, 1) into a domain, of lists row by row.</summary>
    internal static void Move(double[] numbers, int row, Domain domain)
    {
        if (domain == Domain.Numbers)
            return;
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = Math.Exp(numbers[i]);
        if (domain != Domain.Probabilities)
            return;
        for (int start = 0; start < numbers.Length; start += row)
        {
            Span<double> part = numbers.AsSpan(start, row);
            double sum = row == 1 ? 1 + part[0] : 0; // one alone is a share of two
            foreach (double number in part)
                sum += row == 1 ? 0 : number;
            foreach (ref double number in part)
                number /= sum;
        }
    }

    private static bool IsFraction(Expression exponent) => exponent is Quotient
        || exponent is Negation negative && IsFraction(negative.Operand)
        || exponent is Number { Value: var value } && value != Math.Floor(value);

    // p of p log q: what logarithms are weighted with.
    private static bool WeighsLog(Expression node, string name) => node is Product product
        && product.Factors.Any(factor => factor is Call { Letter: "log" or "ln" or "log2" })
        && product.Factors.Any(factor => Is(factor, name));

    // The name itself, an entry of it or its value somewhere; a share of it, and 1 minus it.
    private static bool Is(Expression node, string name) => node switch
    {
        Symbol symbol => symbol.Name == name || symbol.StemName == name,
        Element element => Is(element.Target, name),
        Call { Function: Symbol function, Letter: not ("log" or "ln" or "exp") } => function.Name == name,
        Product product => product.Factors.Any(factor => Is(factor, name)),
        Quotient quotient => Is(quotient.Numerator, name) || Is(quotient.Denominator, name),
        Sum { Terms: [Number { Value: 1 }, Negation { Operand: var taken }] } => Is(taken, name),
        _ => false,
    };
}
