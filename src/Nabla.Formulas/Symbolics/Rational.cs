using System.Globalization;
using System.Numerics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>An exact fraction in lowest terms, its denominator positive.</summary>
internal readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    // Longer numbers are left as they were written: nobody reads them, doubles do not hold them, and their powers grow
    // without bound.
    private const int MostDigits = 15, MostPlaces = 28;
    private const double Widest = 1e15, Narrowest = 1e-11;
    private static readonly BigInteger Largest = BigInteger.Pow(10, MostDigits);
    private static readonly BigInteger Finest = BigInteger.Pow(10, MostPlaces);

    // Exact roots beyond are not looked for.
    private const int MostRootDegree = 6;

    // Decimals with more digits are rounded, as doubles are.
    private const int MostDecimals = 15;
    private const int SmallestDecimal = 1_000_000_000; // one over this

    private readonly BigInteger numerator, denominator;

    public Rational(BigInteger numerator, BigInteger denominator, bool isDecimal = false)
    {
        if (denominator.Sign < 0)
            (numerator, denominator) = (-numerator, -denominator);
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        this.numerator = numerator / divisor;
        this.denominator = denominator / divisor;
        if (!isDecimal || this.denominator.IsOne || Decimal() is not { } digits)
            return;
        IsDecimal = true;
        if (digits.Length > MostDecimals + 2)
            (this.numerator, this.denominator) = Rounded(ToDouble());
    }

    public static Rational Zero { get; } = new(0, 1);

    public static Rational One { get; } = new(1, 1);

    public BigInteger Numerator => numerator;

    public BigInteger Denominator => denominator.IsZero ? BigInteger.One : denominator;

    /// <summary>Whether a decimal fraction went into it, so that it is written as one.</summary>
    public bool IsDecimal { get; }

    public bool IsZero => numerator.IsZero;

    public bool IsOne => Numerator.IsOne && Denominator.IsOne;

    public bool IsInteger => Denominator.IsOne;

    public bool IsNegative => numerator.Sign < 0;

    public int Sign => numerator.Sign;

    public bool IsTooLong => BigInteger.Abs(Numerator) > (IsDecimal ? Finest : Largest)
        || Denominator > (IsDecimal ? Finest : Largest);

    public static implicit operator Rational(int value) => new(value, 1);

    public static Rational operator +(Rational a, Rational b) => new(
        a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator,
        a.IsDecimal || b.IsDecimal);

    public static Rational operator -(Rational a) => new(-a.Numerator, a.Denominator, a.IsDecimal);

    public static Rational operator *(Rational a, Rational b) =>
        new(a.Numerator * b.Numerator, a.Denominator * b.Denominator, a.IsDecimal || b.IsDecimal);

    public static Rational operator /(Rational a, Rational b) =>
        new(a.Numerator * b.Denominator, a.Denominator * b.Numerator, a.IsDecimal || b.IsDecimal);

    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    /// <summary>The value as it was written, 0.1 as 1/10; null of one too long or not finite.</summary>
    public static Rational? Of(Number number)
    {
        if (!double.IsFinite(number.Value))
            return null;
        double size = Math.Abs(number.Value);
        if (size != 0 && (size > Widest || size < Narrowest))
            return null;
        // The shortest digits that say this double: what was written may have commas or spaces.
        decimal value = decimal.Parse(
            number.Value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
        return new Rational(Unscaled(value), BigInteger.Pow(10, value.Scale), value.Scale > 0);
    }

    /// <summary>The n-th power, 0 not to a negative one; null where it gets too long.</summary>
    public Rational? Power(BigInteger exponent)
    {
        if (IsOne)
            return this;
        if (BigInteger.Abs(exponent) > 200 || (IsZero && exponent.Sign < 0))
            return null;
        int n = (int)BigInteger.Abs(exponent);
        var power = new Rational(BigInteger.Pow(Numerator, n), BigInteger.Pow(Denominator, n), IsDecimal);
        if (power.IsTooLong)
            return null;
        return exponent.Sign < 0 ? One / power : power;
    }

    /// <summary>The exact value of a fraction above 0 to a broken exponent, or null: (4/9)^(3/2) = 8/27.</summary>
    public Rational? Power(Rational exponent)
    {
        if (exponent.IsInteger)
            return Power(exponent.Numerator);
        if (Sign <= 0 || exponent.Denominator > MostRootDegree)
            return null;
        int degree = (int)exponent.Denominator;
        return WholeRoot(Numerator, degree) is { } top && WholeRoot(Denominator, degree) is { } bottom
            ? new Rational(top, bottom, IsDecimal).Power(exponent.Numerator) : null;
    }

    public int CompareTo(Rational other) =>
        (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    public double ToDouble() => (double)Numerator / (double)Denominator;

    public override string ToString() => IsInteger
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    /// <summary>The decimal digits where there is an end to them within reason, or null.</summary>
    public string? Decimal()
    {
        if (BigInteger.Abs(Numerator) * SmallestDecimal < Denominator)
            return null;
        BigInteger rest = Denominator;
        int twos = 0, fives = 0;
        for (; rest.IsEven; rest /= 2)
            twos++;
        for (; (rest % 5).IsZero; rest /= 5)
            fives++;
        int digits = Math.Max(twos, fives);
        if (!rest.IsOne || digits > MostPlaces || BigInteger.Abs(Numerator) > Largest * Denominator)
            return null;
        BigInteger scaled = BigInteger.Abs(Numerator) * BigInteger.Pow(10, digits) / Denominator;
        string text = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        return (IsNegative ? "-" : "") + (digits == 0 ? text : $"{text[..^digits]}.{text[^digits..]}");
    }

    private static (BigInteger Numerator, BigInteger Denominator) Rounded(double value)
    {
        string digits = value.ToString("E14", CultureInfo.InvariantCulture);
        int mark = digits.IndexOf('E', StringComparison.Ordinal);
        var mantissa = BigInteger.Parse(digits.AsSpan(0, mark).ToString().Replace(".", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture);
        int exponent = int.Parse(digits.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            - (MostDecimals - 1);
        var scale = BigInteger.Pow(10, Math.Abs(exponent));
        (BigInteger top, BigInteger bottom) = exponent < 0 ? (mantissa, scale) : (mantissa * scale, BigInteger.One);
        var divisor = BigInteger.GreatestCommonDivisor(top, bottom);
        return (top / divisor, bottom / divisor);
    }

    private static BigInteger Unscaled(decimal value)
    {
        int[] bits = decimal.GetBits(value);
        BigInteger whole = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return value < 0 ? -whole : whole;
    }

    private static BigInteger? WholeRoot(BigInteger value, int degree)
    {
        // The double next to the root is near enough for all numbers whose root is exact and short.
        var guess = new BigInteger(Math.Round(Math.Pow((double)value, 1.0 / degree)));
        return guess < Largest && BigInteger.Pow(guess, degree) == value ? guess : null;
    }
}
