using System.Buffers;
using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>The forward pass for some key heads, each with the query heads that share it.</summary>
internal readonly unsafe struct AttentionForward(
    AttentionShape shape, AttentionStrides strides, AttentionArrays arrays) : ILaneBody
{
    // Below so many queries transposing the keys costs more than it saves: generation, one token at a time.
    private const int FewQueries = 4;

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
        var k = new Matrix(arrays.K + strides.K.At(batch, keyHead, 0), strides.K.Row);
        int stride = AttentionBlocks.ScoreStride(shape.Tk);
        var v = new Matrix(arrays.V + strides.V.At(batch, keyHead, 0), strides.V.Row);
        int block = AttentionBlocks.QueriesTogether<L>(shape, k, v);
        int panelLength = shape.Tq < FewQueries ? 0 : AttentionBlocks.PanelLength(shape.Tk, shape.D);
        float[] rented = AttentionBlocks.Rent((long)stride * Math.Min(block, shape.Tq) + panelLength);
        fixed (float* scratch = rented)
        {
            float* panels = AttentionBlocks.Align(scratch);
            var scores = new Matrix(panels + panelLength, stride);
            if (panelLength > 0)
                AttentionBlocks.Pack(k, shape.Tk, shape.D, panels);
            for (int head = keyHead * shape.Group; head < (keyHead + 1) * shape.Group; head++)
                for (int query = 0; query < shape.Tq; query += block)
                {
                    int rows = Math.Min(block, shape.Tq - query);
                    var q = new Matrix(arrays.Q + strides.Q.At(batch, head, query), strides.Q.Row);
                    int keys = shape.Visible(query + rows - 1);
                    if (panelLength > 0)
                        AttentionBlocks.Scores<L>(q, rows, (keys, shape.D), panels, scores);
                    else
                        FewScores<L>(q, rows, keys, k, scores);
                    SumValues<L>((batch, head, query), (rows, keys), scores, v);
                }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    private void FewScores<L>(Matrix q, int rows, int keys, Matrix k, Matrix scores) where L : struct, ILane<L>
    {
        for (int j = 0; j < keys; j++)
            for (int i = 0; i < rows; i++)
            {
                var dot = new DotFold(q.P + (long)i * q.Row, k.P + (long)j * k.Row);
                scores.P[i * scores.Row + j] = L.SumAcross(LaneFold.Run<L, DotFold>(dot, default, shape.D));
            }
    }

    /// <summary>Scores become weights, e^(s − max), and the weighted sums of v the output.</summary>
    private void SumValues<L>(
        (int Batch, int Head, int Query) at, (int Rows, int Keys) size, Matrix scores, Matrix v) where L : struct, ILane<L>
    {
        (int rows, int keys) = size;
        float* output = arrays.Out + strides.Out.At(at.Batch, at.Head, at.Query);
        float* logSums = arrays.LogSums + ((long)at.Batch * shape.Hq + at.Head) * shape.Tq + at.Query;
        float* maxima = stackalloc float[AttentionBlocks.Queries], sums = stackalloc float[AttentionBlocks.Queries];
        for (int i = 0; i < rows; i++)
        {
            float* row = scores.P + (long)i * scores.Row;
            float* mask = arrays.Mask is null ? null : arrays.Mask + (long)(at.Query + i) * shape.Tk;
            int length = AttentionBlocks.MaskHidden<L>(row, shape.Visible(at.Query + i), keys, mask);
            L lowest = L.Broadcast(float.NegativeInfinity);
            maxima[i] = L.MaxAcross(LaneFold.Run<L, ScoreFold>(new(row, mask, shape.Scale), lowest, length));
            sums[i] = L.SumAcross(LaneFold.Run<L, ExpFold>(new(row, row, maxima[i], 1), default, length));
        }
        LaneLoop.Run<L, LogSumStep>(new(maxima, sums, logSums), 0, rows);
        SmallProduct.Run<L>((rows, shape.D, keys), scores, v, new(output, strides.Out.Row), accumulate: false);
        for (int i = 0; i < rows; i++)
        {
            float* row = output + (long)i * strides.Out.Row;
            LaneLoop.Run<L, ScaleStep>(new(1 / sums[i], row, row), 0, shape.D);
        }
    }

    private readonly struct LogSumStep(float* maxima, float* sums, float* logSums) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> =>
            L.Store(L.Load(maxima + i, count) + L.Log(L.Load(sums + i, count)), logSums + i, count);
    }
}
