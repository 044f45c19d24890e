using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

public static unsafe partial class Elementwise
{
    /// <summary>y = f(a, b), element by element; a or b may also be a single number.</summary>
    /// <exception cref="ArgumentException">An operand's length is neither that of y nor 1.</exception>
    public static void Zip<TOp>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
        where TOp : struct, IBinaryOp => ZipRows<TOp>(Flat(a.Length, b.Length, y.Length), a, b, y);

    /// <summary>
    /// y = f(a, b) on rows; y is [Rows, Columns], <paramref name="shape"/> says how a and b are laid out.
    /// </summary>
    /// <exception cref="ArgumentException">A length does not fit the shape.</exception>
    public static void ZipRows<TOp>(in ZipShape shape, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
        where TOp : struct, IBinaryOp
    {
        Check("Zip", shape, a.Length, b.Length);
        Require.Length("Zip", y.Length, shape.Length);
        fixed (float* pa = a, pb = b, py = y)
            RowTiles<ZipLoop<TOp>>.Run(shape, new(pa, pb, py, null, null));
    }

    /// <summary>da = ∂f/∂a·dy (+=), of full size [n] also where a is a single number: the caller sums it.</summary>
    /// <exception cref="ArgumentException">An operand's length is neither that of y nor 1.</exception>
    public static void ZipBackwardA<TOp>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy, Span<float> da, bool accumulate) where TOp : struct, IBinaryOp =>
        ZipRowsBackwardA<TOp>(Flat(a.Length, b.Length, y.Length), a, b, y, dy, da, accumulate);

    /// <summary>db = ∂f/∂b·dy (+=), of full size [n] also where b is a single number: the caller sums it.</summary>
    /// <exception cref="ArgumentException">An operand's length is neither that of y nor 1.</exception>
    public static void ZipBackwardB<TOp>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy, Span<float> db, bool accumulate) where TOp : struct, IBinaryOp =>
        ZipRowsBackwardB<TOp>(Flat(a.Length, b.Length, y.Length), a, b, y, dy, db, accumulate);

    /// <summary>
    /// da = ∂f/∂a·dy (+=) on rows; y, dy and da are dense [Rows, Columns]: the caller sums what a repeats.
    /// </summary>
    /// <exception cref="ArgumentException">A length does not fit the shape.</exception>
    public static void ZipRowsBackwardA<TOp>(in ZipShape shape, ReadOnlySpan<float> a, ReadOnlySpan<float> b,
        ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> da, bool accumulate) where TOp : struct, IBinaryOp
    {
        CheckBackward(shape, a, b, y, dy, da);
        fixed (float* pa = a, pb = b, py = y, pdy = dy, pda = da)
            if (accumulate)
                RowTiles<ZipBackwardLoop<TOp, ForA, Add>>.Run(shape, new(pa, pb, py, pdy, pda));
            else
                RowTiles<ZipBackwardLoop<TOp, ForA, Write>>.Run(shape, new(pa, pb, py, pdy, pda));
    }

    /// <summary>
    /// db = ∂f/∂b·dy (+=) on rows; y, dy and db are dense [Rows, Columns]: the caller sums what b repeats.
    /// </summary>
    /// <exception cref="ArgumentException">A length does not fit the shape.</exception>
    public static void ZipRowsBackwardB<TOp>(in ZipShape shape, ReadOnlySpan<float> a, ReadOnlySpan<float> b,
        ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> db, bool accumulate) where TOp : struct, IBinaryOp
    {
        CheckBackward(shape, a, b, y, dy, db);
        fixed (float* pa = a, pb = b, py = y, pdy = dy, pdb = db)
            if (accumulate)
                RowTiles<ZipBackwardLoop<TOp, ForB, Add>>.Run(shape, new(pa, pb, py, pdy, pdb));
            else
                RowTiles<ZipBackwardLoop<TOp, ForB, Write>>.Run(shape, new(pa, pb, py, pdy, pdb));
    }

    private static ZipShape Flat(int lengthA, int lengthB, int length)
    {
        if ((lengthA != length && lengthA != 1) || (lengthB != length && lengthB != 1))
            ThrowLengths(lengthA, lengthB, length);
        return new(1, length) { RepeatA = lengthA == 1 && length != 1, RepeatB = lengthB == 1 && length != 1 };
    }

    private static void ThrowLengths(int lengthA, int lengthB, int length) => throw new ArgumentException(
        $"Zip: a has {lengthA} numbers and b has {lengthB}; each must have {length} like the result, or 1.");

    private static void Check(string operation, in ZipShape shape, int lengthA, int lengthB)
    {
        if (shape.Rows < 0 || shape.Columns < 0 || shape.RowStrideA < 0 || shape.RowStrideB < 0)
            ThrowNegative(operation, shape);
        Require.AtLeast(operation, lengthA, shape.LengthA);
        Require.AtLeast(operation, lengthB, shape.LengthB);
    }

    private static void ThrowNegative(string operation, in ZipShape shape) =>
        throw new ArgumentException($"{operation}: the shape has a negative member: {shape}.");

    private static void CheckBackward(in ZipShape shape, ReadOnlySpan<float> a, ReadOnlySpan<float> b,
        ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<float> gradient)
    {
        Check("ZipBackward", shape, a.Length, b.Length);
        Require.Length("ZipBackward", y.Length, shape.Length);
        Require.Length("ZipBackward", dy.Length, shape.Length);
        Require.Length("ZipBackward", gradient.Length, shape.Length);
    }

    /// <summary>The arrays of an op, or one row of them.</summary>
    private readonly struct Arrays(float* a, float* b, float* y, float* dy, float* gradient)
    {
        public readonly float* A = a, B = b, Y = y, Dy = dy, Gradient = gradient;
    }

    /// <summary>
    /// The loop over one row. A repeated operand is a register full of copies that is read over and over: the index is
    /// masked to 0, and the loop is the same.
    /// </summary>
    private interface IRowLoop
    {
        static abstract void Run<L>(in Arrays row, int maskA, int maskB, int columns) where L : struct, ILane<L>;
    }

    private readonly struct RowTiles<TLoop>(ZipShape shape, Arrays arrays, int rowsInTile, int slices) : ILaneBody
        where TLoop : struct, IRowLoop
    {
        private const int Tile = ElementPieces.Size;

        public static void Run(in ZipShape shape, in Arrays arrays)
        {
            if (shape.Length is > 0 and <= Tile)
                Widest.Run(1, new RowTiles<TLoop>(shape, arrays, shape.Rows, 1));
            else if (shape.Length > 0)
            {
                int rows = Math.Max(1, Tile / shape.Columns), slices = Cuts.Count(shape.Columns, Tile);
                long groups = Cuts.Count(shape.Rows, rows);
                Widest.Run(checked((int)(groups * slices)), new RowTiles<TLoop>(shape, arrays, rows, slices));
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int group = slices == 1 ? piece : piece / slices;
            int firstRow = group * rowsInTile, firstColumn = (piece - group * slices) * Tile;
            int columns = Math.Min(Tile, shape.Columns - firstColumn);
            float* copiesA = stackalloc float[16], copiesB = stackalloc float[16];
            int maskA = shape.RepeatA ? 0 : -1, maskB = shape.RepeatB ? 0 : -1;
            for (int r = firstRow, end = (int)Math.Min((long)firstRow + rowsInTile, shape.Rows); r < end; r++)
            {
                float* a = arrays.A + (long)r * shape.RowStrideA, b = arrays.B + (long)r * shape.RowStrideB;
                long at = (long)r * shape.Columns + firstColumn;
                if (shape.RepeatA)
                    L.Store(L.Broadcast(*a), copiesA, L.Count);
                if (shape.RepeatB)
                    L.Store(L.Broadcast(*b), copiesB, L.Count);
                var row = new Arrays(
                    shape.RepeatA ? copiesA : a + firstColumn, shape.RepeatB ? copiesB : b + firstColumn,
                    arrays.Y + at, arrays.Dy + at, arrays.Gradient + at);
                TLoop.Run<L>(row, maskA, maskB, columns);
            }
        }
    }

    private readonly struct ZipLoop<TOp> : IRowLoop where TOp : struct, IBinaryOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Run<L>(in Arrays row, int maskA, int maskB, int columns) where L : struct, ILane<L> =>
            LaneLoop.Run<L, ZipStep<TOp>>(new(row, maskA, maskB), 0, columns);
    }

    private readonly struct ZipBackwardLoop<TOp, TSide, TTarget> : IRowLoop
        where TOp : struct, IBinaryOp
        where TSide : struct, ISide
        where TTarget : struct, ITarget
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Run<L>(in Arrays row, int maskA, int maskB, int columns) where L : struct, ILane<L> =>
            LaneLoop.Run<L, ZipBackwardStep<TOp, TSide, TTarget>>(new(row, maskA, maskB), 0, columns);
    }

    private readonly struct ZipStep<TOp>(Arrays row, int maskA, int maskB) : ILaneStep where TOp : struct, IBinaryOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> => L.Store(
            TOp.Forward(L.Load(row.A + (i & maskA), count), L.Load(row.B + (i & maskB), count)), row.Y + i, count);
    }

    private readonly struct ZipBackwardStep<TOp, TSide, TTarget>(Arrays row, int maskA, int maskB) : ILaneStep
        where TOp : struct, IBinaryOp
        where TSide : struct, ISide
        where TTarget : struct, ITarget
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L> => TTarget.StoreOrAdd(
            TSide.Backward<TOp, L>(L.Load(row.A + (i & maskA), count), L.Load(row.B + (i & maskB), count),
                L.Load(row.Y + i, count), L.Load(row.Dy + i, count)),
            row.Gradient + i, count);
    }

    /// <summary>Which operand the gradient belongs to.</summary>
    private interface ISide
    {
        static abstract V Backward<TOp, V>(V a, V b, V y, V dy)
            where TOp : struct, IBinaryOp where V : struct, IReal<V>;
    }

    private readonly struct ForA : ISide
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Backward<TOp, V>(V a, V b, V y, V dy)
            where TOp : struct, IBinaryOp where V : struct, IReal<V> =>
            TOp.BackwardA(a, b, y, dy);
    }

    private readonly struct ForB : ISide
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Backward<TOp, V>(V a, V b, V y, V dy)
            where TOp : struct, IBinaryOp where V : struct, IReal<V> =>
            TOp.BackwardB(a, b, y, dy);
    }
}
