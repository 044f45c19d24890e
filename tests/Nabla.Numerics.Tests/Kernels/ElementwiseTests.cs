using System.Runtime.CompilerServices;
using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Tests.Kernels;

public class ElementwiseTests
{
    private readonly struct Silu : IUnaryOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Forward<V>(V x) where V : struct, IReal<V> => x / (1 + V.Exp(-x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V>
        {
            V s = 1 / (1 + V.Exp(-x));
            return dy * (s + y * (1 - s));
        }
    }

    private readonly struct Quotient : IBinaryOp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Forward<V>(V a, V b) where V : struct, IReal<V> => a / b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => dy / b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => -dy * y / b;
    }

    public static TheoryData<int> Sizes => [.. Arrays.Sizes, 16384, 40001];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Map_and_its_derivative_agree_with_dual_numbers(int n)
    {
        float[] x = Arrays.Normal(n, 1, 3), dy = Arrays.Normal(n, 2), y = new float[n], dx = new float[n];
        Elementwise.Map<Silu>(x, y);
        Elementwise.MapBackward<Silu>(x, y, dy, dx, accumulate: false);
        Dual[] truth = [.. x.Select(v => Silu.Forward(Dual.Variable(v)))];
        Arrays.ShouldBeClose(y, [.. truth.Select(d => d.Value)], 1e-6);
        Arrays.ShouldBeClose(dx, [.. truth.Zip(dy, (d, g) => d.Derivative * g)], 2e-6);

        float[] twice = [.. dx];
        Elementwise.MapBackward<Silu>(x, y, dy, twice, accumulate: true);
        twice.ShouldBe([.. dx.Select(d => d + d)]);

        Elementwise.Map<Silu>(x, x);
        x.ShouldBe(y);
    }

    [Fact]
    public void An_element_has_the_same_bits_wherever_it_stands()
    {
        float[] x = Arrays.Normal(100, 3), y = new float[100], part = new float[100];
        Elementwise.Map<Silu>(x, y);
        for (int start = 0; start < 40; start++)
        {
            Elementwise.Map<Silu>(x.AsSpan(start), part.AsSpan(start));
            part.AsSpan(start).ToArray().ShouldBe(y[start..]);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Zip_repeats_single_numbers(int n)
    {
        float[] a = Arrays.Normal(n, 1), b = Arrays.Normal(n, 2), dy = Arrays.Normal(n, 3);
        foreach ((float[] p, float[] q) in new[] { (a, b), (a, [3f]), ([3f], b) })
        {
            float[] y = new float[n], da = Arrays.Normal(n, 4), db = new float[n], before = [.. da];
            Elementwise.Zip<Quotient>(p, q, y);
            Elementwise.ZipBackwardA<Quotient>(p, q, y, dy, da, accumulate: true);
            Elementwise.ZipBackwardB<Quotient>(p, q, y, dy, db, accumulate: false);
            for (int i = 0; i < n; i++)
            {
                float u = p[p.Length == n ? i : 0], v = q[q.Length == n ? i : 0];
                y[i].ShouldBe(u / v);
                da[i].ShouldBe(before[i] + dy[i] / v);
                db[i].ShouldBe(-dy[i] * y[i] / v);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Both_derivatives_in_one_pass_have_the_bits_of_two_also_over_their_operands(int n)
    {
        float[] a = Arrays.Normal(n, 1), b = Arrays.Normal(n, 2), y = Arrays.Normal(n, 3), dy = Arrays.Normal(n, 4);
        float[] da = new float[n], db = Arrays.Normal(n, 5), both = [.. db];
        Elementwise.ZipBackwardA<Quotient>(a, b, y, dy, da, accumulate: false);
        Elementwise.ZipBackwardB<Quotient>(a, b, y, dy, db, accumulate: true);
        Elementwise.ZipBackward<Quotient>(new(a, b, y, dy), a, accumulateA: false, both, accumulateB: true);
        Arrays.Bits(a).ShouldBe(Arrays.Bits(da));
        Arrays.Bits(both).ShouldBe(Arrays.Bits(db));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(17, 16)]
    [InlineData(3, 33)]
    [InlineData(2, 20000)]
    [InlineData(40000, 1)]
    public void ZipRows_repeats_rows_and_columns(int rows, int columns)
    {
        var shapes = new ZipShape[]
        {
            new(rows, columns) { RowStrideB = 0 },
            new(rows, columns) { RowStrideB = 1, RepeatB = true },
            new(rows, columns) { RowStrideA = 1, RepeatA = true, RowStrideB = 0 },
            new(rows, columns) { RowStrideA = 2 * columns, RowStrideB = 0, RepeatB = true },
        };
        float[] a = Arrays.Normal(2 * rows * columns, 1), b = Arrays.Normal(rows * columns, 2);
        float[] y = new float[rows * columns], dy = Arrays.Normal(y.Length, 3), da = new float[y.Length];
        foreach (ZipShape shape in shapes)
        {
            Elementwise.ZipRows<Quotient>(shape, a, b, y);
            Elementwise.ZipRowsBackwardA<Quotient>(shape, a, b, y, dy, da, accumulate: false);
            for (int i = 0; i < y.Length; i++)
            {
                int r = i / columns, c = i % columns;
                float v = b[r * shape.RowStrideB + (shape.RepeatB ? 0 : c)];
                if (y[i] != a[r * shape.RowStrideA + (shape.RepeatA ? 0 : c)] / v || da[i] != dy[i] / v)
                    throw new ShouldAssertException($"{shape} at [{r}, {c}]");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sums_are_as_exact_as_in_double(int n)
    {
        float[] a = Arrays.Normal(n, 1, 1e4f), b = Arrays.Normal(n, 2);
        double size = a.Sum(v => Math.Abs((double)v));
        Elementwise.Sum(a).ShouldBe(a.Sum(v => (double)v), 1e-13 * size + 1e-300);
        Elementwise.SquaredNorm(b).ShouldBe(b.Sum(v => (double)v * v), 6e-8 * n * 4 + 1e-300);
        Elementwise.Max(a).ShouldBe(n == 0 ? float.NegativeInfinity : a.Max());
    }

    [Fact]
    public void Sums_of_special_values_follow_the_rules_of_floats()
    {
        Elementwise.Sum([1, float.PositiveInfinity, 2]).ShouldBe(double.PositiveInfinity);
        Elementwise.Sum([1, float.NaN, 2]).ShouldBe(double.NaN);
        Elementwise.Sum([float.NegativeInfinity, float.PositiveInfinity]).ShouldBe(double.NaN);
        Elementwise.Max([1, float.NaN, 2]).ShouldBe(float.NaN);
        Elementwise.Max([float.NegativeInfinity]).ShouldBe(float.NegativeInfinity);
        var y = new float[2];
        Elementwise.SumColumns([1, 2, float.PositiveInfinity, 3], y);
        y.ShouldBe([float.PositiveInfinity, 5]);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    [InlineData(1000, 1)]
    [InlineData(7, 17)]
    [InlineData(700, 65)]
    [InlineData(3, 1000)]
    public void Rows_and_columns_are_summed(int rows, int columns)
    {
        float[] x = Arrays.Normal(rows * columns, 1), ofRows = new float[rows], ofColumns = new float[columns];
        Elementwise.SumRows(x, columns, ofRows);
        Elementwise.SumColumns(x, ofColumns);
        double[] rowSums = [.. Enumerable.Range(0, rows).Select(r => Column(columns, c => x[r * columns + c]))];
        double[] columnSums = [.. Enumerable.Range(0, columns).Select(c => Column(rows, r => x[r * columns + c]))];
        Arrays.ShouldBeClose(ofRows, rowSums, 1e-5);
        Arrays.ShouldBeClose(ofColumns, columnSums, 1e-5);

        float[] more = [.. ofColumns];
        Elementwise.SumColumns(x, more, accumulate: true);
        more.ShouldBe([.. ofColumns.Select(v => v + v)]);

        static double Column(int count, Func<int, float> element) =>
            Enumerable.Range(0, count).Sum(i => (double)element(i));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Updates_follow_their_formulas(int n)
    {
        float[] x = Arrays.Normal(n, 1), y = Arrays.Normal(n, 2), z = [.. y];
        Elementwise.Axpy(0.3f, x, z);
        Arrays.ShouldBeClose(z, [.. x.Zip(y, (u, v) => 0.3f * (double)u + v)], 1e-7);
        Elementwise.Axpy(-1, x, x);
        x.ShouldAllBe(v => v == 0);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 1)]
    [InlineData(3, 70)]
    [InlineData(65, 17)]
    [InlineData(200, 130)]
    public void Transposing_twice_gives_the_original(int rows, int columns)
    {
        float[] x = Arrays.Normal(rows * columns, 1), y = new float[x.Length], z = new float[x.Length];
        Elementwise.Transpose(x, rows, columns, y);
        for (int i = 0; i < x.Length; i++)
            y[i % columns * rows + i / columns].ShouldBe(x[i]);
        Elementwise.Transpose(y, columns, rows, z);
        z.ShouldBe(x);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        float[] x = Arrays.Normal(300_000, 1), y = new float[x.Length];
        Arrays.SameBitsOnAnyThreads(() =>
        {
            Elementwise.Map<Silu>(x, y);
            var columns = new float[1000];
            Elementwise.SumColumns(x, columns);
            return [.. y, .. columns, (float)Elementwise.Sum(x), (float)Elementwise.SquaredNorm(y), Elementwise.Max(x)];
        });
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        var x = new float[3];
        Should.Throw<ArgumentException>(() => Elementwise.Map<Silu>(x, new float[4]))
            .Message.ShouldBe("Map: y.Length is 4, but 3 numbers are needed.");
        Should.Throw<ArgumentException>(() => Elementwise.Zip<Quotient>(x, new float[2], x));
        Should.Throw<ArgumentException>(() => Elementwise.ZipRows<Quotient>(new(3, 1) { RowStrideA = 2 }, x, x, x));
        Should.Throw<ArgumentException>(() => Elementwise.SumRows(x, 2, x));
        Should.Throw<ArgumentException>(() => Elementwise.SumColumns(x, new float[2]));
    }
}
