using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// The forward pass for very few queries, as in generation one token at a time: the time goes into reading keys and
/// values once, so nothing is copied or transposed.
/// </summary>
internal readonly unsafe struct AttentionFewQueries(
    AttentionShape shape, AttentionStrides strides, AttentionArrays arrays) : ILaneBody
{
    private const int MostQueries = 3;

    /// <summary>Whether this is the way for the shape.</summary>
    public static bool Fits(in AttentionShape shape) => shape.Tq <= MostQueries;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Run<L>(int piece) where L : struct, ILane<L>
    {
        (int start, int end) = shape.KeyHeads(piece);
        float* scores = Workspace.Get(shape.Tk);
        for (int index = start; index < end; index++)
        {
            (int batch, int keyHead) = (index / shape.Hkv, index % shape.Hkv);
            for (int head = keyHead * shape.Group; head < (keyHead + 1) * shape.Group; head++)
                for (int query = 0; query < shape.Tq; query++)
                    RunQuery<L>((batch, head, query), keyHead, scores);
        }
    }

    private void RunQuery<L>((int Batch, int Head, int Query) at, int keyHead, float* scores) where L : struct, ILane<L>
    {
        int keys = shape.Visible(at.Query);
        float* q = arrays.Q + strides.Q.At(at.Batch, at.Head, at.Query);
        float* k = arrays.K + strides.K.At(at.Batch, keyHead, 0);
        for (int j = 0; j < keys; j++)
            scores[j] = L.SumAcross(LaneFold.Run<L, DotFold>(new(q, k + (long)j * strides.K.Row), default, shape.D));
        float* mask = arrays.Mask is null ? null : arrays.Mask + (long)at.Query * shape.Tk;
        L lowest = L.Broadcast(float.NegativeInfinity);
        float max = L.MaxAcross(LaneFold.Run<L, ScoreFold>(new(scores, mask, shape.Scale), lowest, keys));
        float sum = L.SumAcross(LaneFold.Run<L, ExpFold>(new(scores, scores, max, 1), default, keys));
        float* logSums = arrays.LogSums + ((long)at.Batch * shape.Hq + at.Head) * shape.Tq + at.Query;
        LaneLoop.Run<L, LogSumStep>(new(&max, &sum, logSums), 0, 1);

        float* output = arrays.Out + strides.Out.At(at.Batch, at.Head, at.Query);
        var v = new Matrix(arrays.V + strides.V.At(at.Batch, keyHead, 0), strides.V.Row);
        SmallProduct.Run<L>((1, shape.D, keys), new(scores, keys), v, new(output, strides.Out.Row), accumulate: false);
        LaneLoop.Run<L, ScaleStep>(new(1 / sum, output, output), 0, shape.D);
    }

    /// <summary>s = s·scale + mask; folds the maximum.</summary>
    private readonly struct ScoreFold(float* scores, float* mask, float scale) : ILaneFold
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
}
