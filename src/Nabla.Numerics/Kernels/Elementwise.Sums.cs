using System.Buffers;
using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

public static unsafe partial class Elementwise
{
    private const int SumChunk = 1 << 15;

    /// <summary>
    /// Σx, compensated (Neumaier 1974) in each lane, the lanes and chunks added in double in fixed order: the error is
    /// about 2⁻⁴⁷·Σ|x|, as if summed in double.
    /// </summary>
    public static double Sum(ReadOnlySpan<float> x)
    {
        fixed (float* p = x)
            return Total<SumTerm>(p, x.Length);
    }

    /// <summary>Σx²: each square rounded to float, summed like <see cref="Sum"/>; relative error ≤ 2⁻²⁴.</summary>
    public static double SquaredNorm(ReadOnlySpan<float> x)
    {
        fixed (float* p = x)
            return Total<SquareTerm>(p, x.Length);
    }

    /// <summary>
    /// Σx² over many arrays as one piece of work: the sum of their <see cref="SquaredNorm(ReadOnlySpan{float})"/>s in
    /// order.
    /// </summary>
    public static double SquaredNorm(ReadOnlyMemory<ReadOnlyMemory<float>> arrays)
    {
        var pieces = new PiecesOfMany(arrays.Length);
        foreach (ReadOnlyMemory<float> x in arrays.Span)
            pieces.Add(Cuts.Count(x.Length, SumChunk));
        double[] partial = ArrayPool<double>.Shared.Rent(pieces.Count);
        Widest.Run(pieces.Count, new SquaresOfMany(arrays, pieces, partial));
        double total = 0;
        int next = 0;
        foreach (ReadOnlyMemory<float> x in arrays.Span)
        {
            double sum = 0;
            for (int chunk = Cuts.Count(x.Length, SumChunk); chunk > 0; chunk--)
                sum += partial[next++];
            total += sum;
        }
        ArrayPool<double>.Shared.Return(partial);
        pieces.Return();
        return total;
    }

    /// <summary>The largest element; NaN if any is NaN, −∞ for an empty array.</summary>
    public static float Max(ReadOnlySpan<float> x)
    {
        fixed (float* p = x)
            return (float)Total<MaxTerm>(p, x.Length);
    }

    /// <summary>
    /// The sum of each row: x [R, C] → y [R] (y += if accumulating). Compensated in each lane, the lanes added in
    /// float: the error is at most about 2⁻²²·Σ|x|.
    /// </summary>
    /// <exception cref="ArgumentException">x is not y.Length rows of <paramref name="columns"/> numbers.</exception>
    public static void SumRows(ReadOnlySpan<float> x, int columns, Span<float> y, bool accumulate = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Require.Length("SumRows", x.Length, (long)y.Length * columns);
        fixed (float* px = x, py = y)
        {
            Widest.Run(RowPieces.Count(y.Length, columns), new SumRowsBody(px, py, y.Length, columns, accumulate));
        }
    }

    /// <summary>
    /// The sum of each column: x [R, C] → y [C] (y += if accumulating). A piece is a few columns and takes the rows in
    /// order: 256 rows at a time in float, these sums compensated.
    /// </summary>
    /// <exception cref="ArgumentException">x is not a whole number of rows of y.Length numbers.</exception>
    public static void SumColumns(ReadOnlySpan<float> x, Span<float> y, bool accumulate = false)
    {
        int rows = y.Length == 0 ? 0 : x.Length / y.Length;
        Require.Length("SumColumns", x.Length, (long)rows * y.Length);
        fixed (float* px = x, py = y)
            Widest.Run(ColumnPieces.Count(y.Length), new SumColumnsBody(px, py, rows, y.Length, accumulate));
    }

    private static double Total<TTerm>(float* x, int length) where TTerm : struct, ITerm
    {
        int pieces = Cuts.Count(length, SumChunk);
        if (pieces == 0)
            return TTerm.Empty;
        double[]? rented = pieces > 64 ? ArrayPool<double>.Shared.Rent(pieces) : null;
        double* small = stackalloc double[64];
        fixed (double* large = rented)
        {
            double* partial = rented is null ? small : large;
            Widest.Run(pieces, new TotalBody<TTerm>(x, length, partial));
            double total = partial[0];
            for (int i = 1; i < pieces; i++)
                total = TTerm.Combine(total, partial[i]);
            if (rented is not null)
                ArrayPool<double>.Shared.Return(rented);
            return total;
        }
    }

    /// <summary>What is summed, and how.</summary>
    private interface ITerm
    {
        static abstract double Empty { get; }

        static abstract double Combine(double a, double b);

        static abstract double Reduce<L>(float* x, int length) where L : struct, ILane<L>;
    }

    private readonly struct SumTerm : ITerm
    {
        public static double Empty => 0;

        public static double Combine(double a, double b) => a + b;

        public static double Reduce<L>(float* x, int length) where L : struct, ILane<L> =>
            Lanes<L>(x, length).Total();

        public static Compensated<L> Lanes<L>(float* x, int length) where L : struct, ILane<L>
        {
            var even = default(Compensated<L>);
            var odd = default(Compensated<L>);
            int i = 0;
            for (int last = length - 2 * L.Count; i <= last; i += 2 * L.Count)
            {
                even.Add(L.Load(x + i, L.Count));
                odd.Add(L.Load(x + i + L.Count, L.Count));
            }
            for (; i < length; i += L.Count)
                even.Add(L.Load(x + i, Math.Min(L.Count, length - i)));
            even.Add(odd);
            return even;
        }
    }

    private readonly struct SquareTerm : ITerm
    {
        public static double Empty => 0;

        public static double Combine(double a, double b) => a + b;

        public static double Reduce<L>(float* x, int length) where L : struct, ILane<L>
        {
            var even = default(Compensated<L>);
            var odd = default(Compensated<L>);
            int i = 0;
            for (int last = length - 2 * L.Count; i <= last; i += 2 * L.Count)
            {
                L first = L.Load(x + i, L.Count), second = L.Load(x + i + L.Count, L.Count);
                even.Add(first * first);
                odd.Add(second * second);
            }
            for (; i < length; i += L.Count)
            {
                L rest = L.Load(x + i, Math.Min(L.Count, length - i));
                even.Add(rest * rest);
            }
            even.Add(odd);
            return even.Total();
        }
    }

    private readonly struct MaxTerm : ITerm
    {
        public static double Empty => double.NegativeInfinity;

        public static double Combine(double a, double b) => Math.Max(a, b);

        public static double Reduce<L>(float* x, int length) where L : struct, ILane<L> =>
            LaneRow.Max<L>(x, length);
    }

    private readonly struct TotalBody<TTerm>(float* x, int length, double* partial) : ILaneBody
        where TTerm : struct, ITerm
    {
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            long start = (long)piece * SumChunk;
            partial[piece] = TTerm.Reduce<L>(x + start, (int)Math.Min(SumChunk, length - start));
        }
    }

    private readonly struct SquaresOfMany(
        ReadOnlyMemory<ReadOnlyMemory<float>> arrays, PiecesOfMany pieces, double[] partial)
        : ILaneBody
    {
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int index, int chunk) = pieces.Locate(piece);
            ReadOnlySpan<float> x = arrays.Span[index].Span[(chunk * SumChunk)..];
            fixed (float* p = x)
                partial[piece] = SquareTerm.Reduce<L>(p, Math.Min(SumChunk, x.Length));
        }
    }

    private readonly struct SumRowsBody(float* x, float* y, int rows, int columns, bool accumulate) : ILaneBody
    {
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int start, int end) = RowPieces.Range(piece, rows, columns);
            for (int r = start; r < end; r++)
            {
                float sum = L.SumAcross(SumTerm.Lanes<L>(x + (long)r * columns, columns).Rounded);
                y[r] = accumulate ? y[r] + sum : sum;
            }
        }
    }

    private readonly struct SumColumnsBody(float* x, float* y, int rows, int columns, bool accumulate) : ILaneBody
    {
        private const int Block = 256;

        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int c = ColumnPieces.Start(piece), end = ColumnPieces.End(piece, columns);
            for (; c <= end - 4 * L.Count; c += 4 * L.Count)
                FourColumns<L>(c);
            for (; c < end; c += L.Count)
            {
                int count = Math.Min(L.Count, end - c);
                Store(count == L.Count ? Column<L>(c, L.Count) : Column<L>(c, count), c, count);
            }
        }

        /// <summary>
        /// Four registers of columns together: a row's cache lines lie side by side, the next row is far.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void FourColumns<L>(int c) where L : struct, ILane<L>
        {
            Compensated<L> total0 = default, total1 = default, total2 = default, total3 = default;
            for (int block = 0; block < rows; block += Block)
            {
                L even0 = default, even1 = default, even2 = default, even3 = default;
                L odd0 = default, odd1 = default, odd2 = default, odd3 = default;
                float* row = x + (long)block * columns + c;
                int r = block, end = Math.Min(rows, block + Block);
                for (; r < end - 1; r += 2, row += 2L * columns)
                {
                    float* next = row + columns;
                    even0 += L.Load(row, L.Count);
                    even1 += L.Load(row + L.Count, L.Count);
                    even2 += L.Load(row + 2 * L.Count, L.Count);
                    even3 += L.Load(row + 3 * L.Count, L.Count);
                    odd0 += L.Load(next, L.Count);
                    odd1 += L.Load(next + L.Count, L.Count);
                    odd2 += L.Load(next + 2 * L.Count, L.Count);
                    odd3 += L.Load(next + 3 * L.Count, L.Count);
                }
                if (r < end)
                {
                    even0 += L.Load(row, L.Count);
                    even1 += L.Load(row + L.Count, L.Count);
                    even2 += L.Load(row + 2 * L.Count, L.Count);
                    even3 += L.Load(row + 3 * L.Count, L.Count);
                }
                total0.Add(even0 + odd0);
                total1.Add(even1 + odd1);
                total2.Add(even2 + odd2);
                total3.Add(even3 + odd3);
            }
            Store(total0.Rounded, c, L.Count);
            Store(total1.Rounded, c + L.Count, L.Count);
            Store(total2.Rounded, c + 2 * L.Count, L.Count);
            Store(total3.Rounded, c + 3 * L.Count, L.Count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Store<L>(L total, int c, int count) where L : struct, ILane<L> =>
            L.Store(accumulate ? L.Load(y + c, count) + total : total, y + c, count);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private L Column<L>(int c, int count) where L : struct, ILane<L>
        {
            var total = default(Compensated<L>);
            for (int block = 0; block < rows; block += Block)
            {
                L even = default, odd = default;
                int r = block, end = Math.Min(rows, block + Block);
                for (; r < end - 1; r += 2)
                {
                    even += L.Load(x + (long)r * columns + c, count);
                    odd += L.Load(x + (r + 1L) * columns + c, count);
                }
                if (r < end)
                    even += L.Load(x + (long)r * columns + c, count);
                total.Add(even + odd);
            }
            return total.Rounded;
        }
    }
}
