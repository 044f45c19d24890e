using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// The backward pass for some key heads, each with the query heads that share it. A block of keys, whose dk and dv stay
/// in the nearer caches, meets the panels of queries one after the other; the weights of the two are computed again.
/// </summary>
internal readonly unsafe struct AttentionBackward(
    AttentionShape shape, (AttentionStrides Values, AttentionStrides Gradients) strides,
    AttentionArrays arrays, AttentionArrays gradients, bool accumulate) : ILaneBody
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
        AttentionStrides values = strides.Values, derivatives = strides.Gradients;
        var work = new Scratch(shape, AttentionBlocks.PanelWidth<L>(), arrays.Mask is not null);
        var k = new Matrix(arrays.K + values.K.At(batch, keyHead, 0), values.K.Row);
        var v = new Matrix(arrays.V + values.V.At(batch, keyHead, 0), values.V.Row);
        bool finite = AttentionBlocks.Gather<L>(k, shape.Tk, shape.D, work.K)
            & AttentionBlocks.Gather<L>(v, shape.Tk, shape.D, work.V);
        new Span<float>(work.Dk, shape.Tk * shape.D).Clear();
        new Span<float>(work.Dv, shape.Tk * shape.D).Clear();
        int together = AttentionBlocks.Together(shape, finite, shape.Tq);
        for (int head = keyHead * shape.Group; head < (keyHead + 1) * shape.Group; head++)
            for (int query = 0; query < shape.Tq; query += together)
                RunQueries<L>((batch, head, query), together, work);

        var dk = new Matrix(gradients.K + derivatives.K.At(batch, keyHead, 0), derivatives.K.Row);
        var dv = new Matrix(gradients.V + derivatives.V.At(batch, keyHead, 0), derivatives.V.Row);
        AttentionBlocks.Scatter<L>(work.Dk, shape.Tk, shape.D, dk, accumulate);
        AttentionBlocks.Scatter<L>(work.Dv, shape.Tk, shape.D, dv, accumulate);
    }

    private void RunQueries<L>((int Batch, int Head, int Query) at, int queries, in Scratch work)
        where L : struct, ILane<L>
    {
        int width = AttentionBlocks.PanelWidth<L>();
        Prepare<L>(at, queries, work);
        for (int start = 0; start < shape.Visible(at.Query + queries - 1); start += AttentionBlocks.Keys)
            for (int first = 0; first < queries; first += width)
            {
                int count = Math.Min(width, queries - first);
                int keys = Math.Min(AttentionBlocks.Keys, shape.Visible(at.Query + first + count - 1) - start);
                if (keys > 0)
                    RunBlock<L>(at.Query, (first, count), (start, keys), work);
            }
        HeadStrides layout = strides.Gradients.Q;
        var dq = new Matrix(gradients.Q + layout.At(at.Batch, at.Head, at.Query), layout.Row);
        AttentionBlocks.Scatter<L>(work.Dq, queries, shape.D, dq, accumulate);
    }

    /// <summary>Copies the queries' q and dout as rows and as panels, and finds δ = ⟨dout, out⟩ of each.</summary>
    private void Prepare<L>((int Batch, int Head, int Query) at, int queries, in Scratch work)
        where L : struct, ILane<L>
    {
        (AttentionStrides values, AttentionStrides derivatives) = strides;
        int d = shape.D, width = AttentionBlocks.PanelWidth<L>();
        var q = new Matrix(arrays.Q + values.Q.At(at.Batch, at.Head, at.Query), values.Q.Row);
        var dOut = new Matrix(gradients.Out + derivatives.Out.At(at.Batch, at.Head, at.Query), derivatives.Out.Row);
        AttentionBlocks.Gather<L>(q, queries, d, work.Q);
        AttentionBlocks.Gather<L>(dOut, queries, d, work.DOut);
        new Span<float>(work.Dq, queries * d).Clear();
        for (int first = 0; first < queries; first += width)
        {
            int count = Math.Min(width, queries - first);
            long row = (long)first * d;
            AttentionBlocks.Pack<L>(new(work.Q + row, d), count, d, work.QueryPanels + row, shape.Scale);
            AttentionBlocks.Pack<L>(new(work.DOut + row, d), count, d, work.OutPanels + row, 1);
        }
        float* output = arrays.Out + values.Out.At(at.Batch, at.Head, at.Query);
        float* logSums = arrays.LogSums + ((long)at.Batch * shape.Hq + at.Head) * shape.Tq + at.Query;
        for (int i = 0; i < queries; i++)
        {
            var dot = new DotFold(output + (long)i * values.Out.Row, work.DOut + (long)i * d);
            work.Deltas[i] = L.SumAcross(LaneFold.Run<L, DotFold>(dot, default, d));
            work.LogSums[i] = logSums[i];
        }
    }

    private void RunBlock<L>(int query, (int First, int Count) queries, (int Start, int Count) keys, in Scratch work)
        where L : struct, ILane<L>
    {
        int d = shape.D, width = AttentionBlocks.WidthOf<L>(queries.Count),
            visible = shape.Visible(query + queries.First);
        long row = (long)queries.First * d, key = (long)keys.Start * d;
        var size = (keys.Count, width, d);
        var p = new Matrix(work.P, width);
        var ds = new Matrix(work.Ds, width);
        SmallProduct.Run<L>(size, new(work.K + key, d), new(work.QueryPanels + row, width), p, accumulate: false);
        SmallProduct.Run<L>(size, new(work.V + key, d), new(work.OutPanels + row, width), ds, accumulate: false);
        if (arrays.Mask is not null)
        {
            float* mask = arrays.Mask + (long)(query + queries.First) * shape.Tk + keys.Start;
            AttentionBlocks.AddMask<L>(new(mask, shape.Tk), (keys.Count, queries.Count), p.P, work.Mask);
        }
        Differentiate<L>((keys.Count, width), queries.First, work);
        if (shape.Causal)
        {
            // Written, not multiplied by a weight of 0: dP of a hidden key may have overflowed.
            AttentionBlocks.Hide<L>(p.P, (keys.Count, width), visible - keys.Start, 0);
            AttentionBlocks.Hide<L>(ds.P, (keys.Count, width), visible - keys.Start, 0);
        }
        size = (keys.Count, d, queries.Count);
        SmallProduct.Run<L>(size, p, new(work.DOut + row, d), new(work.Dv + key, d), accumulate: true);
        SmallProduct.Run<L>(size, ds, new(work.Q + row, d), new(work.Dk + key, d), accumulate: true);
        SmallProduct.Run<L>((queries.Count, d, keys.Count), new(ds.P, 1, width), new(work.K + key, d),
            new(work.Dq + row, d), accumulate: true);
    }

    /// <summary>Scores become weights P in place, and dP becomes dS = P ⊙ (dP − δ)·scale in place.</summary>
    private void Differentiate<L>((int Keys, int Width) size, int firstQuery, in Scratch work)
        where L : struct, ILane<L>
    {
        L scale = L.Broadcast(shape.Scale);
        for (int c = 0; c < size.Width; c += L.Count)
        {
            L logSum = L.Load(work.LogSums + firstQuery + c, L.Count),
                delta = L.Load(work.Deltas + firstQuery + c, L.Count);
            float* p = work.P + c, ds = work.Ds + c, end = p + size.Keys * size.Width;
            for (; p < end; p += size.Width, ds += size.Width)
            {
                L weight = L.Exp(L.Load(p, L.Count) - logSum);
                L.Store(weight, p, L.Count);
                L.Store(weight * (L.Load(ds, L.Count) - delta) * scale, ds, L.Count);
            }
        }
    }

    /// <summary>Where a thread keeps what it works on: a head's rows side by side, and a block of weights.</summary>
    private readonly struct Scratch
    {
        public readonly float* K, V, Dk, Dv, Q, DOut, Dq, QueryPanels, OutPanels, LogSums, Deltas, P, Ds, Mask;

        public Scratch(in AttentionShape shape, int width, bool masked)
        {
            long panels = Cuts.Count(shape.Tq, width) * (long)width;
            long keys = AttentionBlocks.Padded((long)shape.Tk * shape.D),
                queries = AttentionBlocks.Padded(panels * shape.D);
            long block = AttentionBlocks.Padded((long)Math.Min(shape.Tk, AttentionBlocks.Keys) * width);
            long line = AttentionBlocks.Padded(panels);
            K = Workspace.Get(checked((int)(4 * keys + 5 * queries + 2 * line + 3 * block)));
            V = K + keys;
            Dk = V + keys;
            Dv = Dk + keys;
            Q = Dv + keys;
            DOut = Q + queries;
            Dq = DOut + queries;
            QueryPanels = Dq + queries;
            OutPanels = QueryPanels + queries;
            LogSums = OutPanels + queries;
            Deltas = LogSums + line;
            P = Deltas + line;
            Ds = P + block;
            Mask = masked ? Ds + block : null;
        }
    }
}
