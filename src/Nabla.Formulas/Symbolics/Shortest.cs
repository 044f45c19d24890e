using System.Numerics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>
/// Of the forms that a sum can take, the shortest: as it is, multiplied out, or with what is common before brackets.
/// </summary>
internal static class Shortest
{
    private const int MostTerms = 40, LargestPower = 4;

    // Multiplying out must be worth it, for brackets show how something came about. (A + Aᵀ)x is better than Ax + Aᵀx
    // though it has as many signs, and so is 2w(wx − y).
    private const int ForMultiplyingOut = 2, ForMatrices = -2, ForTwoFactors = -1;

    public static Polynomial Of(Polynomial sum, Reduction reduction)
    {
        while (sum.Terms.Count > 1)
        {
            int length = Length(sum);
            Polynomial? better = null;
            foreach ((Polynomial other, int handicap) in Others(sum, reduction))
                if (Length(other) + handicap is var its && its < length)
                    (better, length) = (other, its);
            if (better is null)
                break;
            sum = better;
        }
        return sum;
    }

    /// <summary>What all terms have in common, and the sum without it; its first term is not negative.</summary>
    public static (Term Common, Polynomial Inner) Split(Polynomial sum, Reduction reduction)
    {
        Rational content = Content(sum);
        List<Factor> common = [];
        foreach (Factor factor in sum.Terms[0].Factors)
            if (LeastExponent(sum, factor) is { } least)
                common.Add(factor.With(least));
        Term shared = Term.Constant(content).With(common);
        Term inverse = Term.Constant(Rational.One / content)
            .With(common.Select(factor => factor.With(-factor.Exponent)));
        Polynomial rest = Polynomial.Sum(sum.Terms.SelectMany(
            term => reduction.Settled(term.Times(inverse)).Terms));
        return !rest.IsZero && Layout.Ordered(rest)[0].Coefficient.IsNegative
            ? (shared.Times(-1), -rest) : (shared, rest);
    }

    /// <summary>A term with its brackets multiplied out, or null where that would be too long.</summary>
    public static Polynomial? Expanded(Term term, Reduction reduction)
    {
        List<Term> terms = [term];
        foreach (Factor factor in term.Factors)
        {
            if (factor.Base is not Sum brackets || factor.Exponent.AsRational is not { IsInteger: true } power
                || power.IsNegative || power > LargestPower)
                continue;
            Term[] inside = [.. brackets.Terms.SelectMany(part => reduction.Read(part).Terms)];
            terms = [.. terms.Select(one => one.With(one.Factors.Where(other => other.BaseKey != factor.BaseKey)))];
            for (int i = 0; i < (int)power.Numerator; i++)
            {
                if (terms.Count * inside.Length > MostTerms)
                    return null;
                terms = [.. Polynomial.Sum(terms.SelectMany(one => inside.Select(one.Times))).Terms];
            }
        }
        return Polynomial.Sum(terms);
    }

    /// <summary>The sum with all brackets multiplied out, if that is shorter.</summary>
    public static Polynomial? MultipliedOut(Polynomial sum, Reduction reduction)
    {
        Polynomial?[] parts = [.. sum.Terms.Select(term => Expanded(term, reduction))];
        if (parts.Any(part => part is null))
            return null;
        Polynomial whole = Polynomial.Sum(parts.SelectMany(part => part!.Terms));
        return Length(whole) + ForMultiplyingOut < Length(sum) ? whole : null;
    }

    private static IEnumerable<(Polynomial Other, int Handicap)> Others(Polynomial sum, Reduction reduction)
    {
        if (MultipliedOut(sum, reduction) is { } whole)
            yield return (whole, 0);
        (Term common, Polynomial rest) = Split(sum, reduction);
        if (rest.IsZero)
        {
            yield return (rest, 0);
            yield break;
        }
        (Expression[] left, Expression[] right) = CommonEnds(rest);
        if (!common.IsConstant || left.Length + right.Length > 0)
        {
            Polynomial within = Polynomial.Sum(rest.Terms.Select(
                term => term.WithChain(term.Chain.Skip(left.Length).SkipLast(right.Length))));
            if (left.Length + right.Length == 0)
                yield return (reduction.Multiply(Polynomial.Of(common), Of(within, reduction)),
                    common.Coefficient.IsOne && common.Factors.Count < 2 ? 0 : ForTwoFactors);
            else
                yield return (Chained(common, left, within, right, reduction), ForMatrices);
        }
        else if (!common.Coefficient.IsOne)
            yield return (reduction.Multiply(Polynomial.Of(common), rest), 0);
    }

    private static Polynomial Chained(
        Term common, Expression[] left, Polynomial within, Expression[] right, Reduction reduction)
    {
        Term middle = reduction.AsTerm(Of(within, reduction));
        return Polynomial.Of(common.Times(middle).WithChain([.. left, .. middle.Chain, .. right]));
    }

    // What the chains of all terms begin and end with.
    private static (Expression[] Left, Expression[] Right) CommonEnds(Polynomial sum)
    {
        string[][] chains = [.. sum.Terms.Select(term => term.Chain.Select(TreeText.Of).ToArray())];
        int shortest = chains.Min(chain => chain.Length), left = 0, right = 0;
        while (left < shortest && chains.All(chain => chain[left] == chains[0][left]))
            left++;
        while (left + right < shortest && chains.All(chain => chain[^(right + 1)] == chains[0][^(right + 1)]))
            right++;
        IReadOnlyList<Expression> first = sum.Terms[0].Chain;
        return ([.. first.Take(left)], [.. first.TakeLast(right)]);
    }

    private static Rational Content(Polynomial sum)
    {
        BigInteger top = 0, bottom = 1;
        foreach (Rational coefficient in sum.Terms.Select(term => term.Coefficient))
        {
            top = BigInteger.GreatestCommonDivisor(top, coefficient.Numerator);
            bottom *= coefficient.Denominator / BigInteger.GreatestCommonDivisor(bottom, coefficient.Denominator);
        }
        // Decimals have no content that one would see.
        return sum.Terms.Any(term => term.Coefficient.IsDecimal) ? Rational.One : new Rational(top, bottom);
    }

    private static Polynomial? LeastExponent(Polynomial sum, Factor factor)
    {
        Polynomial least = factor.Exponent;
        foreach (Term term in sum.Terms)
        {
            if (term.Factors.FirstOrDefault(other => other.BaseKey == factor.BaseKey) is not { } here)
                return null;
            if (here.Exponent.Key == least.Key)
                continue;
            if (here.Exponent.AsRational is not { } power || least.AsRational is not { } other2)
                return null;
            if (power < other2)
                least = here.Exponent;
        }
        return least;
    }

    private static int Length(Polynomial sum) => TreeText.Length(Layout.Write(sum));
}
