using System.Buffers;
using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>What the forward and the backward pass of attention share.</summary>
internal static unsafe class AttentionBlocks
{
    /// <summary>Keys in a panel: a [D, 32] transposed slice of k or v that stays in the first-level cache.</summary>
    public const int Panel = 32;

    /// <summary>Queries in a block: a multiple of the six rows of <see cref="SmallProduct"/>.</summary>
    public const int Queries = 24;

    /// <summary>Floats from one row of scores to the next: whole panels, and not a power of two.</summary>
    public static int ScoreStride(int keys) => checked((keys + Panel - 1) / Panel * Panel + 16);

    /// <summary>Floats that the panels of all keys take.</summary>
    public static int PanelLength(int keys, int size) => checked((keys + Panel - 1) / Panel * Panel * size);

    /// <summary>Writes the rows of k (or v) as transposed panels, missing keys as 0.</summary>
    public static void Pack(Matrix rows, int keys, int size, float* panels)
    {
        for (int start = 0; start < keys; start += Panel, panels += Panel * size)
        {
            int count = Math.Min(Panel, keys - start);
            if (count < Panel)
                new Span<float>(panels, Panel * size).Clear();
            Transposition.Run(new(rows.P + (long)start * rows.Row, rows.Row), count, size, new(panels, Panel));
        }
    }

    /// <summary>scores = rows·kᵀ for the first keys, a whole number of panels.</summary>
    public static void Scores<L>(Matrix rows, int count, (int Keys, int Size) shape, float* panels, Matrix scores)
        where L : struct, ILane<L>
    {
        for (int start = 0; start < shape.Keys; start += Panel)
            SmallProduct.Run<L>((count, Panel, shape.Size), rows, new(panels + (long)start * shape.Size, Panel),
                new(scores.P + start, scores.Row), accumulate: false);
    }

    /// <summary>
    /// How many queries are worked on as one block. Within a causal block the earlier queries multiply the last keys and
    /// values by weights of 0, which would make NaN of an infinite or undefined number; then each query goes alone.
    /// </summary>
    public static int QueriesTogether<L>(in AttentionShape shape, Matrix k, Matrix v) where L : struct, ILane<L> =>
        !shape.Causal || shape.Tq == 1 || (AreFinite<L>(k, shape.Tk, shape.D) && AreFinite<L>(v, shape.Tk, shape.D))
            ? Queries : 1;

    private static bool AreFinite<L>(Matrix rows, int count, int size) where L : struct, ILane<L>
    {
        L zeros = default;
        for (int j = 0; j < count; j++)
            zeros += LaneFold.Run<L, ZeroFold>(new(rows.P + (long)j * rows.Row), default, size);
        return L.SumAcross(zeros) == 0;
    }

    /// <summary>How many scores are worked on: whole registers, unless a mask, which ends with its last key, is read along.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WorkedOn<L>(int visible, float* mask) where L : struct, ILane<L> =>
        mask is null ? (visible + L.Count - 1) / L.Count * L.Count : visible;

    /// <summary>
    /// Hides the keys beyond the visible ones and returns how many scores are <see cref="WorkedOn"/>. Hidden scores are −∞
    /// up to there, 0 after.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MaskHidden<L>(float* scores, int visible, int keys, float* mask) where L : struct, ILane<L>
    {
        int length = WorkedOn<L>(visible, mask);
        for (int j = visible; j < length; j++)
            scores[j] = float.NegativeInfinity;
        if (length < keys)
            new Span<float>(scores + length, keys - length).Clear();
        return length;
    }

    /// <summary>An array of at least so many floats, to be given back.</summary>
    public static float[] Rent(long length) => ArrayPool<float>.Shared.Rent(checked((int)(length + 16)));

    /// <summary>The first address that is a multiple of 64 bytes.</summary>
    public static float* Align(float* p) => (float*)(((nuint)p + 63) & ~(nuint)63);
}

/// <summary>s = s·scale + mask; folds the maximum.</summary>
internal readonly unsafe struct ScoreFold(float* scores, float* mask, float scale) : ILaneFold
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Fold<L>(L running, int i, int count) where L : struct, ILane<L>
    {
        L s = L.Load(scores + i, count) * L.Broadcast(scale);
        if (mask is not null)
            s += L.Load(mask + i, count);
        L.Store(s, scores + i, count);
        return L.Max(running, L.First(s, count, running));
    }
}

/// <summary>Σ 0·x: 0, or NaN if a number is infinite or NaN.</summary>
internal readonly unsafe struct ZeroFold(float* x) : ILaneFold
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Fold<L>(L running, int i, int count) where L : struct, ILane<L> =>
        L.MultiplyAdd(L.Load(x + i, count), default, running);
}
