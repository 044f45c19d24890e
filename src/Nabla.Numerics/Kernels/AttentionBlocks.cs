using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// What the forward and the backward pass of attention share. A head's rows lie far apart in memory, so that the rows
/// of many keys would compete for the same few places of the nearest cache; they are copied side by side first. Scores
/// stand as [keys, queries]: each query has a place of its own in a register, so that its maximum and its sum over the
/// keys are found without looking across a register.
/// </summary>
internal static unsafe class AttentionBlocks
{
    /// <summary>Keys in a block: their scores for two registers of queries stay in the first-level cache.</summary>
    public const int Keys = 128;

    private const int CacheLine = 16; // floats
    private const int RowsAhead = 12; // asked for in advance, because the processor does not foresee such long strides

    /// <summary>Most queries in a panel.</summary>
    public static int PanelWidth<L>() where L : struct, ILane<L> => 2 * L.Count;

    /// <summary>How many numbers wide a panel of so many queries is: one register or two.</summary>
    public static int WidthOf<L>(int queries) where L : struct, ILane<L> => queries > L.Count ? 2 * L.Count : L.Count;

    /// <summary>The next whole number of cache lines.</summary>
    public static long Padded(long floats) => (floats + 15) / 16 * 16;

    /// <summary>
    /// How many queries are worked on together. Among causal ones the earlier multiply the last keys and values by
    /// weights of 0, which would make NaN of an infinite or undefined number; then each query goes alone.
    /// </summary>
    public static int Together(in AttentionShape shape, bool finite, int most) =>
        !shape.Causal || shape.Tq == 1 || finite ? most : 1;

    /// <summary>Copies rows side by side; returns whether all numbers are finite.</summary>
    public static bool Gather<L>(Matrix rows, int count, int size, float* to) where L : struct, ILane<L>
    {
        L zeros = default;
        for (int j = 0; j < count; j++)
        {
            float* row = rows.P + (long)j * rows.Row;
            if (Sse.IsSupported && j + RowsAhead < count)
                for (int i = 0; i < size; i += CacheLine)
                    Sse.Prefetch0(row + (long)RowsAhead * rows.Row + i);
            zeros = LaneFold.Run<L, CopyFold>(new(row, to + (long)j * size), zeros, size);
        }
        return L.SumAcross(zeros) == 0;
    }

    /// <summary>Writes (or adds) rows that lie side by side to where they belong.</summary>
    public static void Scatter<L>(float* rows, int count, int size, Matrix to, bool accumulate)
        where L : struct, ILane<L>
    {
        for (int j = 0; j < count; j++)
            LaneLoop.Run<L, AddStep>(new(rows + (long)j * size, to.P + (long)j * to.Row, accumulate), 0, size);
    }

    /// <summary>The transposed panel [size, width] of some queries, times a factor; missing queries are 0.</summary>
    public static void Pack<L>(Matrix rows, int queries, int size, float* panel, float scale) where L : struct, ILane<L>
    {
        int width = WidthOf<L>(queries), length = size * width;
        if (queries < width)
            new Span<float>(panel, length).Clear();
        Transposition.Run(rows, queries, size, new(panel, width));
        if (scale != 1)
            LaneLoop.Run<L, ScaleStep>(new(scale, panel, panel), 0, length);
    }

    /// <summary>
    /// scores [keys, width] += maskᵀ, for a mask [queries, keys]; the scratch is as large as the scores.
    /// </summary>
    public static void AddMask<L>(Matrix mask, (int Keys, int Queries) size, float* scores, float* scratch)
        where L : struct, ILane<L>
    {
        int width = WidthOf<L>(size.Queries);
        if (size.Queries < width)
            new Span<float>(scratch, size.Keys * width).Clear();
        Transposition.Run(mask, size.Queries, size.Keys, new(scratch, width));
        LaneLoop.Run<L, AddStep>(new(scratch, scores, accumulate: true), 0, size.Keys * width);
    }

    /// <summary>
    /// Writes a value where a query does not see a key: the first query sees <paramref name="visible"/> of the block's
    /// keys, each further query one more.
    /// </summary>
    public static void Hide<L>(float* scores, (int Keys, int Width) size, int visible, float value)
        where L : struct, ILane<L>
    {
        for (int key = Math.Max(0, visible); key < size.Keys; key++)
        {
            int hidden = Math.Min(size.Width, key - visible + 1);
            for (int i = 0; i < hidden; i += L.Count)
                L.Store(L.Broadcast(value), scores + key * size.Width + i, Math.Min(L.Count, hidden - i));
        }
    }

    /// <summary>y = x; folds Σ 0·x: 0, or NaN if a number is infinite or NaN.</summary>
    private readonly struct CopyFold(float* x, float* y) : ILaneFold
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Fold<L>(L running, int i, int count) where L : struct, ILane<L>
        {
            L value = L.Load(x + i, count);
            L.Store(value, y + i, count);
            return L.MultiplyAdd(value, default, running);
        }
    }

    private readonly struct AddStep(float* x, float* y, bool accumulate) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L value = L.Load(x + i, count);
            L.Store(accumulate ? L.Load(y + i, count) + value : value, y + i, count);
        }
    }
}
