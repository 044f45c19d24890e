using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// Copies a strip of a matrix (some columns of B or some rows of A; all k of a block) so that the kernel reads it in
/// one unbroken stream: strip[k·width + j]. Places beyond the matrix's edge are zeros.
/// </summary>
internal static unsafe class Packing
{
    /// <summary>So many k are copied of one strip before the next one's turn, to stay within a few pages.</summary>
    public const int DepthInTurn = 8;

    // Rows of a matrix lie pages apart, where the processor does not look ahead by itself.
    private const int RowsAhead = 16;

    private const int Square = Transposition.SquareSize;

    /// <summary>Packs a strip whose values of one k lie next to each other.</summary>
    /// <param name="source">The strip's first value.</param>
    /// <param name="depthStep">From one k to the next.</param>
    /// <param name="columns">Values that exist for each k, at most <paramref name="width"/>.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="strip">Where to, depth · width floats.</param>
    /// <param name="width">Values of the strip for each k.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyRows<TRegister>(
        float* source, nint depthStep, int columns, int depth, float* strip, int width)
        where TRegister : struct, IRegister<TRegister>
    {
        nint ahead = RowsAhead * depthStep;
        for (int k = 0; k < depth; k++, source += depthStep, strip += width)
        {
            int j = 0;
            for (; j + TRegister.Width <= columns; j += TRegister.Width)
            {
                if (Sse.IsSupported)
                    Sse.Prefetch0(source + ahead + j);
                TRegister.Store(TRegister.Load(source + j), strip + j);
            }

            for (; j < columns; j++)
                strip[j] = source[j];
            for (; j < width; j++)
                strip[j] = 0;
        }
    }

    /// <summary>
    /// Packs a strip whose k lie next to each other: a transposition, in squares of 16 × 16 or 8 × 8 where possible. A
    /// square of 16 uses the cache lines of both sides up at once.
    /// </summary>
    /// <param name="source">The strip's first value.</param>
    /// <param name="columnStep">From one column to the next.</param>
    /// <param name="columns">Columns that exist, at most <paramref name="width"/>.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="strip">Where to, depth · width floats.</param>
    /// <param name="width">Columns of the strip.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(
        float* source, nint columnStep, int columns, int depth, float* strip, int width)
    {
        int squareColumns = 0, squareDepth = 0;
        if (Avx512F.IsSupported)
        {
            squareColumns = columns - columns % (2 * Square);
            squareDepth = depth - depth % (2 * Square);
            for (int j = 0; j < squareColumns; j += 2 * Square)
                for (int k = 0; k < squareDepth; k += 2 * Square)
                    Transposition.LargeSquare(source + j * columnStep + k, columnStep, strip + k * width + j, width);
        }
        else if (Avx.IsSupported)
        {
            squareColumns = columns - columns % Square;
            squareDepth = depth - depth % (2 * Square);
            for (int k = 0; k < squareDepth; k += 2 * Square)
                for (int j = 0; j < squareColumns; j += Square)
                {
                    // Two squares use a cache line up: when columns lie a multiple of 4 KiB apart, it is soon evicted.
                    float* from = source + j * columnStep + k, to = strip + k * width + j;
                    Transposition.Square(from, columnStep, to, width);
                    Transposition.Square(from + Square, columnStep, to + Square * width, width);
                }
        }

        for (int j = 0; j < width; j++)
            for (int k = j < squareColumns ? squareDepth : 0; k < depth; k++)
                strip[k * width + j] = j < columns ? source[j * columnStep + k] : 0;
    }
}
