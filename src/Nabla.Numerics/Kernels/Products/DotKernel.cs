using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>Where the rows of one tile of dot products lie.</summary>
internal unsafe struct DotTile
{
    /// <summary>Length of the rows, a multiple of the register's width.</summary>
    public int Depth;

    /// <summary>The first row of A; its values lie next to each other.</summary>
    public float* A;

    /// <summary>From a row of A to the next.</summary>
    public nint RowStepA;

    /// <summary>
    /// Four rows to multiply with; their values lie next to each other. The same row may be given twice.
    /// </summary>
    public float* B0, B1, B2, B3;

    /// <summary>Where the sums go: row i of A with B0 … B3 at 4·i.</summary>
    public float* Sums;
}

/// <summary>
/// Dot products of <c>THeight</c> rows of A (at most 4) with four rows of Bᵀ, for few rows of A: the time goes into
/// reading B, so each register of B that was read is used for all rows of A, and B is not rearranged first.
/// </summary>
/// <remarks>
/// A register holds the part of a sum that belongs to every 16th (8th, …) k; at the end its places are added up. The
/// last k, fewer than a register holds, are left to the caller: a call in here would make the JIT keep the sums in
/// memory. Four rows of B at once give the processor enough independent sums even when A has one row.
/// </remarks>
internal static unsafe class DotKernel<TRegister, THeight>
    where TRegister : struct, IRegister<TRegister>
    where THeight : struct, IHeight
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(DotTile* tile)
    {
        FourSums sums0 = default, sums1 = default, sums2 = default, sums3 = default;
        float* b0 = tile->B0, b1 = tile->B1, b2 = tile->B2, b3 = tile->B3, a0 = tile->A;
        nint row = tile->RowStepA, row2 = 2 * row, row3 = 3 * row;
        for (nint k = 0; k < tile->Depth; k += TRegister.Width)
        {
            var b = new FourSums
            {
                S0 = TRegister.Load(b0 + k),
                S1 = TRegister.Load(b1 + k),
                S2 = TRegister.Load(b2 + k),
                S3 = TRegister.Load(b3 + k),
            };
            sums0.Add(TRegister.Load(a0), b);
            if (THeight.Rows > 1) sums1.Add(TRegister.Load(a0 + row), b);
            if (THeight.Rows > 2) sums2.Add(TRegister.Load(a0 + row2), b);
            if (THeight.Rows > 3) sums3.Add(TRegister.Load(a0 + row3), b);
            a0 += TRegister.Width;
        }

        sums0.Store(tile->Sums);
        if (THeight.Rows > 1) sums1.Store(tile->Sums + 4);
        if (THeight.Rows > 2) sums2.Store(tile->Sums + 8);
        if (THeight.Rows > 3) sums3.Store(tile->Sums + 12);
    }

    private struct FourSums
    {
        public TRegister S0, S1, S2, S3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(TRegister a, in FourSums b)
        {
            TRegister.MultiplyAdd(a, b.S0, ref S0);
            TRegister.MultiplyAdd(a, b.S1, ref S1);
            TRegister.MultiplyAdd(a, b.S2, ref S2);
            TRegister.MultiplyAdd(a, b.S3, ref S3);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(float* target)
        {
            target[0] = TRegister.Sum(S0);
            target[1] = TRegister.Sum(S1);
            target[2] = TRegister.Sum(S2);
            target[3] = TRegister.Sum(S3);
        }
    }
}
