using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>
/// Writes sums of products as a person would: highest powers first, numbers before letters and those in the order of
/// the alphabet, what has a negative exponent below a bar, a minus sign not at the beginning where that can be avoided.
/// </summary>
internal static class Layout
{
    public static Expression Write(Polynomial sum)
    {
        if (sum.IsZero)
            return Functions.Zero;
        Term[] terms = [.. Ordered(sum)];
        if (terms.Length == 1)
            return Write(terms[0]);
        int first = Array.FindIndex(terms, term => !term.Coefficient.IsNegative);
        if (first > 0)
            terms = [terms[first], .. terms[..first], .. terms[(first + 1)..]];
        return new Sum([.. terms.Select(Write)]);
    }

    /// <summary>The terms in the order in which they are written, but for the signs.</summary>
    public static IReadOnlyList<Term> Ordered(Polynomial sum)
    {
        if (sum.Terms.Count < 2)
            return sum.Terms;
        string[] letters = [.. sum.Terms.SelectMany(term => term.Factors).Where(factor => factor.Base is Symbol)
            .Select(factor => factor.BaseKey).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        bool isPolynomial = sum.Terms.Any(term => term.Factors.Count > 0
            && term.Factors.All(factor => factor.Base is Symbol or Product && !Functions.IsEuler(factor.Base)));
        return [.. sum.Terms
            .OrderBy(term => term.IsConstant ? isPolynomial ? 2 : 0 : 1)
            .ThenByDescending(Degree)
            .ThenBy(term => term, Comparer<Term>.Create((a, b) => CompareLetters(a, b, letters)))
            .ThenBy(Names, StringComparer.OrdinalIgnoreCase)
            .ThenBy(term => term.Key.Length)
            .ThenBy(term => term.Key, StringComparer.Ordinal)];
    }

    private static Expression Write(Term term)
    {
        if (term.Coefficient.IsNegative)
            return Turned(term) is { } turned ? Write(turned) : new Negation(Write(term.Times(-1)));
        term = WithRootsBelow(term);
        List<Expression> above = [], below = [];
        Rational coefficient = term.Coefficient;
        if (coefficient.IsDecimal && coefficient.Decimal() is { } digits)
            above.Add(NumberOf(digits));
        else
        {
            if (!coefficient.Numerator.IsOne)
                above.Add(NumberOf(new Rational(coefficient.Numerator, 1).ToString()));
            if (!coefficient.IsInteger)
                below.Add(NumberOf(new Rational(coefficient.Denominator, 1).ToString()));
        }
        foreach (Factor factor in term.Factors.OrderBy(Place)
            .ThenBy(factor => TreeText.Names(factor.Base), StringComparer.OrdinalIgnoreCase)
            .ThenBy(factor => factor.BaseKey, StringComparer.Ordinal))
            if (IsBelow(factor))
                below.AddRange(Parts(PowerOf(factor.Base, -factor.Exponent)));
            else
                above.AddRange(Parts(PowerOf(factor.Base, factor.Exponent)));
        above.AddRange(term.Chain);
        Expression numerator = ProductOf(above);
        return below.Count == 0 ? numerator : new Quotient(numerator, ProductOf(below));
    }

    // √2/2 is written 1/√2.
    private static Term WithRootsBelow(Term term)
    {
        foreach (Factor factor in term.Factors)
            if (factor.Base is Number number && !term.Coefficient.IsDecimal
                && factor.Exponent.AsRational is { } exponent && Rational.Of(number) is { IsInteger: true } value
                && (term.Coefficient.Denominator % value.Numerator).IsZero)
                term = term.WithCoefficient(term.Coefficient * value)
                    .WithFactor(factor, factor.With(Polynomial.Constant(exponent + -1)));
        return term;
    }

    // −2(y − x) is 2(x − y).
    private static Term? Turned(Term term)
    {
        foreach (Factor factor in term.Factors)
            if (factor.Base is Sum sum && factor.Exponent.AsRational is { IsInteger: true } power
                && !power.Numerator.IsEven && Turned(sum) is { } other)
                return term.Times(-1).WithFactor(factor, factor with { Base = other });
        for (int i = 0; i < term.Chain.Count; i++)
            if (term.Chain[i] is Sum sum && Turned(sum) is { } other)
                return term.Times(-1).WithChain([.. term.Chain.Take(i), other, .. term.Chain.Skip(i + 1)]);
        return null;
    }

    // The negated sum, if that has no minus sign at its beginning.
    private static Sum? Turned(Sum sum)
    {
        if (!sum.Terms.Any(term => term is Negation))
            return null;
        Expression[] turned = [.. sum.Terms.Select(
            term => term is Negation negation ? negation.Operand : new Negation(term))];
        return new Sum([.. turned.OrderBy(term => term is Negation)]);
    }

    private static Expression ProductOf(List<Expression> factors)
    {
        if (factors.Count == 0)
            return Functions.One;
        if (factors.Count == 1)
            return factors[0];
        bool twoNumbers = factors[1] is Number or Power { Base: Number } or Quotient;
        return new Product([.. factors], twoNumbers ? ProductSign.Dot : ProductSign.None);
    }

    private static NodeList<Expression> Parts(Expression power) =>
        power is Product { Sign: ProductSign.None } product ? product.Factors : [power];

    private static Expression PowerOf(Expression number, Polynomial exponent)
    {
        if (exponent.IsOne)
            return number;
        if (Functions.IsEuler(number))
            return Functions.Exp(Write(exponent));
        return exponent.AsRational is { } half && half == new Rational(1, 2)
            ? new Root(number) : new Power(number, Write(exponent));
    }

    private static bool IsBelow(Factor factor)
    {
        if (factor.Exponent.AsRational is { } power)
            return power.IsNegative && !Functions.IsEuler(factor.Base);
        return factor.Base is not Number && !Functions.IsEuler(factor.Base)
            && factor.Exponent.Terms.All(term => term.Coefficient.IsNegative);
    }

    private static int Place(Factor factor) => factor.Base switch
    {
        Number => 0,
        Symbol symbol when Functions.IsEuler(symbol) => 6,
        Symbol { Kind: SymbolKind.Constant } => 1,
        Symbol => 2,
        Call => 4,
        Sum => 5,
        Delimited { Kind: DelimiterKind.Indicator } => 7,
        _ => 3,
    };

    private static string Names(Term term) =>
        string.Join(' ', term.Factors.Select(factor => factor.Base).Concat(term.Chain).Select(TreeText.Names));

    // wᵀx counts as a product of two numbers.
    private static double Degree(Term term) => term.Factors.Sum(factor =>
        (factor.Base is Symbol ? 1 : factor.Base is Product ? 2 : 0) * (factor.Exponent.AsRational?.ToDouble() ?? 0));

    private static int CompareLetters(Term a, Term b, string[] letters)
    {
        foreach (string letter in letters)
            if (Exponent(b, letter).CompareTo(Exponent(a, letter)) is not 0 and var order)
                return order;
        return 0;
    }

    private static Rational Exponent(Term term, string letter) =>
        term.Factors.FirstOrDefault(factor => factor.BaseKey == letter)?.Exponent.AsRational ?? Rational.Zero;

    private static Number NumberOf(string digits) =>
        new(double.Parse(digits, System.Globalization.CultureInfo.InvariantCulture), digits);
}
