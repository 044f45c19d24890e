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

    /// <summary>Packs a strip whose values of one k lie next to each other.</summary>
    /// <param name="source">The strip in the matrix: k from row to row.</param>
    /// <param name="columns">Values that exist for each k, at most as many as a row of the strip has.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="strip">Where to; its rows lie close together.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyRows<TRegister>(Matrix source, int columns, int depth, Matrix strip)
        where TRegister : struct, IRegister<TRegister>
    {
        nint ahead = RowsAhead * (nint)source.Row;
        float* from = source.P, to = strip.P;
        for (int k = 0; k < depth; k++, from += source.Row, to += strip.Row)
        {
            int j = 0;
            for (; j + TRegister.Width <= columns; j += TRegister.Width)
            {
                if (Sse.IsSupported)
                    Sse.Prefetch0(from + ahead + j);
                TRegister.Store(TRegister.Load(from + j), to + j);
            }

            for (; j < columns; j++)
                to[j] = from[j];
            for (; j < strip.Row; j++)
                to[j] = 0;
        }
    }

    /// <summary>Packs a strip whose k lie next to each other: a transposition.</summary>
    /// <param name="source">The strip in the matrix: k along a row.</param>
    /// <param name="columns">Rows that exist, at most as many as a row of the strip has values.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="strip">Where to; its rows lie close together.</param>
    public static void Transpose(Matrix source, int columns, int depth, Matrix strip)
    {
        Transposition.Run(source, columns, depth, strip);
        for (int k = 0; k < depth && columns < strip.Row; k++)
            new Span<float>(strip.P + (long)k * strip.Row + columns, strip.Row - columns).Clear();
    }
}
