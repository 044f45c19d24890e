using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>Powers, roots, logarithms and absolute values.</summary>
internal sealed partial class Reduction
{
    private static Rational MinusOne => -1;

    private Polynomial Power(Polynomial power, Rational exponent) => Power(power, Polynomial.Constant(exponent));

    private Polynomial Power(Polynomial sum, Polynomial exponent)
    {
        if (exponent.IsZero)
            return Polynomial.One;
        if (exponent.IsOne)
            return sum;
        if (sum.AsRational is { } number && Folded(number, exponent) is { } folded)
            return folded;
        if (sum.IsZero)
            throw new NotSimplifiedException(); // a division by zero is left for all to see
        Term term = AsTerm(sum);
        if (term.Coefficient.IsZero)
            return Power(Polynomial.Zero, exponent);
        if (term.Chain.Count > 0)
            return Polynomial.Of(Term.OfChain(new Power(Layout.Write(sum), Layout.Write(exponent))));
        if (IsExponential(term))
            return Exponential(MultipliedOut(term.Factors[0].Exponent, exponent));
        return exponent.AsRational is { IsInteger: true } whole
            ? WholePower(term, whole, exponent) : BrokenPower(term, exponent);
    }

    private static Polynomial? Folded(Rational number, Polynomial exponent)
    {
        if (exponent.AsRational is not { } power)
            return number.IsOne ? Polynomial.One : null;
        if (number.IsZero && !power.IsNegative)
            return Polynomial.Zero;
        return power.IsInteger && number.Power(power.Numerator) is { } value ? Polynomial.Constant(value) : null;
    }

    private Polynomial WholePower(Term term, Rational whole, Polynomial exponent)
    {
        if (term.Coefficient.Power(whole.Numerator) is not { } coefficient)
            return term is { IsConstant: true, Coefficient: { IsInteger: true, IsNegative: false } }
                ? Polynomial.Of(new Factor(Layout.Write(Polynomial.Of(term)), exponent))
                : throw new NotSimplifiedException();
        return Settled(Term.Constant(coefficient).With(
            term.Factors.Select(factor => factor.With(MultipliedOut(factor.Exponent, exponent)))));
    }

    // √(4x) = 2√x, √(x²) = |x|, (x³)^(1/3) = x; other products stay together: √(xy) is not √x·√y where both are
    // negative.
    private Polynomial BrokenPower(Term term, Polynomial exponent)
    {
        Polynomial outside = Polynomial.One;
        if (!term.Coefficient.IsOne && exponent.AsRational is { } rational
            && term.Coefficient.Power(rational) is { } pulled)
            (outside, term) = (Polynomial.Constant(pulled), term.WithCoefficient(Rational.One));
        if (IsExponential(term))
            return Multiply(outside, Exponential(MultipliedOut(term.Factors[0].Exponent, exponent)));
        if (term.IsConstant)
            return Multiply(outside, PowerOfNumber(term.Coefficient, exponent));
        if (term is { Coefficient.IsOne: true, Factors: [var factor] })
        {
            bool isEven = factor.Exponent.AsRational is { IsInteger: true } inner && inner.Numerator.IsEven;
            if (isEven)
                return Multiply(
                    outside, Power(Absolute(Polynomial.Of(factor.Base)), MultipliedOut(factor.Exponent, exponent)));
            if (factor.Exponent.AsRational is not null)
                return Multiply(outside, Polynomial.Of(factor.With(MultipliedOut(factor.Exponent, exponent))));
        }
        return Multiply(outside, Polynomial.Of(new Factor(Layout.Write(Polynomial.Of(term)), exponent)));
    }

    private Polynomial PowerOfNumber(Rational number, Polynomial exponent)
    {
        if (number.IsOne)
            return Polynomial.One;
        if (number.IsNegative && exponent.AsRational is not null)
            throw new NotSimplifiedException(); // the root of a negative number is none
        if (number.IsNegative || number.IsDecimal || exponent.AsRational is null)
            return Polynomial.Of(new Factor(Layout.Write(Polynomial.Constant(number)), exponent));
        Polynomial above = Single(number.Numerator, exponent), below = Single(number.Denominator, -exponent);
        return Multiply(above, below);
    }

    private static Polynomial Single(System.Numerics.BigInteger number, Polynomial exponent)
    {
        var value = new Rational(number, 1);
        if (value.IsOne)
            return Polynomial.One;
        return exponent.AsRational is { } power && value.Power(power) is { } root ? Polynomial.Constant(root)
            : Polynomial.Of(new Factor(Layout.Write(Polynomial.Constant(value)), exponent));
    }

    /// <summary>e to an exponent; e^(a·log b) is b^a.</summary>
    private Polynomial Exponential(Polynomial exponent)
    {
        if (exponent.IsZero)
            return Polynomial.One;
        if (exponent.Terms is [{ Chain.Count: 0 } term]
            && term.Factors.FirstOrDefault(factor => factor.Exponent.IsOne && factor.Base is Call call
                && Functions.IsNaturalLogarithm(call)) is { Base: Call logarithm } found)
            return Power(Read(logarithm.Arguments[0]),
                Polynomial.Of(term.With(term.Factors.Where(factor => !ReferenceEquals(factor, found)))));
        return exponent.Terms.Any(part => part.Chain.Count > 0)
            ? Polynomial.Of(Term.OfChain(Functions.Exp(Layout.Write(exponent))))
            : Polynomial.Of(new Factor(Functions.Euler, exponent));
    }

    private static bool IsExponential(Term term) =>
        term is { Coefficient.IsOne: true, Factors: [var single] } && Functions.IsEuler(single.Base);

    // A number is multiplied into an exponent, so that (x^(n − 1))² meets x^(2n − 2).
    private Polynomial MultipliedOut(Polynomial a, Polynomial b)
    {
        if (a.AsRational is { } left)
            return Shortest.Of(b.Times(left), this);
        if (b.AsRational is { } right)
            return Shortest.Of(a.Times(right), this);
        return Multiply(a, b);
    }

    private Polynomial ReadCall(Call call)
    {
        if (call.Arguments.Count != 1)
            return Atom(call.WithChildren([call.Function, .. call.Arguments.Select(Simple)]));
        Expression argument = call.Arguments[0];
        if (Functions.IsPlain(call, "exp"))
            return Exponential(Read(argument));
        if (Functions.IsPlain(call, "sqrt"))
            return Power(Read(argument), new Rational(1, 2));
        if (Functions.IsPlain(call, "abs"))
            return Absolute(Read(argument));
        Polynomial inside = Read(argument);
        if (Functions.IsNaturalLogarithm(call) && inside.Terms.Count == 1)
        {
            if (inside.IsOne)
                return Polynomial.Zero;
            if (IsExponential(inside.Terms[0]))
                return inside.Terms[0].Factors[0].Exponent;
        }
        return Atom(call.WithChildren([call.Function, Layout.Write(inside)]));
    }

    // |−2x²y| = 2x²|y|.
    private Polynomial Absolute(Polynomial inside)
    {
        if (inside.IsZero)
            return inside;
        Term term = AsTerm(inside);
        if (term.Chain.Count > 0)
            return Atom(new Delimited(DelimiterKind.Absolute, [Layout.Write(inside)]));
        List<Factor> outside = [], within = [];
        foreach (Factor factor in term.Factors)
            (IsNeverNegative(factor) ? outside : within).Add(factor);
        Rational size = term.Coefficient.IsNegative ? MinusOne * term.Coefficient : term.Coefficient;
        Term before = Term.Constant(size).With(outside);
        if (within.Count == 0)
            return Polynomial.Of(before);
        Expression bars = new Delimited(DelimiterKind.Absolute,
            [Layout.Write(Polynomial.Of(Term.Constant(Rational.One).With(within)))]);
        return Polynomial.Of(before.Times(Term.Of(new Factor(bars, Polynomial.One))));
    }

    private static bool IsNeverNegative(Factor factor) => Functions.IsEuler(factor.Base)
        || factor.Base is Number { Value: > 0 }
        || factor.Base is Delimited { Kind: DelimiterKind.Absolute or DelimiterKind.Norm or DelimiterKind.Indicator }
        || factor.Exponent.AsRational is { } power && (!power.IsInteger || power.Numerator.IsEven);
}
