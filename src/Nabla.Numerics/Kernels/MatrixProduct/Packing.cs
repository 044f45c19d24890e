using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Kernels.MatrixProduct;

/// <summary>
/// Copies a panel of B (some columns, all k of a block) so that the kernel reads it in one unbroken stream:
/// panel[k·width + j]. Columns beyond B's edge are zeros.
/// </summary>
internal static unsafe class Packing
{
    private const int Square = 8;

    /// <summary>Packs a panel whose columns lie next to each other.</summary>
    /// <param name="source">B(0, 0) of the panel.</param>
    /// <param name="depthStep">From one k to the next.</param>
    /// <param name="columns">Columns that exist, at most <paramref name="width"/>.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="panel">Where to, depth · width floats.</param>
    /// <param name="width">Columns of the panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyRows<TLane>(
        float* source, nint depthStep, int columns, int depth, float* panel, int width)
        where TLane : struct, ILane<TLane>
    {
        for (int k = 0; k < depth; k++, source += depthStep, panel += width)
        {
            int j = 0;
            for (; j + TLane.Width <= columns; j += TLane.Width)
                TLane.Store(TLane.Load(source + j), panel + j);
            for (; j < columns; j++)
                panel[j] = source[j];
            for (; j < width; j++)
                panel[j] = 0;
        }
    }

    /// <summary>Packs a panel whose k lie next to each other: a transposition, in squares of 8 × 8 where possible.</summary>
    /// <param name="source">B(0, 0) of the panel.</param>
    /// <param name="columnStep">From one column to the next.</param>
    /// <param name="columns">Columns that exist, at most <paramref name="width"/>.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="panel">Where to, depth · width floats.</param>
    /// <param name="width">Columns of the panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(
        float* source, nint columnStep, int columns, int depth, float* panel, int width)
    {
        int squareColumns = Avx.IsSupported ? columns - columns % Square : 0;
        int squareDepth = depth - depth % (2 * Square);
        for (int k = 0; k < squareDepth; k += 2 * Square)
            for (int j = 0; j < squareColumns; j += Square)
            {
                // Two squares use a cache line up: when columns lie a multiple of 4 KiB apart, it is soon evicted.
                float* from = source + j * columnStep + k, to = panel + k * width + j;
                TransposeSquare(from, columnStep, to, width);
                TransposeSquare(from + Square, columnStep, to + Square * width, width);
            }

        for (int j = 0; j < width; j++)
            for (int k = j < squareColumns ? squareDepth : 0; k < depth; k++)
                panel[k * width + j] = j < columns ? source[j * columnStep + k] : 0;
    }

    /// <summary>
    /// An 8 × 8 transposition in registers: rows r and r + 4 share a register pair by halves, then floats are
    /// interleaved by twos and by fours.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquare(float* source, nint sourceStep, float* target, nint targetStep)
    {
        float* lower = source + 4 * sourceStep;
        for (int half = 0; half < 2; half++, source += 4, lower += 4, target += 4 * targetStep)
        {
            Vector256<float> r0 = Halves(source, lower);
            Vector256<float> r1 = Halves(source + sourceStep, lower + sourceStep);
            Vector256<float> r2 = Halves(source + 2 * sourceStep, lower + 2 * sourceStep);
            Vector256<float> r3 = Halves(source + 3 * sourceStep, lower + 3 * sourceStep);
            Vector256<float> low01 = Avx.UnpackLow(r0, r1);
            Vector256<float> high01 = Avx.UnpackHigh(r0, r1);
            Vector256<float> low23 = Avx.UnpackLow(r2, r3);
            Vector256<float> high23 = Avx.UnpackHigh(r2, r3);
            Avx.Shuffle(low01, low23, 0b01_00_01_00).Store(target);
            Avx.Shuffle(low01, low23, 0b11_10_11_10).Store(target + targetStep);
            Avx.Shuffle(high01, high23, 0b01_00_01_00).Store(target + 2 * targetStep);
            Avx.Shuffle(high01, high23, 0b11_10_11_10).Store(target + 3 * targetStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* low, float* high) =>
        Vector256.Create(Vector128.Load(low), Vector128.Load(high));
}
