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
        int c = ColumnPieces.Start(piece), end = ColumnPieces.End(piece, size.Columns);
        for (; c <= end - 2 * L.Count; c += 2 * L.Count)
            TwoColumns<L>(c);
        for (; c < end; c += L.Count)
            if (end - c >= L.Count)
                Column<L>(c, L.Count);
            else
                Column<L>(c, end - c);
    }

    /// <summary>Two registers of columns together: a row's cache lines lie side by side, the next row is far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TwoColumns<L>(int c) where L : struct, ILane<L>
    {
        Compensated<L> gamma0 = default, gamma1 = default, beta0 = default, beta1 = default;
        for (int block = 0; block < size.Rows; block += Block)
        {
            L gammaSum0 = default, gammaSum1 = default, betaSum0 = default, betaSum1 = default;
            int end = Math.Min(size.Rows, block + Block);
            for (int r = block; r < end; r++)
            {
                (L g0, L normal0) = At<L>(r, c, L.Count);
                (L g1, L normal1) = At<L>(r, c + L.Count, L.Count);
                gammaSum0 = L.MultiplyAdd(g0, normal0, gammaSum0);
                gammaSum1 = L.MultiplyAdd(g1, normal1, gammaSum1);
                betaSum0 += g0;
                betaSum1 += g1;
            }
            gamma0.Add(gammaSum0);
            gamma1.Add(gammaSum1);
            beta0.Add(betaSum0);
            beta1.Add(betaSum1);
        }
        StoreColumns(gamma0.Rounded, dGamma, c, L.Count);
        StoreColumns(gamma1.Rounded, dGamma, c + L.Count, L.Count);
        StoreColumns(beta0.Rounded, dBeta, c, L.Count);
        StoreColumns(beta1.Rounded, dBeta, c + L.Count, L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Column<L>(int c, int count) where L : struct, ILane<L>
    {
        Compensated<L> gamma = default, beta = default;
        for (int block = 0; block < size.Rows; block += Block)
        {
            L gammaSum = default, betaSum = default;
            for (int r = block; r < Math.Min(size.Rows, block + Block); r++)
            {
                (L g, L normal) = At<L>(r, c, count);
                gammaSum = L.MultiplyAdd(g, normal, gammaSum);
                betaSum += g;
            }
            gamma.Add(gammaSum);
            beta.Add(betaSum);
        }
        StoreColumns(gamma.Rounded, dGamma, c, count);
        StoreColumns(beta.Rounded, dBeta, c, count);
    }

    /// <summary>dy and x̂ of some columns of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (L Dy, L Normal) At<L>(int r, int c, int count) where L : struct, ILane<L>
    {
        long at = (long)r * size.Columns + c;
        L value = L.Load(arrays.X + at, count);
        if (arrays.Mean is not null)
            value -= L.Broadcast(arrays.Mean[r]);
        return (L.Load(arrays.Dy + at, count), value * L.Broadcast(arrays.Rstd[r]));
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
