using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>
/// Winograd's F(4, 3): four outputs of a line in 6 multiplications instead of 12. Lavin and Gray 2016,
/// arXiv:1509.09308. Six pixels d and a kernel g of three become six sums each, Bᵀd and G·g; their products m, one by
/// one, give the four outputs Aᵀm. Here are these three matrices, and the transposes with which gradients go back.
/// </summary>
/// <remarks>
/// <para>Why it works. Kernel and outputs' gradients are the coefficients of polynomials, and a product of polynomials
/// is known from its values at six points. G evaluates the one at these points and A the other, and Bᵀ is what then has
/// to be done to the pixels.</para>
/// <para>Why these points. 0, ±√½, ±√2 and ∞ keep the numbers in all three matrices near 1. With the paper's ±1 and ±2
/// the largest rounding error is four times as large; with these it is about twice that of the plain sum in float
/// (measured with numpy for 32 and 128 channels).</para>
/// <para>Lanes are channels: each number of a line is a register of channels, and steps are in floats.</para>
/// </remarks>
internal static unsafe class WinogradLines
{
    private const float RootEighth = 0.35355339f, RootHalf = 0.70710678f;
    private const float RootTwo = 1.41421356f, RootEight = 2.82842712f;

    /// <summary>Bᵀd: from six pixels to six sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pixels<L>(float* d, nint step, float* sums, nint sumStep) where L : struct, ILane<L>
    {
        L d0 = L.Load(d, L.Count), d1 = L.Load(d + step, L.Count), d2 = L.Load(d + 2 * step, L.Count);
        L d3 = L.Load(d + 3 * step, L.Count), d4 = L.Load(d + 4 * step, L.Count), d5 = L.Load(d + 5 * step, L.Count);
        L minusTwo = L.Broadcast(-2), minusHalf = L.Broadcast(-0.5f), minusFiveHalves = L.Broadcast(-2.5f);
        L even = L.MultiplyAdd(d2, minusTwo, d4), odd = L.MultiplyAdd(d1, minusTwo, d3);
        L.Store(L.MultiplyAdd(d2, minusFiveHalves, d0 + d4), sums, L.Count);
        L.Store(L.MultiplyAdd(odd, L.Broadcast(RootHalf), even), sums + sumStep, L.Count);
        L.Store(L.MultiplyAdd(odd, L.Broadcast(-RootHalf), even), sums + 2 * sumStep, L.Count);
        even = L.MultiplyAdd(d2, minusHalf, d4);
        odd = L.MultiplyAdd(d1, minusHalf, d3);
        L.Store(L.MultiplyAdd(odd, L.Broadcast(RootTwo), even), sums + 3 * sumStep, L.Count);
        L.Store(L.MultiplyAdd(odd, L.Broadcast(-RootTwo), even), sums + 4 * sumStep, L.Count);
        L.Store(L.MultiplyAdd(d3, minusFiveHalves, d1 + d5), sums + 5 * sumStep, L.Count);
    }

    /// <summary>G·g: from three weights to six sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights<L>(float* g, nint step, float* sums, nint sumStep) where L : struct, ILane<L>
    {
        L g0 = L.Load(g, L.Count), g1 = L.Load(g + step, L.Count), g2 = L.Load(g + 2 * step, L.Count);
        L even = L.MultiplyAdd(g2, L.Broadcast(0.5f), g0) * L.Broadcast(-2f / 3), odd = g1 * L.Broadcast(RootTwo / -3);
        L.Store(g0, sums, L.Count);
        L.Store(even + odd, sums + sumStep, L.Count);
        L.Store(even - odd, sums + 2 * sumStep, L.Count);
        even = L.MultiplyAdd(g2, L.Broadcast(2), g0) * L.Broadcast(1f / 6);
        odd = g1 * L.Broadcast(RootTwo / 6);
        L.Store(even + odd, sums + 3 * sumStep, L.Count);
        L.Store(even - odd, sums + 4 * sumStep, L.Count);
        L.Store(g2, sums + 5 * sumStep, L.Count);
    }

    /// <summary>Aᵀm + shift: from six products to four outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Outputs<L>(float* m, nint step, L shift, float* y, nint outputStep) where L : struct, ILane<L>
    {
        L m1 = L.Load(m + step, L.Count), m2 = L.Load(m + 2 * step, L.Count);
        L m3 = L.Load(m + 3 * step, L.Count), m4 = L.Load(m + 4 * step, L.Count);
        L near = m1 + m2, far = m3 + m4, nearOdd = m1 - m2, farOdd = m3 - m4;
        L first = L.Load(m, L.Count) + shift, last = L.Load(m + 5 * step, L.Count) + shift;
        L.Store(first + near + far, y, L.Count);
        L.Store(
            L.MultiplyAdd(farOdd, L.Broadcast(RootTwo), L.MultiplyAdd(nearOdd, L.Broadcast(RootHalf), shift)),
            y + outputStep, L.Count);
        L.Store(
            L.MultiplyAdd(far, L.Broadcast(2), L.MultiplyAdd(near, L.Broadcast(0.5f), shift)),
            y + 2 * outputStep, L.Count);
        L.Store(
            L.MultiplyAdd(farOdd, L.Broadcast(RootEight), L.MultiplyAdd(nearOdd, L.Broadcast(RootEighth), last)),
            y + 3 * outputStep, L.Count);
    }

    /// <summary>A·dy: from the gradients of four outputs to those of six products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGradients<L>(float* dy, nint step, float* dm, nint productStep) where L : struct, ILane<L>
    {
        L y0 = L.Load(dy, L.Count), y1 = L.Load(dy + step, L.Count);
        L y2 = L.Load(dy + 2 * step, L.Count), y3 = L.Load(dy + 3 * step, L.Count);
        L even = L.MultiplyAdd(y2, L.Broadcast(0.5f), y0), odd = L.MultiplyAdd(y3, L.Broadcast(0.5f), y1);
        L.Store(y0, dm, L.Count);
        L.Store(L.MultiplyAdd(odd, L.Broadcast(RootHalf), even), dm + productStep, L.Count);
        L.Store(L.MultiplyAdd(odd, L.Broadcast(-RootHalf), even), dm + 2 * productStep, L.Count);
        even = L.MultiplyAdd(y2, L.Broadcast(2), y0);
        odd = L.MultiplyAdd(y3, L.Broadcast(2), y1);
        L.Store(L.MultiplyAdd(odd, L.Broadcast(RootTwo), even), dm + 3 * productStep, L.Count);
        L.Store(L.MultiplyAdd(odd, L.Broadcast(-RootTwo), even), dm + 4 * productStep, L.Count);
        L.Store(y3, dm + 5 * productStep, L.Count);
    }

    /// <summary>Gᵀs: from the gradients of six sums to those of three weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WeightGradients<L>(float* s, nint step, float* dg, nint weightStep) where L : struct, ILane<L>
    {
        L s1 = L.Load(s + step, L.Count), s2 = L.Load(s + 2 * step, L.Count);
        L s3 = L.Load(s + 3 * step, L.Count), s4 = L.Load(s + 4 * step, L.Count);
        L near = (s1 + s2) * L.Broadcast(-2f / 3), far = (s3 + s4) * L.Broadcast(1f / 6);
        L.Store(L.Load(s, L.Count) + near + far, dg, L.Count);
        L.Store(
            L.MultiplyAdd(s3 - s4, L.Broadcast(RootTwo / 6), (s1 - s2) * L.Broadcast(RootTwo / -3)),
            dg + weightStep, L.Count);
        L.Store(
            L.MultiplyAdd(far, L.Broadcast(2), L.MultiplyAdd(near, L.Broadcast(0.5f), L.Load(s + 5 * step, L.Count))),
            dg + 2 * weightStep, L.Count);
    }
}
