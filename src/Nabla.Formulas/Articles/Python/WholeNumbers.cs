using System.Numerics;

namespace Nabla.Formulas.Articles.Python;

/// <summary>Python's whole numbers, which have as many digits as they need.</summary>
internal static class WholeNumbers
{
    /// <summary>So many bits take as much memory as a character.</summary>
    public const int BitsPerCharacter = 16;

    private const int MostBits = 60_000, WordBits = 64;
    private const long LargestExact = 1L << 53;

    /// <summary>An operator on two of them, or on truth values.</summary>
    public static object Binary(string sign, object left, object right)
    {
        BigInteger a = Operators.Whole(left), b = Operators.Whole(right);
        if (sign is "//" or "%" && b.IsZero)
            throw new PythonException("division by zero");
        if (sign is "&" or "|" or "^" && left is bool x && right is bool y)
            return sign == "&" ? x && y : sign == "|" ? x || y : x != y;
        if (sign is "*" or "//" or "%")
            Meter.Digits(a, b);
        else if (sign == "<<" && b.Sign > 0)
            Meter.Characters((long)BigInteger.Min(b, MostBits) / BitsPerCharacter);
        return sign switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a.GetBitLength() + b.GetBitLength() <= MostBits ? a * b : throw Operators.TooLong(),
            "//" => FloorDivide(a, b),
            "%" => a - FloorDivide(a, b) * b,
            "**" => Power(a, b),
            "&" => a & b,
            "|" => a | b,
            "^" => a ^ b,
            "<<" when b >= 0 && b + a.GetBitLength() < MostBits => a << (int)b,
            ">>" when b >= 0 && b < MostBits => a >> (int)b,
            _ => throw PythonException.NotKnown($"int {sign} int"),
        };
    }

    private static BigInteger FloorDivide(BigInteger a, BigInteger b)
    {
        BigInteger quotient = BigInteger.DivRem(a, b, out BigInteger rest);
        return rest.IsZero || rest.Sign == b.Sign ? quotient : quotient - 1;
    }

    private static object Power(BigInteger a, BigInteger b)
    {
        if (b.Sign < 0)
            return Operators.Reals("**", Nearest(a), Nearest(b));
        if (!a.IsZero && !BigInteger.Abs(a).IsOne && b * a.GetBitLength() > MostBits)
            throw Operators.TooLong();
        long bits = (long)BigInteger.Min(b * a.GetBitLength(), MostBits);
        Meter.Digits(bits, bits);
        return BigInteger.Abs(a) <= 1 ? a.IsOne || a.IsZero && b.Sign > 0 ? a : b.IsEven ? BigInteger.One : a
            : BigInteger.Pow(a, (int)b);
    }

    /// <summary>a / b, rounded once: what is divided has a word more than the divisor, and what is left over counts as
    /// one bit more.</summary>
    public static double Quotient(BigInteger a, BigInteger b)
    {
        if (b.IsZero)
            throw new PythonException("division by zero");
        if (BigInteger.Abs(a) <= LargestExact && BigInteger.Abs(b) <= LargestExact)
            return (double)a / (double)b;
        Meter.Digits(a, b);
        int shift = (int)(b.GetBitLength() - a.GetBitLength()) + WordBits;
        BigInteger whole = BigInteger.DivRem(BigInteger.Abs(a) << Math.Max(shift, 0),
            BigInteger.Abs(b) << Math.Max(-shift, 0), out BigInteger rest);
        double size = Math.ScaleB(Nearest((whole << 1) + (rest.IsZero ? 0 : 1)), -shift - 1);
        return double.IsFinite(size) ? a.Sign * b.Sign * size : throw Operators.TooLong();
    }

    /// <summary>The fraction that is nearest.</summary>
    /// <exception cref="PythonException">It is too large for one.</exception>
    public static double Nearest(BigInteger value)
    {
        BigInteger size = BigInteger.Abs(value);
        int extra = (int)Math.Max(0, size.GetBitLength() - WordBits);
        ulong top = (ulong)(size >> extra);
        bool isExact = extra == 0 || (new BigInteger(top) << extra) == size;
        double nearest = Math.ScaleB((double)(isExact ? top : top | 1), extra);
        return double.IsFinite(nearest) ? value.Sign * nearest
            : throw new PythonException("a whole number is too large for a fraction");
    }
}
