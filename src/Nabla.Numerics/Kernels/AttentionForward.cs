using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// The forward pass for some key heads, each with the query heads that share it. A panel of queries meets the keys
/// block by block: scores, their weights e^(score − m), and the weighted sum of the values, all in the nearest cache. m
/// is the largest score so far; when a block raises it, what was summed before shrinks by e^(old m − new m) (Milakov
/// and Gimelshein 2018, arXiv:1805.02867).
/// </summary>
internal readonly unsafe struct AttentionForward(
    AttentionShape shape, AttentionStrides strides, AttentionArrays arrays) : ILaneBody
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Run<L>(int piece) where L : struct, ILane<L>
    {
        (int start, int end) = shape.KeyHeads(piece);
        for (int index = start; index < end; index++)
            RunKeyHead<L>(index / shape.Hkv, index % shape.Hkv);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunKeyHead<L>(int batch, int keyHead) where L : struct, ILane<L>
    {
        var work = new Scratch(shape, AttentionBlocks.PanelWidth<L>(), arrays.Mask is not null);
        var k = new Matrix(arrays.K + strides.K.At(batch, keyHead, 0), strides.K.Row);
        var v = new Matrix(arrays.V + strides.V.At(batch, keyHead, 0), strides.V.Row);
        bool finite = AttentionBlocks.Gather<L>(k, shape.Tk, shape.D, work.K)
            & AttentionBlocks.Gather<L>(v, shape.Tk, shape.D, work.V);
        int together = AttentionBlocks.Together(shape, finite, AttentionBlocks.PanelWidth<L>());
        for (int head = keyHead * shape.Group; head < (keyHead + 1) * shape.Group; head++)
            for (int query = 0; query < shape.Tq; query += together)
                RunPanel<L>((batch, head, query), Math.Min(together, shape.Tq - query), work);
    }

    private void RunPanel<L>((int Batch, int Head, int Query) at, int queries, in Scratch work)
        where L : struct, ILane<L>
    {
        int width = AttentionBlocks.WidthOf<L>(queries), d = shape.D, keys = shape.Visible(at.Query + queries - 1);
        var q = new Matrix(arrays.Q + strides.Q.At(at.Batch, at.Head, at.Query), strides.Q.Row);
        AttentionBlocks.Pack<L>(q, queries, d, work.Panel, shape.Scale);
        // The lowest finite number and not −∞: from there a block whose keys are all masked changes nothing.
        new Span<float>(work.Maxima, width).Fill(float.MinValue);
        new Span<float>(work.Sums, width).Clear();
        for (int start = 0; start < keys; start += AttentionBlocks.Keys)
        {
            int count = Math.Min(AttentionBlocks.Keys, keys - start);
            SmallProduct.Run<L>((count, width, d), new(work.K + (long)start * d, d), new(work.Panel, width),
                new(work.Scores, width), accumulate: false);
            if (arrays.Mask is not null)
                AttentionBlocks.AddMask<L>(
                    new(arrays.Mask + (long)at.Query * shape.Tk + start, shape.Tk), (count, queries),
                    work.Scores, work.Mask);
            if (shape.Causal)
                AttentionBlocks.Hide<L>(
                    work.Scores, (count, width), shape.Visible(at.Query) - start, float.NegativeInfinity);
            Weigh<L>((count, width), work);
            if (start > 0)
                for (int i = 0; i < queries; i++)
                    LaneLoop.Run<L, ScaleStep>(new(work.Factors[i], work.Out + i * d, work.Out + i * d), 0, d);
            SmallProduct.Run<L>((queries, d, count), new(work.Scores, 1, width), new(work.V + (long)start * d, d),
                new(work.Out, d), accumulate: start > 0);
        }
        Finish<L>(at, queries, work);
    }

    /// <summary>Scores become weights in place; maxima and sums move on, and the factors say by how much.</summary>
    private static void Weigh<L>((int Keys, int Width) size, in Scratch work) where L : struct, ILane<L>
    {
        for (int c = 0; c < size.Width; c += L.Count)
        {
            float* scores = work.Scores + c, end = scores + size.Keys * size.Width;
            L before = L.Load(work.Maxima + c, L.Count), max = before;
            for (float* s = scores; s < end; s += size.Width)
                max = L.AtLeast(max, L.Load(s, L.Count));
            L factor = L.Exp(before - max), sum = L.Load(work.Sums + c, L.Count) * factor;
            for (float* s = scores; s < end; s += size.Width)
            {
                L weight = L.Exp(L.Load(s, L.Count) - max);
                L.Store(weight, s, L.Count);
                sum += weight;
            }
            L.Store(max, work.Maxima + c, L.Count);
            L.Store(sum, work.Sums + c, L.Count);
            L.Store(factor, work.Factors + c, L.Count);
        }
    }

    private void Finish<L>((int Batch, int Head, int Query) at, int queries, in Scratch work) where L : struct, ILane<L>
    {
        float* output = arrays.Out + strides.Out.At(at.Batch, at.Head, at.Query);
        float* logSums = arrays.LogSums + ((long)at.Batch * shape.Hq + at.Head) * shape.Tq + at.Query;
        LaneLoop.Run<L, LogSumStep>(new(work.Maxima, work.Sums, logSums), 0, queries);
        for (int i = 0; i < queries; i++)
            LaneLoop.Run<L, ScaleStep>(
                new(1 / work.Sums[i], work.Out + i * shape.D, output + (long)i * strides.Out.Row), 0, shape.D);
    }

    /// <summary>Where a thread keeps what it works on.</summary>
    private readonly struct Scratch
    {
        public readonly float* K, V, Panel, Scores, Mask, Out, Maxima, Sums, Factors;

        public Scratch(in AttentionShape shape, int width, bool masked)
        {
            long head = AttentionBlocks.Padded((long)shape.Tk * shape.D),
                panel = AttentionBlocks.Padded((long)shape.D * width);
            long block = AttentionBlocks.Padded((long)Math.Min(shape.Tk, AttentionBlocks.Keys) * width);
            long line = AttentionBlocks.Padded(width);
            K = Workspace.Get(checked((int)(2 * head + 2 * panel + 2 * block + 3 * line)));
            V = K + head;
            Panel = V + head;
            Out = Panel + panel;
            Scores = Out + panel;
            Mask = masked ? Scores + block : null;
            Maxima = Scores + 2 * block;
            Sums = Maxima + line;
            Factors = Sums + line;
        }
    }
}

/// <summary>ln Σ e^score from the maxima and the sums of e^(score − maximum).</summary>
internal readonly unsafe struct LogSumStep(float* maxima, float* sums, float* logSums) : ILaneStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<L>(int i, int count) where L : struct, ILane<L> =>
        L.Store(L.Load(maxima + i, count) + L.Log(L.Load(sums + i, count)), logSums + i, count);
}
