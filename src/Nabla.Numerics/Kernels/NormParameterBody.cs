using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>dγ = Σᵣ dy·x̂ and dβ = Σᵣ dy, a piece being a few columns whose rows are taken in order.</summary>
internal readonly unsafe struct NormParameterBody(
    NormArrays arrays, float* dGamma, float* dBeta, (int Rows, int Columns) size, bool accumulate) : ILaneBody
{
    private const int Block = 256;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Run<L>(int piece) where L : struct, ILane<L>
    {
        int end = ColumnPieces.End(piece, size.Columns);
        for (int c = ColumnPieces.Start(piece); c < end; c += L.Count)
            if (end - c >= L.Count)
                Column<L>(c, L.Count);
            else
                Column<L>(c, end - c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Column<L>(int c, int count) where L : struct, ILane<L>
    {
        float* x = arrays.X + c, dy = arrays.Dy + c;
        var gamma = default(Compensated<L>);
        var beta = default(Compensated<L>);
        for (int block = 0; block < size.Rows; block += Block)
        {
            L gammaSum = default, betaSum = default;
            for (int r = block; r < Math.Min(size.Rows, block + Block); r++)
            {
                L g = L.Load(dy + (long)r * size.Columns, count), value = L.Load(x + (long)r * size.Columns, count);
                if (arrays.Mean is not null)
                    value -= L.Broadcast(arrays.Mean[r]);
                gammaSum = L.MultiplyAdd(g, value * L.Broadcast(arrays.Rstd[r]), gammaSum);
                betaSum += g;
            }
            gamma.Add(gammaSum);
            beta.Add(betaSum);
        }
        StoreColumns(gamma.Rounded, dGamma, c, count);
        StoreColumns(beta.Rounded, dBeta, c, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StoreColumns<L>(L sum, float* target, int c, int count) where L : struct, ILane<L>
    {
        if (target is not null)
            L.Store(accumulate ? L.Load(target + c, count) + sum : sum, target + c, count);
    }
}

/// <summary>The arrays of a norm; Mean is null for RMS norm, and in a forward pass Dy is where y goes.</summary>
internal readonly unsafe struct NormArrays(float* x, float* dy, float* mean, float* rstd)
{
    public readonly float* X = x, Dy = dy, Mean = mean, Rstd = rstd;
}
