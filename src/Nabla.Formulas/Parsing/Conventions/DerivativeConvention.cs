using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>dL/dW and ∂²f/∂x∂y are derivatives and no quotients.</summary>
internal static class DerivativeConvention
{
    /// <summary>The derivative that a fraction writes, or the quotient.</summary>
    public static Expression Quotient(Expression numerator, Expression denominator)
    {
        bool above = TryDifferential(numerator, out string sign, out int order, out Expression? of);
        if (!above || !TryVariables(denominator, sign, out List<Expression> variables) || variables.Count != order)
            return new Quotient(numerator, denominator);
        return new Derivative(sign == "partial", of, [.. variables]);
    }

    /// <summary>Whether a numerator ends with a differential that has something before it: a, dy of a dy/dx.</summary>
    public static bool TrySplit(Expression numerator, out Expression? before, out Expression differential)
    {
        (before, differential) = (null, numerator);
        if (numerator is not Product { Sign: ProductSign.None } product)
            return false;
        int start = product.Factors.Count - 2;
        if (start < 0 || !TrySign(product.Factors[start], out _, out _))
            return false;
        differential = new Product([.. product.Factors.Skip(start)]);
        if (start > 0)
            before = start == 1 ? product.Factors[0] : new Product([.. product.Factors.Take(start)]);
        return true;
    }

    /// <summary>An operator d/dx before something; it is taken first, and then its value at the place x = 2.</summary>
    public static Expression Apply(Derivative operation, Expression of) =>
        of is Delimited { Kind: DelimiterKind.EvaluatedAt, Subscript: Relation { Members: [var at, ..] } } place
            && operation.Variables.Contains(at)
            ? place with { Items = [new Derivative(operation.IsPartial, place.Items[0], operation.Variables)] }
            : new Derivative(operation.IsPartial, of, operation.Variables);

    // ∂, ∂², ∂z, d²f
    private static bool TryDifferential(Expression numerator, out string sign, out int order, out Expression? of)
    {
        of = null;
        NodeList<Expression> factors = numerator is Product { Sign: ProductSign.None } product
            ? product.Factors : [numerator];
        if (!TrySign(factors[0], out sign, out order))
            return false;
        if (factors.Count == 2)
            of = factors[1];
        else if (factors.Count > 2)
            of = new Product([.. factors.Skip(1)]);
        return true;
    }

    private static bool TrySign(Expression factor, out string sign, out int order)
    {
        order = 1;
        if (factor is Power { Base: Symbol, Exponent: Number { Value: >= 1 and <= 9 } exponent } power)
        {
            order = (int)exponent.Value;
            factor = power.Base;
        }
        sign = factor is Symbol { Letter: "d" or "partial", IsBare: true, Accents.Count: 0, Primes: 0 } symbol
            ? symbol.Letter : "";
        return sign.Length > 0;
    }

    // ∂x ∂y, dx²
    private static bool TryVariables(Expression denominator, string sign, out List<Expression> variables)
    {
        variables = [];
        if (denominator is not Product { Sign: ProductSign.None } product)
            return false;
        int i = 0;
        while (i < product.Factors.Count)
        {
            if (!TrySign(product.Factors[i], out string other, out int order) || other != sign || order != 1
                || i + 1 == product.Factors.Count)
                return false;
            Expression variable = product.Factors[i + 1];
            int times = 1;
            if (variable is Power { Exponent: Number { Value: >= 2 and <= 9 } exponent } power)
            {
                times = (int)exponent.Value;
                variable = power.Base;
            }
            variables.AddRange(Enumerable.Repeat(variable, times));
            i += 2;
        }
        return true;
    }
}
