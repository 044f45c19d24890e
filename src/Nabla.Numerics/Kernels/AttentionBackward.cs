using System.Buffers;
using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>The backward pass for some key heads, each with the query heads that share it.</summary>
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
        var k = new Matrix(arrays.K + values.K.At(batch, keyHead, 0), values.K.Row);
        var v = new Matrix(arrays.V + values.V.At(batch, keyHead, 0), values.V.Row);
        var dk = new Matrix(gradients.K + derivatives.K.At(batch, keyHead, 0), derivatives.K.Row);
        var dv = new Matrix(gradients.V + derivatives.V.At(batch, keyHead, 0), derivatives.V.Row);
        if (!accumulate)
            for (int j = 0; j < shape.Tk; j++)
            {
                new Span<float>(dk.P + (long)j * dk.Row, shape.D).Clear();
                new Span<float>(dv.P + (long)j * dv.Row, shape.D).Clear();
            }

        int block = AttentionBlocks.QueriesTogether<L>(shape, k, v);
        int stride = AttentionBlocks.ScoreStride(shape.Tk), panelLength = AttentionBlocks.PanelLength(shape.Tk, shape.D);
        int blockLength = checked(stride * Math.Min(block, shape.Tq));
        float[] rented = AttentionBlocks.Rent(2L * blockLength + 2L * panelLength);
        fixed (float* scratch = rented)
        {
            float* keyPanels = AttentionBlocks.Align(scratch), valuePanels = keyPanels + panelLength;
            var p = new Matrix(valuePanels + panelLength, stride);
            var ds = new Matrix(p.P + blockLength, stride);
            AttentionBlocks.Pack(k, shape.Tk, shape.D, keyPanels);
            AttentionBlocks.Pack(v, shape.Tk, shape.D, valuePanels);
            for (int head = keyHead * shape.Group; head < (keyHead + 1) * shape.Group; head++)
                for (int query = 0; query < shape.Tq; query += block)
                {
                    int rows = Math.Min(block, shape.Tq - query), keys = shape.Visible(query + rows - 1);
                    var q = new Matrix(arrays.Q + values.Q.At(batch, head, query), values.Q.Row);
                    var dOut = new Matrix(gradients.Out + derivatives.Out.At(batch, head, query), derivatives.Out.Row);
                    var dq = new Matrix(gradients.Q + derivatives.Q.At(batch, head, query), derivatives.Q.Row);
                    AttentionBlocks.Scores<L>(q, rows, (keys, shape.D), keyPanels, p);
                    AttentionBlocks.Scores<L>(dOut, rows, (keys, shape.D), valuePanels, ds);
                    Differentiate<L>((batch, head, query), (rows, keys), dOut, p, ds);
                    SmallProduct.Run<L>((rows, shape.D, keys), ds, k, dq, accumulate);
                    SmallProduct.Run<L>((keys, shape.D, rows), Transposed(ds), q, dk, accumulate: true);
                    SmallProduct.Run<L>((keys, shape.D, rows), Transposed(p), dOut, dv, accumulate: true);
                }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    private static Matrix Transposed(Matrix m) => new(m.P, m.Column, m.Row);

    /// <summary>Scores become weights P in place, and dP becomes dS = P ⊙ (dP − δ)·scale in place.</summary>
    private void Differentiate<L>(
        (int Batch, int Head, int Query) at, (int Rows, int Keys) size, Matrix dOut, Matrix p, Matrix ds)
        where L : struct, ILane<L>
    {
        float* output = arrays.Out + strides.Values.Out.At(at.Batch, at.Head, at.Query);
        float* logSums = arrays.LogSums + ((long)at.Batch * shape.Hq + at.Head) * shape.Tq + at.Query;
        for (int i = 0; i < size.Rows; i++)
        {
            var product = new DotFold(output + (long)i * strides.Values.Out.Row, dOut.P + (long)i * dOut.Row);
            float delta = L.SumAcross(LaneFold.Run<L, DotFold>(product, default, shape.D));
            float* mask = arrays.Mask is null ? null : arrays.Mask + (long)(at.Query + i) * shape.Tk;
            float* weights = p.P + (long)i * p.Row, derivatives = ds.P + (long)i * ds.Row;
            int visible = shape.Visible(at.Query + i), hidden = size.Keys - visible;
            int length = AttentionBlocks.WorkedOn<L>(visible, mask);
            LaneLoop.Run<L, WeightStep>(new(weights, derivatives, mask, (shape.Scale, logSums[i], delta)), 0, length);
            // Cleared, not multiplied by a weight of 0: dP of a hidden key may have overflowed.
            new Span<float>(weights + visible, hidden).Clear();
            new Span<float>(derivatives + visible, hidden).Clear();
        }
    }

    private readonly struct WeightStep(
        float* scores, float* derivatives, float* mask, (float Scale, float LogSum, float Delta) row) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L s = L.Load(scores + i, count) * L.Broadcast(row.Scale) - L.Broadcast(row.LogSum);
            if (mask is not null)
                s += L.Load(mask + i, count);
            L p = L.Exp(s);
            L.Store(p, scores + i, count);
            L centred = L.Load(derivatives + i, count) - L.Broadcast(row.Delta);
            L.Store(p * centred * L.Broadcast(row.Scale), derivatives + i, count);
        }
    }
}
