using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// Layer norm of rows: y = γ·x̂ + β with x̂ = (x − μ)·r, μ the row's mean and r = 1 / √(variance + ε). Ba et al. 2016,
/// arXiv:1607.06450.
/// </summary>
public static unsafe class LayerNormKernel
{
    /// <summary>y and the rows' μ and r from x; x and y are [R, C], C = γ's length.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Forward(
        ReadOnlySpan<float> x, in NormParameters parameters, Span<float> y, in NormStatistics statistics)
    {
        int columns = parameters.Gamma.Length, rows = Require.Rows("LayerNorm", x.Length, columns);
        Require.Length("LayerNorm", y.Length, x.Length);
        Require.Length("LayerNorm", statistics.Mean.Length, rows);
        Require.Length("LayerNorm", statistics.Rstd.Length, rows);
        if (!parameters.Beta.IsEmpty)
            Require.Length("LayerNorm", parameters.Beta.Length, columns);
        fixed (float* px = x, py = y, gamma = parameters.Gamma, beta = parameters.Beta)
        fixed (float* mean = statistics.Mean, rstd = statistics.Rstd)
            Widest.Run(RowPieces.Count(rows, columns),
                new ForwardBody(new(px, py, mean, rstd), gamma, beta, (rows, columns), parameters.Epsilon));
    }

    /// <summary>
    /// With g = dy·γ: dx = r·(g − mean(g) − x̂·mean(g·x̂)) of each row; dγ = Σᵣ dy·x̂; dβ = Σᵣ dy.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, in NormStatistics statistics,
        ReadOnlySpan<float> dy, in NormGradients gradients)
    {
        int columns = gamma.Length, rows = Require.Rows("LayerNorm backward", x.Length, columns);
        Require.Length("LayerNorm backward", statistics.Mean.Length, rows);
        Require.Length("LayerNorm backward", statistics.Rstd.Length, rows);
        Require.Length("LayerNorm backward", dy.Length, x.Length);
        Require.Gradients("LayerNorm backward", gradients, x.Length, columns);
        fixed (float* px = x, pdy = dy, pg = gamma, mean = statistics.Mean, rstd = statistics.Rstd)
        fixed (float* dx = gradients.Dx, dGamma = gradients.DGamma, dBeta = gradients.DBeta)
        {
            var arrays = new NormArrays(px, pdy, mean, rstd);
            if (dx is not null)
                Widest.Run(RowPieces.Count(rows, columns),
                    new BackwardBody(arrays, pg, dx, (rows, columns), gradients.AccumulateDx));
            if (dGamma is not null || dBeta is not null)
                Widest.Run(ColumnPieces.Count(columns),
                    new NormParameterBody(arrays, dGamma, dBeta, (rows, columns), gradients.AccumulateParameters));
        }
    }

    private readonly struct ForwardBody(
        NormArrays arrays, float* gamma, float* beta, (int Rows, int Columns) size, float epsilon) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int columns = size.Columns;
            (int start, int end) = RowPieces.Range(piece, size.Rows, columns);
            for (int r = start; r < end; r++)
            {
                float* x = arrays.X + (long)r * columns, y = arrays.Dy + (long)r * columns;
                float mean = LaneFold.RunInFour<L, SumFold>(new(x), columns) / columns;
                // Far from 0 the sum loses digits; what it lost is in the distances from this first mean.
                float rest = LaneFold.RunInFour<L, DistanceFold>(new(x, mean), columns) / columns;
                float squares = LaneFold.RunInFour<L, SquaredDistanceFold>(new(x, mean), columns) / columns;
                float rstd = 1 / MathF.Sqrt(Math.Max(0, squares - rest * rest) + epsilon);
                mean += rest;
                LaneLoop.Run<L, ForwardStep>(new(x, y, gamma, beta, (mean, rstd)), 0, columns);
                arrays.Mean[r] = mean;
                arrays.Rstd[r] = rstd;
            }
        }
    }

    private readonly struct ForwardStep(float* x, float* y, float* gamma, float* beta, (float Mean, float Rstd) row)
        : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L normal = (L.Load(x + i, count) - L.Broadcast(row.Mean)) * L.Broadcast(row.Rstd);
            L shift = beta is null ? default : L.Load(beta + i, count);
            L.Store(L.MultiplyAdd(normal, L.Load(gamma + i, count), shift), y + i, count);
        }
    }

    private readonly struct BackwardBody(
        NormArrays arrays, float* gamma, float* dx, (int Rows, int Columns) size, bool accumulate) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int columns = size.Columns;
            (int start, int end) = RowPieces.Range(piece, size.Rows, columns);
            for (int r = start; r < end; r++)
            {
                long at = (long)r * columns;
                float* x = arrays.X + at, dy = arrays.Dy + at;
                float mean = arrays.Mean[r], rstd = arrays.Rstd[r];
                float sum = LaneFold.RunInFour<L, DotFold>(new(dy, gamma), columns);
                float along = LaneFold.RunInFour<L, AlongFold>(new(x, dy, gamma, mean), columns);
                // dx = r·g + x̂·(−r·mean(g·x̂)) − r·mean(g), with x̂ = (x − μ)·r
                float slope = -rstd * rstd * rstd * along / columns, shift = -rstd * sum / columns;
                var step = new BackwardStep(new(x, dy, gamma, dx + at), mean, rstd, (slope, shift), accumulate);
                LaneLoop.Run<L, BackwardStep>(step, 0, columns);
            }
        }
    }

    /// <summary>Σ dy·γ·(x − μ).</summary>
    private readonly struct AlongFold(float* x, float* dy, float* gamma, float mean) : ILaneFold
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Fold<L>(L running, int i, int count) where L : struct, ILane<L> => L.MultiplyAdd(
            L.Load(dy + i, count) * L.Load(gamma + i, count), L.Load(x + i, count) - L.Broadcast(mean), running);
    }

    private readonly struct BackwardStep(
        NormRow row, float mean, float rstd, (float Slope, float Shift) line, bool accumulate) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L g = L.Load(row.Dy + i, count) * L.Load(row.Gamma + i, count);
            L centred = L.Load(row.X + i, count) - L.Broadcast(mean);
            L gradient = L.MultiplyAdd(
                g, L.Broadcast(rstd), L.MultiplyAdd(centred, L.Broadcast(line.Slope), L.Broadcast(line.Shift)));
            L.Store(accumulate ? L.Load(row.Dx + i, count) + gradient : gradient, row.Dx + i, count);
        }
    }
}

/// <summary>One row of the arrays of a norm's backward pass.</summary>
internal readonly unsafe struct NormRow(float* x, float* dy, float* gamma, float* dx)
{
    public readonly float* X = x, Dy = dy, Gamma = gamma, Dx = dx;
}
