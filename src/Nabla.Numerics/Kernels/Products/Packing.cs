using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// Copies a panel of B (some columns, all k of a block) so that the kernel reads it in one unbroken stream:
/// panel[k·width + j]. Columns beyond B's edge are zeros.
/// </summary>
internal static unsafe class Packing
{
    /// <summary>About so many numbers are packed by one piece of work.</summary>
    public const int FloatsInPiece = 1 << 15;

    private const int Square = Transposition.SquareSize;

    /// <summary>Packs a panel whose columns lie next to each other.</summary>
    /// <param name="source">B(0, 0) of the panel.</param>
    /// <param name="depthStep">From one k to the next.</param>
    /// <param name="columns">Columns that exist, at most <paramref name="width"/>.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="panel">Where to, depth · width floats.</param>
    /// <param name="width">Columns of the panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyRows<TRegister>(
        float* source, nint depthStep, int columns, int depth, float* panel, int width)
        where TRegister : struct, IRegister<TRegister>
    {
        for (int k = 0; k < depth; k++, source += depthStep, panel += width)
        {
            int j = 0;
            for (; j + TRegister.Width <= columns; j += TRegister.Width)
                TRegister.Store(TRegister.Load(source + j), panel + j);
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
                Transposition.Square(from, columnStep, to, width);
                Transposition.Square(from + Square, columnStep, to + Square * width, width);
            }

        for (int j = 0; j < width; j++)
            for (int k = j < squareColumns ? squareDepth : 0; k < depth; k++)
                panel[k * width + j] = j < columns ? source[j * columnStep + k] : 0;
    }
}
