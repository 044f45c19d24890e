using System.Numerics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>A power in a product: something that is no sum of its own, to an exponent.</summary>
/// <param name="Base">What is raised, already simplified.</param>
/// <param name="Exponent">Its exponent, never 0.</param>
internal sealed record Factor(Expression Base, Polynomial Exponent)
{
    /// <summary>Equal for equal bases.</summary>
    public string BaseKey { get; } = TreeText.Of(Base);

    /// <summary>The same base to another exponent.</summary>
    public Factor With(Polynomial exponent) => this with { Exponent = exponent };
}

/// <summary>
/// c·b₁^e₁·b₂^e₂·…·A·B·x: a fraction, powers that commute, and a chain of matrices and vectors that do not.
/// </summary>
internal sealed class Term
{
    private Term(Rational coefficient, Factor[] factors, Expression[] chain)
    {
        (Coefficient, Factors, Chain) = (coefficient, factors, chain);
        Key = string.Concat(factors.Select(factor => $"{factor.BaseKey}^{factor.Exponent.Key};"))
            + "|" + string.Join(' ', chain.Select(TreeText.Of));
    }

    public Rational Coefficient { get; }

    /// <summary>In the order of their keys, each base once.</summary>
    public IReadOnlyList<Factor> Factors { get; }

    /// <summary>In the order in which they are multiplied.</summary>
    public IReadOnlyList<Expression> Chain { get; }

    /// <summary>Equal for terms that differ in the coefficient only.</summary>
    public string Key { get; }

    public bool IsConstant => Factors.Count == 0 && Chain.Count == 0;

    public static Term Constant(Rational value) => new(value, [], []);

    public static Term Of(Factor factor) => Make(Rational.One, [factor], []);

    public static Term OfChain(Expression link) => new(Rational.One, [], [link]);

    public Term Times(Rational value) => new(Coefficient * value, [.. Factors], [.. Chain]);

    public Term Times(Term other) =>
        Make(Coefficient * other.Coefficient, [.. Factors, .. other.Factors], [.. Chain, .. other.Chain]);

    public Term With(IEnumerable<Factor> factors) => Make(Coefficient, factors, [.. Chain]);

    /// <summary>Another base in the place of a factor's, for writing only.</summary>
    public Term WithFactor(Factor old, Factor changed) =>
        new(Coefficient, [.. Factors.Select(factor => ReferenceEquals(factor, old) ? changed : factor)], [.. Chain]);

    public Term WithChain(IEnumerable<Expression> chain) => new(Coefficient, [.. Factors], [.. chain]);

    public Term WithCoefficient(Rational value) => new(value, [.. Factors], [.. Chain]);

    private static Term Make(Rational coefficient, IEnumerable<Factor> factors, Expression[] chain)
    {
        var merged = new SortedDictionary<string, Factor>(StringComparer.Ordinal);
        foreach (Factor factor in factors)
        {
            Polynomial exponent = merged.TryGetValue(factor.BaseKey, out Factor? other)
                ? other.Exponent + factor.Exponent : factor.Exponent;
            if (exponent.IsZero)
                merged.Remove(factor.BaseKey);
            else
                merged[factor.BaseKey] = factor.With(exponent);
        }
        foreach (Factor factor in merged.Values.Where(factor => factor.Base is Number or Negation).ToArray())
            coefficient = Folded(merged, factor, coefficient);
        return new Term(coefficient, [.. merged.Values], chain);
    }

    private static Rational? ValueOf(Expression number) => number switch
    {
        Number plain => Rational.Of(plain),
        Negation { Operand: Number positive } => -Rational.Of(positive),
        _ => null,
    };

    // Whole powers of numbers go into the coefficient, and what is left has an exponent from 0 to 1: 2·√2·√2 is 4,
    // and 1/√2 is √2/2.
    private static Rational Folded(SortedDictionary<string, Factor> merged, Factor factor, Rational coefficient)
    {
        if (factor.Exponent.AsRational is not { } exponent || ValueOf(factor.Base) is not { } value)
            return coefficient;
        Rational left = Rational.Zero;
        if (value.Power(exponent) is not { } power)
        {
            BigInteger whole = BigInteger.Divide(exponent.Numerator, exponent.Denominator);
            if (exponent.IsNegative && !exponent.IsInteger)
                whole -= 1;
            left = exponent + new Rational(-whole, 1);
            if (value.Power(whole) is not { } folded)
                return coefficient;
            power = folded;
        }
        if ((coefficient * power).IsTooLong)
            return coefficient;
        if (left.IsZero)
            merged.Remove(factor.BaseKey);
        else
            merged[factor.BaseKey] = factor.With(Polynomial.Constant(left));
        return coefficient * power;
    }
}

/// <summary>A sum of terms that differ in more than their coefficients, in the order of their keys.</summary>
internal sealed class Polynomial
{
    private Polynomial(Term[] terms)
    {
        Terms = terms;
        Key = string.Join('+', terms.Select(term => $"{term.Coefficient}*{term.Key}"));
    }

    public static Polynomial Zero { get; } = new([]);

    public static Polynomial One { get; } = Constant(Rational.One);

    public IReadOnlyList<Term> Terms { get; }

    /// <summary>Equal for equal sums.</summary>
    public string Key { get; }

    public bool IsZero => Terms.Count == 0;

    public bool IsOne => AsRational is { IsOne: true };

    /// <summary>The number that it is, or null.</summary>
    public Rational? AsRational => Terms.Count == 0 ? Rational.Zero
        : Terms.Count == 1 && Terms[0].IsConstant ? Terms[0].Coefficient : null;

    public static Polynomial Constant(Rational value) => value.IsZero ? Zero : new([Term.Constant(value)]);

    public static Polynomial Of(Term term) => term.Coefficient.IsZero ? Zero : new([term]);

    public static Polynomial Of(Factor factor) => Of(Term.Of(factor));

    public static Polynomial Of(Expression atom) => Of(new Factor(atom, One));

    /// <summary>The sum of terms, like ones collected.</summary>
    public static Polynomial Sum(IEnumerable<Term> terms)
    {
        var collected = new SortedDictionary<string, Term>(StringComparer.Ordinal);
        foreach (Term term in terms)
            collected[term.Key] = collected.TryGetValue(term.Key, out Term? other)
                ? other.WithCoefficient(other.Coefficient + term.Coefficient) : term;
        return new([.. collected.Values.Where(term => !term.Coefficient.IsZero)]);
    }

    public static Polynomial operator +(Polynomial a, Polynomial b) => Sum([.. a.Terms, .. b.Terms]);

    public static Polynomial operator -(Polynomial a) => a.Times(-1);

    public Polynomial Times(Rational value) =>
        value.IsZero ? Zero : new([.. Terms.Select(term => term.Times(value))]);
}
