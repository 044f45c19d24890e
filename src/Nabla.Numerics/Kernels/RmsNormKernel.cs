using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// RMS norm of rows: y = γ·x·r with r = 1 / √(mean(x²) + ε). Zhang and Sennrich 2019, arXiv:1910.07467, equation 4.
/// </summary>
public static unsafe class RmsNormKernel
{
    /// <summary>y and the rows' r from x; x and y are [R, C], C = γ's length; there is no β.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Forward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, float epsilon, Span<float> y, Span<float> rstd)
    {
        int columns = gamma.Length, rows = Require.Rows("RmsNorm", x.Length, columns);
        Require.Length("RmsNorm", y.Length, x.Length);
        Require.Length("RmsNorm", rstd.Length, rows);
        fixed (float* px = x, py = y, pg = gamma, pr = rstd)
            Widest.Run(
                RowPieces.Count(rows, columns), new ForwardBody(new(px, py, null, pr), pg, (rows, columns), epsilon));
    }

    /// <summary>With g = dy·γ: dx = r·(g − x·r²·mean(g·x)) of each row; dγ = Σᵣ dy·x·r.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> rstd,
        ReadOnlySpan<float> dy, in NormGradients gradients)
    {
        int columns = gamma.Length, rows = Require.Rows("RmsNorm backward", x.Length, columns);
        Require.Length("RmsNorm backward", rstd.Length, rows);
        Require.Length("RmsNorm backward", dy.Length, x.Length);
        Require.Length("RmsNorm backward", gradients.DBeta.Length, 0);
        Require.Gradients("RmsNorm backward", gradients, x.Length, columns);
        fixed (float* px = x, pdy = dy, pg = gamma, pr = rstd, dx = gradients.Dx, dGamma = gradients.DGamma)
        {
            var arrays = new NormArrays(px, pdy, null, pr);
            if (dx is not null)
                Widest.Run(RowPieces.Count(rows, columns),
                    new BackwardBody(arrays, pg, dx, (rows, columns), gradients.AccumulateDx));
            if (dGamma is not null)
                Widest.Run(ColumnPieces.Count(columns),
                    new NormParameterBody(arrays, dGamma, null, (rows, columns), gradients.AccumulateParameters));
        }
    }

    private readonly struct ForwardBody(
        NormArrays arrays, float* gamma, (int Rows, int Columns) size, float epsilon) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int columns = size.Columns;
            (int start, int end) = RowPieces.Range(piece, size.Rows, columns);
            for (int r = start; r < end; r++)
            {
                float* x = arrays.X + (long)r * columns;
                float squares = LaneFold.RunInFour<L, DotFold>(new(x, x), columns);
                float rstd = 1 / MathF.Sqrt(squares / columns + epsilon);
                LaneLoop.Run<L, ForwardStep>(new(x, arrays.Dy + (long)r * columns, gamma, rstd), 0, columns);
                arrays.Rstd[r] = rstd;
            }
        }
    }

    private readonly struct ForwardStep(float* x, float* y, float* gamma, float rstd) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> =>
            L.Store(L.Load(x + i, count) * L.Broadcast(rstd) * L.Load(gamma + i, count), y + i, count);
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
                float rstd = arrays.Rstd[r];
                float along = LaneFold.RunInFour<L, AlongFold>(new(x, dy, gamma), columns);
                float slope = -rstd * rstd * rstd * along / columns;
                LaneLoop.Run<L, BackwardStep>(new(new(x, dy, gamma, dx + at), rstd, slope, accumulate), 0, columns);
            }
        }
    }

    /// <summary>Σ dy·γ·x.</summary>
    private readonly struct AlongFold(float* x, float* dy, float* gamma) : ILaneFold
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Fold<L>(L running, int i, int count) where L : struct, ILane<L> =>
            L.MultiplyAdd(L.Load(dy + i, count) * L.Load(gamma + i, count), L.Load(x + i, count), running);
    }

    private readonly struct BackwardStep(NormRow row, float rstd, float slope, bool accumulate) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L g = L.Load(row.Dy + i, count) * L.Load(row.Gamma + i, count);
            L gradient = L.MultiplyAdd(g, L.Broadcast(rstd), L.Load(row.X + i, count) * L.Broadcast(slope));
            L.Store(accumulate ? L.Load(row.Dx + i, count) + gradient : gradient, row.Dx + i, count);
        }
    }
}
