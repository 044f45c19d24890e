using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// Softmax of rows, yᵢ = e^(xᵢ − m) / Σⱼ e^(xⱼ − m) with m the row's maximum, and its logarithm. −∞ gives probability
/// 0; a row of −∞ alone, or with NaN or +∞, gives NaN, as in PyTorch. Output and input may be the same array.
/// </summary>
public static unsafe class SoftmaxKernel
{
    /// <summary>y = softmax(x) of each row; x and y are [R, columns].</summary>
    /// <exception cref="ArgumentException">The lengths differ or are no whole number of rows.</exception>
    public static void Forward(ReadOnlySpan<float> x, int columns, Span<float> y)
    {
        int rows = Require.Rows("Softmax", x.Length, columns);
        Require.Length("Softmax", y.Length, x.Length);
        fixed (float* px = x, py = y)
            Widest.Run(RowPieces.Count(rows, columns), new ForwardBody(px, py, rows, columns));
    }

    /// <summary>dx = y ⊙ (dy − ⟨y, dy⟩) of each row (+= if accumulating), with y = softmax(x).</summary>
    /// <exception cref="ArgumentException">The lengths differ or are no whole number of rows.</exception>
    public static void Backward(
        ReadOnlySpan<float> y, ReadOnlySpan<float> dy, int columns, Span<float> dx, bool accumulate)
    {
        int rows = Require.Rows("Softmax backward", y.Length, columns);
        Require.Length("Softmax backward", dy.Length, y.Length);
        Require.Length("Softmax backward", dx.Length, y.Length);
        fixed (float* py = y, pdy = dy, pdx = dx)
            Widest.Run(RowPieces.Count(rows, columns), new BackwardBody(py, pdy, pdx, rows, columns, accumulate));
    }

    /// <summary>y = x − m − ln Σⱼ e^(xⱼ − m) of each row; x and y are [R, columns].</summary>
    /// <exception cref="ArgumentException">The lengths differ or are no whole number of rows.</exception>
    public static void LogForward(ReadOnlySpan<float> x, int columns, Span<float> y)
    {
        int rows = Require.Rows("LogSoftmax", x.Length, columns);
        Require.Length("LogSoftmax", y.Length, x.Length);
        fixed (float* px = x, py = y)
            Widest.Run(RowPieces.Count(rows, columns), new LogForwardBody(px, py, rows, columns));
    }

    /// <summary>dx = dy − eʸ·Σdy of each row (+= if accumulating), with y = log softmax(x).</summary>
    /// <exception cref="ArgumentException">The lengths differ or are no whole number of rows.</exception>
    public static void LogBackward(
        ReadOnlySpan<float> y, ReadOnlySpan<float> dy, int columns, Span<float> dx, bool accumulate)
    {
        int rows = Require.Rows("LogSoftmax backward", y.Length, columns);
        Require.Length("LogSoftmax backward", dy.Length, y.Length);
        Require.Length("LogSoftmax backward", dx.Length, y.Length);
        fixed (float* py = y, pdy = dy, pdx = dx)
            Widest.Run(RowPieces.Count(rows, columns), new LogBackwardBody(py, pdy, pdx, rows, columns, accumulate));
    }

    private readonly struct ForwardBody(float* x, float* y, int rows, int columns) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int start, int end) = RowPieces.Range(piece, rows, columns);
            for (int r = start; r < end; r++)
            {
                float* from = x + (long)r * columns, to = y + (long)r * columns;
                float max = LaneRow.Max<L>(from, columns);
                L sum = LaneFold.Run<L, ExpFold>(new(from, to, max, 1), default, columns);
                LaneLoop.Run<L, ScaleStep>(new(1 / L.SumAcross(sum), to, to), 0, columns);
            }
        }
    }

    private readonly struct BackwardBody(float* y, float* dy, float* dx, int rows, int columns, bool accumulate)
        : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int start, int end) = RowPieces.Range(piece, rows, columns);
            for (int r = start; r < end; r++)
            {
                long at = (long)r * columns;
                float dot = L.SumAcross(LaneFold.Run<L, DotFold>(new(y + at, dy + at), default, columns));
                LaneLoop.Run<L, BackwardStep>(new(y + at, dy + at, dx + at, dot, accumulate), 0, columns);
            }
        }
    }

    private readonly struct BackwardStep(float* y, float* dy, float* dx, float dot, bool accumulate) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L gradient = L.Load(y + i, count) * (L.Load(dy + i, count) - L.Broadcast(dot));
            L.Store(accumulate ? L.Load(dx + i, count) + gradient : gradient, dx + i, count);
        }
    }

    private readonly struct LogForwardBody(float* x, float* y, int rows, int columns) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int start, int end) = RowPieces.Range(piece, rows, columns);
            for (int r = start; r < end; r++)
            {
                float* from = x + (long)r * columns, to = y + (long)r * columns;
                float max = LaneRow.Max<L>(from, columns);
                L sum = LaneFold.Run<L, ExpSumFold>(new(from, max), default, columns);
                LaneLoop.Run<L, ShiftStep>(new(from, to, max, MathF.Log(L.SumAcross(sum))), 0, columns);
            }
        }
    }

    // Two subtractions: max + ln Σ in one number would lose the logarithm beside a huge maximum.
    private readonly struct ShiftStep(float* x, float* y, float max, float logSum) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> =>
            L.Store(L.Load(x + i, count) - L.Broadcast(max) - L.Broadcast(logSum), y + i, count);
    }

    private readonly struct LogBackwardBody(float* y, float* dy, float* dx, int rows, int columns, bool accumulate)
        : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int start, int end) = RowPieces.Range(piece, rows, columns);
            for (int r = start; r < end; r++)
            {
                long at = (long)r * columns;
                float sum = L.SumAcross(LaneFold.Run<L, SumFold>(new(dy + at), default, columns));
                LaneLoop.Run<L, LogBackwardStep>(new(y + at, dy + at, dx + at, sum, accumulate), 0, columns);
            }
        }
    }

    private readonly struct LogBackwardStep(float* y, float* dy, float* dx, float sum, bool accumulate) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L gradient = L.Load(dy + i, count) - L.Exp(L.Load(y + i, count)) * L.Broadcast(sum);
            L.Store(accumulate ? L.Load(dx + i, count) + gradient : gradient, dx + i, count);
        }
    }
}
