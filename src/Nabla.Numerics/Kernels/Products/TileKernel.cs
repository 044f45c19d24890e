using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// The innermost loop of the matrix product: one tile of C, <c>THeight</c> rows × one <c>TRow</c> of columns, held in
/// registers while k runs.
/// </summary>
/// <remarks>
/// <para>Why a tile. A multiply-add needs two numbers; fetching both each time would make the loads the bottleneck. A
/// tile of 14 × 32 does 448 multiply-adds for 14 + 32 numbers fetched. With AVX-512 these are 28 vector instructions
/// for 2 loads of B and 14 of A, each of A's numbers being copied into all places of a register ("broadcast").</para>
/// <para>Why that shape. The sums must stay in registers: 14 rows × 2 registers, 2 for B and 1 for A make 31 of 32. At
/// least 8 sums have to be under way at once, because a multiply-add takes 4 cycles and two start in each.</para>
/// <para>Why a type for the height. The rows of C are shared out as tiles of nearly equal height, so any height occurs;
/// the JIT compiles this method once for each, without the absent rows.</para>
/// <para>A is read where it lies, whatever its layout: the steps are variables and only every fourth row has a pointer
/// of its own, so all addresses fit the processor's registers. The sums are changed through <c>ref</c> because the JIT
/// then multiplies into the sum's own register; returned sums cost 10 % in moves between registers. Nothing of A
/// and B is fetched ahead: one prefetch for each k would cost 4 %, and the processor follows packed streams by
/// itself.</para>
/// <para>There is no tail here: B's columns are padded by whoever packs them, and a C narrower than the tile is given
/// as a scratch tile.</para>
/// </remarks>
internal static unsafe class TileKernel<TRegister, TRow, THeight>
    where TRegister : struct, IRegister<TRegister>
    where TRow : struct, ITileRow<TRow, TRegister>
    where THeight : struct, IHeight
{
    private const int LeastDepthToPrefetch = 96;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(Tile* tile)
    {
        TRow c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default;
        TRow c7 = default, c8 = default, c9 = default, c10 = default, c11 = default, c12 = default, c13 = default;
        nint row = tile->RowStepA, row2 = 2 * row, row3 = 3 * row, step = tile->DepthStepA, stepB = tile->DepthStepB;
        float* a0 = tile->A, a4 = a0 + 4 * row, a8 = a4 + 4 * row, a12 = a8 + 4 * row;
        float* b = tile->B;
        if (tile->Depth >= LeastDepthToPrefetch)
            PrefetchC(tile);
        for (nint k = tile->Depth; k > 0; k--)
        {
            TRow bk = TRow.Load(b);
            TRow.MultiplyAdd(TRegister.Broadcast(a0), bk, ref c0);
            if (THeight.Rows > 1) TRow.MultiplyAdd(TRegister.Broadcast(a0 + row), bk, ref c1);
            if (THeight.Rows > 2) TRow.MultiplyAdd(TRegister.Broadcast(a0 + row2), bk, ref c2);
            if (THeight.Rows > 3) TRow.MultiplyAdd(TRegister.Broadcast(a0 + row3), bk, ref c3);
            if (THeight.Rows > 4) TRow.MultiplyAdd(TRegister.Broadcast(a4), bk, ref c4);
            if (THeight.Rows > 5) TRow.MultiplyAdd(TRegister.Broadcast(a4 + row), bk, ref c5);
            if (THeight.Rows > 6) TRow.MultiplyAdd(TRegister.Broadcast(a4 + row2), bk, ref c6);
            if (THeight.Rows > 7) TRow.MultiplyAdd(TRegister.Broadcast(a4 + row3), bk, ref c7);
            if (THeight.Rows > 8) TRow.MultiplyAdd(TRegister.Broadcast(a8), bk, ref c8);
            if (THeight.Rows > 9) TRow.MultiplyAdd(TRegister.Broadcast(a8 + row), bk, ref c9);
            if (THeight.Rows > 10) TRow.MultiplyAdd(TRegister.Broadcast(a8 + row2), bk, ref c10);
            if (THeight.Rows > 11) TRow.MultiplyAdd(TRegister.Broadcast(a8 + row3), bk, ref c11);
            if (THeight.Rows > 12) TRow.MultiplyAdd(TRegister.Broadcast(a12), bk, ref c12);
            if (THeight.Rows > 13) TRow.MultiplyAdd(TRegister.Broadcast(a12 + row), bk, ref c13);
            a0 += step;
            if (THeight.Rows > 4) a4 += step;
            if (THeight.Rows > 8) a8 += step;
            if (THeight.Rows > 12) a12 += step;
            b += stepB;
        }

        float* c = tile->C;
        nint rowC = tile->RowStepC;
        Finish(c0, c, tile);
        if (THeight.Rows > 1) Finish(c1, c + rowC, tile);
        if (THeight.Rows > 2) Finish(c2, c + 2 * rowC, tile);
        if (THeight.Rows > 3) Finish(c3, c + 3 * rowC, tile);
        if (THeight.Rows > 4) Finish(c4, c + 4 * rowC, tile);
        if (THeight.Rows > 5) Finish(c5, c + 5 * rowC, tile);
        if (THeight.Rows > 6) Finish(c6, c + 6 * rowC, tile);
        if (THeight.Rows > 7) Finish(c7, c + 7 * rowC, tile);
        if (THeight.Rows > 8) Finish(c8, c + 8 * rowC, tile);
        if (THeight.Rows > 9) Finish(c9, c + 9 * rowC, tile);
        if (THeight.Rows > 10) Finish(c10, c + 10 * rowC, tile);
        if (THeight.Rows > 11) Finish(c11, c + 11 * rowC, tile);
        if (THeight.Rows > 12) Finish(c12, c + 12 * rowC, tile);
        if (THeight.Rows > 13) Finish(c13, c + 13 * rowC, tile);
    }

    /// <summary>Asks for C's cache lines now, so that they are near by the time the sums are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchC(Tile* tile)
    {
        float* c = tile->C;
        for (int i = 0; i < THeight.Rows; i++, c += tile->RowStepC)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(c);
                Sse.Prefetch0(c + TRow.Width - 1);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(TRow sum, float* c, Tile* tile)
    {
        if (tile->Bias != null)
            sum = TRow.Add(sum, TRow.Load(tile->Bias));
        if (tile->Accumulate)
            sum = TRow.Add(sum, TRow.Load(c));
        TRow.Store(sum, c);
    }
}
