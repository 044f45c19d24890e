using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// An activation of rows to which a bias is added first, y = f(x + b). The forward pass is one pass over x; the
/// backward pass is one as well, in which each row's dx is added to db while it is in the nearest cache.
/// </summary>
public static unsafe class BiasActivationKernel
{
    // A piece of the backward pass has a row of sums of its own: enough rows that these do not count, and few enough
    // that their sums in float stay exact enough and that there is work for many threads.
    private const int LeastRowsInPiece = 64, MostRowsInPiece = 256;

    /// <summary>y = f(x + b); x and y are [R, C], C = b's length. y may be x.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Forward<TOp>(ReadOnlySpan<float> x, ReadOnlySpan<float> bias, Span<float> y)
        where TOp : struct, IUnaryOp
    {
        int columns = bias.Length, rows = Require.Rows("BiasActivation", x.Length, columns);
        Require.Length("BiasActivation", y.Length, x.Length);
        fixed (float* px = x, b = bias, py = y)
            Widest.Run(RowPieces.Count(rows, columns), new ForwardBody<TOp>(px, b, py, (rows, columns)));
    }

    /// <summary>
    /// dx = f′(x + b)·dy (+=) and db = Σ over the rows of f′(x + b)·dy (+=). dx may lie where x or dy lies.
    /// </summary>
    /// <param name="operands">x as A [R, C], b as B [C], y = f(x + b) and dy [R, C].</param>
    /// <param name="dx">dL/dx [R, C].</param>
    /// <param name="accumulate">Adds to dx instead of overwriting it.</param>
    /// <param name="dBias">dL/db [C].</param>
    /// <param name="accumulateBias">Adds to db instead of overwriting it.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Backward<TOp>(
        in ZipOperands operands, Span<float> dx, bool accumulate, Span<float> dBias, bool accumulateBias)
        where TOp : struct, IUnaryOp
    {
        int columns = operands.B.Length, rows = Require.Rows("BiasActivation backward", operands.A.Length, columns);
        Require.Length("BiasActivation backward", operands.Y.Length, operands.A.Length);
        Require.Length("BiasActivation backward", operands.Dy.Length, operands.A.Length);
        Require.Length("BiasActivation backward", dx.Length, operands.A.Length);
        Require.Length("BiasActivation backward", dBias.Length, columns);
        int rowsInPiece = Math.Clamp(RowPieces.Rows(columns), LeastRowsInPiece, MostRowsInPiece);
        int pieces = Cuts.Count(rows, rowsInPiece), sums = checked(pieces * columns);
        float* partial = Workspace.GetCommon(sums);
        fixed (float* x = operands.A, b = operands.B, y = operands.Y, dy = operands.Dy, pdx = dx)
            Widest.Run(pieces, new BackwardBody<TOp>(
                new(x, b, y, dy, pdx), partial, (rows, columns), rowsInPiece, accumulate));
        Elementwise.SumColumns(new ReadOnlySpan<float>(partial, sums), dBias, accumulateBias);
    }

    private readonly struct ForwardBody<TOp>(float* x, float* bias, float* y, (int Rows, int Columns) size) : ILaneBody
        where TOp : struct, IUnaryOp
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int start, int end) = RowPieces.Range(piece, size.Rows, size.Columns);
            for (int r = start; r < end; r++)
            {
                long at = (long)r * size.Columns;
                LaneLoop.Run<L, ForwardStep<TOp>>(new(x + at, bias, y + at), 0, size.Columns);
            }
        }
    }

    private readonly struct ForwardStep<TOp>(float* x, float* bias, float* y) : ILaneStep where TOp : struct, IUnaryOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> =>
            L.Store(TOp.Forward(L.Load(x + i, count) + L.Load(bias + i, count)), y + i, count);
    }

    /// <summary>The arrays of the backward pass, or one row of them.</summary>
    private readonly struct Arrays(float* x, float* bias, float* y, float* dy, float* dx)
    {
        public readonly float* X = x, Bias = bias, Y = y, Dy = dy, Dx = dx;

        public Arrays Row(long at) => new(X + at, Bias, Y + at, Dy + at, Dx + at);
    }

    private readonly struct BackwardBody<TOp>(
        Arrays arrays, float* partial, (int Rows, int Columns) size, int rowsInPiece, bool accumulate) : ILaneBody
        where TOp : struct, IUnaryOp
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            float* sums = partial + (long)piece * size.Columns;
            new Span<float>(sums, size.Columns).Clear();
            int start = piece * rowsInPiece, end = start + Math.Min(rowsInPiece, size.Rows - start);
            for (int r = start; r < end; r++)
            {
                Arrays row = arrays.Row((long)r * size.Columns);
                if (accumulate)
                    LaneLoop.Run<L, AddStep<TOp>>(new(row, sums), 0, size.Columns);
                else
                    LaneLoop.Run<L, WriteStep<TOp>>(new(row, sums), 0, size.Columns);
            }
        }
    }

    private readonly struct WriteStep<TOp>(Arrays row, float* sums) : ILaneStep where TOp : struct, IUnaryOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> =>
            L.Store(Differentiate<TOp, L>(row, sums, i, count), row.Dx + i, count);
    }

    private readonly struct AddStep<TOp>(Arrays row, float* sums) : ILaneStep where TOp : struct, IUnaryOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> =>
            L.Store(L.Load(row.Dx + i, count) + Differentiate<TOp, L>(row, sums, i, count), row.Dx + i, count);
    }

    /// <summary>f′(x + b)·dy, which is also added to the columns' sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Differentiate<TOp, L>(in Arrays row, float* sums, int i, int count)
        where TOp : struct, IUnaryOp
        where L : struct, ILane<L>
    {
        L x = L.Load(row.X + i, count) + L.Load(row.Bias + i, count);
        L gradient = TOp.Backward(x, L.Load(row.Y + i, count), L.Load(row.Dy + i, count));
        L.Store(L.Load(sums + i, count) + gradient, sums + i, count);
        return gradient;
    }
}
