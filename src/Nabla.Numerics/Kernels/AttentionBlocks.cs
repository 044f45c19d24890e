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
    public static int ScoreStride(int keys) => (keys + Panel - 1) / Panel * Panel + 16;

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
    /// Hides the keys beyond the visible ones and returns how many scores are to be worked on: whole registers of them
    /// unless a mask, which has no numbers beyond its last key, is read along. Hidden scores are −∞ up to there, 0 after.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Hide<L>(float* scores, int visible, int keys, float* mask) where L : struct, ILane<L>
    {
        int length = mask is null ? (visible + L.Count - 1) / L.Count * L.Count : visible;
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
