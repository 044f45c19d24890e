using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Lanes;

/// <remarks>
/// xʸ = e^(y·log x): an error of the product is a relative error of the power, and the product may be 88, so a
/// logarithm of 24 bits would lose 6 of them. Here it has two parts, high + low, of about 26 bits, and the product
/// more: the error is 3 units in the last place for |y·log x| up to 8, and grows to 20 at the ends of the range.
/// Sums and products that must not lose a bit are the classic ones of Knuth and of Dekker (1971), which need no fused
/// multiply-add: a number is split into two of 12 bits, whose products are exact.
/// </remarks>
internal static unsafe partial class LaneMath
{
    /// <summary>eˣ − 1 = 2·(2ⁿ⁻¹·(eʳ − 1) + 2ⁿ⁻¹ − ½): nothing cancels, and the halves stay finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Expm1<L>(L x) where L : struct, ILane<L>, IReal<L>
    {
        L r = Reduce(L.AtLeast(-20, L.AtMost(89, x)), out L n);
        L m = L.MultiplyAdd(r * r, ExpTail(r), r);
        L power = L.ScaleByPowerOfTwo(1, n - 1);
        L y = L.MultiplyAdd(power, m, power - 0.5) * 2;
        return L.WherePositive(L.Abs(x), y, x); // keeps the sign of zero
    }

    /// <summary>
    /// log(1 + x) = log u + (x − (u − 1))/u with u = 1 + x rounded: what the rounding lost is put back.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Log1p<L>(L x) where L : struct, ILane<L>, IReal<L>
    {
        L u = 1 + x, log = Log(u);
        L finite = L.AtMost(u, double.PositiveInfinity - u); // NaN for an infinite u, like u below 0 not positive
        L y = L.WherePositive(finite, log + (x - (u - 1)) / u, log);
        return L.WherePositive(L.Abs(x), y, x);
    }

    /// <summary>xʸ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Pow<L>(L x, L y) where L : struct, ILane<L>, IReal<L>
    {
        L a = L.Abs(x);
        L power = PositivePower(a, y);
        // 0ʸ and ∞ʸ; a NaN comes here too, and stays.
        L up = L.WherePositive(y, double.PositiveInfinity, L.WherePositive(-y, 0, 1 + (y - y)));
        L down = L.WherePositive(y, 0, L.WherePositive(-y, double.PositiveInfinity, 1 + (y - y)));
        power = L.WherePositive(a, L.WherePositive(double.PositiveInfinity - a, power, up), down + a);

        L whole = L.Floor(y), odd = whole - 2 * L.Floor(whole * 0.5);
        L signed = L.WherePositive(odd, -power, power);
        return L.WherePositive(-x, L.WherePositive(y - whole, double.NaN, signed), power);
    }

    /// <summary>aʸ for 0 &lt; a &lt; ∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L PositivePower<L>(L a, L y) where L : struct, ILane<L>, IReal<L>
    {
        LogParts(a, out L high, out L low);
        L product = L.WherePositive(L.Abs(high), y * high, L.WherePositive(L.Abs(y), 0, y)); // also 1^∞ = 1
        Split(y, out L y1, out L y2);
        Split(high, out L h1, out L h2);
        L rest = y1 * h1 - product + y1 * h2 + y2 * h1 + y2 * h2;
        rest = L.MultiplyAdd(y, low, rest);
        // Beyond 200 the power is 0 or ∞; splitting a y beyond 1e30 would overflow.
        rest = L.WherePositive(L.AtMost(200 - L.Abs(product), 1e30 - L.Abs(y)), rest, 0);
        L power = Exp(product);
        L exact = L.MultiplyAdd(power, rest, power);
        return L.WherePositive(double.PositiveInfinity - power, exact, power);
    }

    /// <summary>log a = high + low with low below a last bit of high: e·ln 2 + f − f²/2 + f³·(…), as in Log.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LogParts<L>(L a, out L high, out L low) where L : struct, ILane<L>, IReal<L>
    {
        L f = Fraction(a, out L exponent);
        Split(f, out L f1, out L f2);
        L whole = exponent * Ln2High, square = -0.5 * f1 * f1;
        L sum = Add(whole, f, out L lost1);
        sum = Add(sum, square, out L lost2);
        L rest = -f2 * (f1 + 0.5 * f2) + f * f * f * LogTail(f) + exponent * Ln2Low + (lost1 + lost2);
        high = sum + rest;
        low = sum - high + rest;
    }

    /// <summary>a + b rounded, and what the rounding lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Add<L>(L a, L b, out L lost) where L : struct, ILane<L>, IReal<L>
    {
        L sum = a + b, part = sum - a;
        lost = a - (sum - part) + (b - part);
        return sum;
    }

    /// <summary>x = high + low, each of at most 12 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split<L>(L x, out L high, out L low) where L : struct, ILane<L>, IReal<L>
    {
        L scaled = 4097 * x;
        high = scaled - (scaled - x);
        low = x - high;
    }
}
