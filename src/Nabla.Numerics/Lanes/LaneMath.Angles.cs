using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Lanes;

/// <remarks>
/// Sine and cosine bring x into |r| ≤ π/4 by r = x − n·π/2 and take one of two polynomials, by n mod 4. The difference
/// must be exact also where r is tiny against x: π/2 is cut into four parts, the first three of at most 11 bits, so
/// that n times a part has no rounding for n below 2¹³ (Cody and Waite 1980). Larger numbers are rare: they go one by
/// one through double precision, whose library reduces any number exactly.
/// </remarks>
internal static unsafe partial class LaneMath
{
    private const double TwoOverPi = 0.63661977236758134;
    private const double HalfPi1 = 1.5703125, HalfPi2 = 4.837512969970703125e-4, HalfPi3 = 7.549533620476723e-08,
        HalfPi4 = 2.5633440682570896e-12;

    // n = 5215 for the last number below: 13 bits.
    private const double LargestAngle = 8192;

    // π/2 = High + Low with a float for High: subtracted from High and put right with Low.
    private const double HalfPiHigh = 1.57079637050628662, HalfPiLow = -4.37113900018624283e-8;

    /// <summary>sin x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Sin<L>(L x) where L : struct, ILane<L>, IReal<L>
    {
        L y = L.WherePositive(L.Abs(x), Wave(x, 0), x); // keeps the sign of zero
        return AnyFar(x) ? Far(x, y, cosine: false) : y;
    }

    /// <summary>cos x, a quarter turn ahead of sin x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Cos<L>(L x) where L : struct, ILane<L>, IReal<L>
    {
        L y = Wave(x, 1);
        return AnyFar(x) ? Far(x, y, cosine: true) : y;
    }

    /// <summary>atan |x| by an odd polynomial up to 1, from there as π/2 − atan(1/|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Atan<L>(L x) where L : struct, ILane<L>, IReal<L>
    {
        L a = L.Abs(x), beyond = a - 1;
        L t = L.WherePositive(beyond, 1 / a, a), s = t * t;
        L p = L.Horner(-0.00182721391, s, 0.0110644456, -0.0314557105, 0.0582345612);
        p = L.Horner(p, s, -0.0841946006, 0.109575763, -0.142652452);
        p = L.MultiplyAdd(L.MultiplyAdd(p, s, 0.199986383), s, -0.333333015);
        L near = L.MultiplyAdd(t * s, p, t);
        return L.CopySign(L.WherePositive(beyond, HalfPiHigh - near + HalfPiLow, near), x);
    }

    /// <summary>sin(x + quarters·π/2) for |x| ≤ <see cref="LargestAngle"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Wave<L>(L x, double quarters) where L : struct, ILane<L>, IReal<L>
    {
        L n = L.MultiplyAdd(x, TwoOverPi, RoundingShift) - RoundingShift;
        L r = L.MultiplyAdd(n, -HalfPi2, L.MultiplyAdd(n, -HalfPi1, x));
        r = L.MultiplyAdd(n, -HalfPi4, L.MultiplyAdd(n, -HalfPi3, r));
        L s = r * r;
        L sine = L.MultiplyAdd(-0.000195171378, s, 0.00833217707);
        sine = L.MultiplyAdd(r * s, L.MultiplyAdd(sine, s, -0.166666552), r);
        L cosine = L.MultiplyAdd(2.44382718e-05, s, -0.00138873665);
        cosine = L.MultiplyAdd(s * s, L.MultiplyAdd(cosine, s, 0.0416666456), 1 - 0.5 * s);

        n += quarters;
        L half = L.Floor(n * 0.5), odd = n - 2 * half, negative = half - 2 * L.Floor(half * 0.5);
        L y = L.WherePositive(odd, cosine, sine);
        return L.WherePositive(negative, -y, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AnyFar<L>(L x) where L : struct, ILane<L>, IReal<L> =>
        L.MaxAcross(L.WherePositive(L.Abs(x) - LargestAngle, 1, 0)) > 0;

    /// <summary>y with the lanes whose x is large computed again, each as if it were alone.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static L Far<L>(L x, L y, bool cosine) where L : struct, ILane<L>, IReal<L>
    {
        float* angles = stackalloc float[16], values = stackalloc float[16];
        L.Store(x, angles, L.Count);
        L.Store(y, values, L.Count);
        for (int i = 0; i < L.Count; i++)
            if (MathF.Abs(angles[i]) > LargestAngle)
                values[i] = (float)(cosine ? Math.Cos(angles[i]) : Math.Sin(angles[i]));
        return L.Load(values, L.Count);
    }
}
