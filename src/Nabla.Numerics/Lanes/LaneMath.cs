using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Lanes;

/// <summary>
/// The transcendental functions of all lane types, written once: a number gives the same bits in every lane width.
/// Coefficients are minimax fits made for this file (Remez exchange in 40 digits, weights: relative error).
/// </summary>
internal static partial class LaneMath
{
    private const double Log2E = 1.4426950408889634;
    // ln 2 in two parts: n·High is exact for |n| ≤ 2¹⁵, with or without fused multiply-add.
    private const double Ln2High = 0.693359375;
    private const double Ln2Low = -2.1219444005469058e-4;
    // Adding and subtracting 1.5·2²³ rounds to the nearest whole number.
    private const double RoundingShift = 12582912;

    /// <summary>eˣ = 2ⁿ·eʳ with |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Exp<L>(L x) where L : struct, ILane<L>, IReal<L>
    {
        x = L.AtLeast(-104, L.AtMost(89, x));
        L r = Reduce(x, out L n);
        L p = L.MultiplyAdd(L.MultiplyAdd(ExpTail(r), r, 1), r, 1);
        return L.ScaleByPowerOfTwo(p, n);
    }

    /// <summary>tanh |x| = −m / (m + 2) with m = e^(−2|x|) − 1, which keeps small x exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Tanh<L>(L x) where L : struct, ILane<L>, IReal<L>
    {
        L r = Reduce(L.AtLeast(-20, L.Abs(x) * -2), out L n);
        L m = L.MultiplyAdd(r * r, ExpTail(r), r);
        L power = L.ScaleByPowerOfTwo(1, n);
        m = L.MultiplyAdd(power, m, power - 1);
        return L.CopySign(m / (m + 2), x);
    }

    /// <summary>ln x = e·ln 2 + ln(1 + f) with x = 2ᵉ·(1 + f), |f| ≤ 1/3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Log<L>(L x) where L : struct, ILane<L>, IReal<L>
    {
        L f = Fraction(x, out L exponent);
        L q = L.MultiplyAdd(LogTail(f), f, -0.5);
        L log = L.MultiplyAdd(exponent, Ln2Low, L.MultiplyAdd(f * f, q, f));
        log = L.MultiplyAdd(exponent, Ln2High, log);

        log = L.WherePositive(x, log, L.WherePositive(-x, double.NaN, double.NegativeInfinity));
        return L.WherePositive(double.PositiveInfinity - x, log, x);
    }

    /// <summary>σ(x) = 1/(1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Sigmoid<L>(L x) where L : struct, ILane<L>, IReal<L> => 1 / (1 + L.Exp(-x));

    /// <summary>erf x: an odd polynomial up to 1, then 1 − e^p(|x|) with p fitted to ln erfc.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Erf<L>(L x) where L : struct, ILane<L>, IReal<L>
    {
        L s = x * x;
        L near = L.Horner(7.85386874e-05, s, -0.000801019603, 0.00518832775, -0.0268538129);
        near = L.Horner(near, s, 0.112835854, -0.37612626, 0.128379166);
        near = L.MultiplyAdd(near, x, x);

        L t = L.AtMost(4, L.Abs(x));
        L p = L.Horner(0.000186378864, t, -0.00294765574, 0.0218380559, -0.103106745);
        p = L.Horner(p, t, -0.638144851, -1.12708914, -0.000341523526);
        L far = L.CopySign(1 - Exp(p), x);
        return L.WherePositive(t - 1, far, near);
    }

    /// <summary>r = x − n·ln 2 with n the whole number nearest x / ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Reduce<L>(L x, out L n) where L : struct, ILane<L>, IReal<L>
    {
        n = L.MultiplyAdd(x, Log2E, RoundingShift) - RoundingShift;
        return L.MultiplyAdd(n, -Ln2Low, L.MultiplyAdd(n, -Ln2High, x));
    }

    /// <summary>(eʳ − 1 − r) / r² for |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L ExpTail<L>(L r) where L : struct, ILane<L>, IReal<L> =>
        L.MultiplyAdd(L.Horner(0.00139462354, r, 0.00836647395, 0.0416662879, 0.16666545), r, 0.5);

    /// <summary>f and e with x = 2ᵉ·(1 + f), |f| ≤ 1/3, for a positive x, also a denormal one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Fraction<L>(L x, out L exponent) where L : struct, ILane<L>, IReal<L>
    {
        L normalFrom = 1.1754943508222875e-38;
        L below = normalFrom - x;
        L normal = L.WherePositive(below, x * 16777216, x);
        exponent = L.Exponent(normal);
        L f = L.ScaleByPowerOfTwo(normal, -exponent) - 1;
        exponent += L.WherePositive(below, -24, 0);
        return f;
    }

    /// <summary>(ln(1 + f) − f + f²/2) / f³ for |f| ≤ 1/3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L LogTail<L>(L f) where L : struct, ILane<L>, IReal<L>
    {
        L q = L.MultiplyAdd(-0.132836863, f, 0.139813542);
        q = L.Horner(q, f, -0.120862283, 0.140064195, -0.166887015);
        return L.Horner(q, f, 0.200103819, -0.249995381, 0.333332151);
    }
}
