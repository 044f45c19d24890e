using Nabla.Numerics.Lanes;
using Nabla.Tests;

namespace Nabla.Numerics.Tests.Lanes;

public unsafe class LaneTests
{
    private interface IFunction
    {
        static abstract V Of<V>(V x) where V : struct, IReal<V>;
    }

    private readonly struct Exp : IFunction
    {
        public static V Of<V>(V x) where V : struct, IReal<V> => V.Exp(x);
    }

    private readonly struct Log : IFunction
    {
        public static V Of<V>(V x) where V : struct, IReal<V> => V.Log(x);
    }

    private readonly struct Tanh : IFunction
    {
        public static V Of<V>(V x) where V : struct, IReal<V> => V.Tanh(x);
    }

    private readonly struct Erf : IFunction
    {
        public static V Of<V>(V x) where V : struct, IReal<V> => V.Erf(x);
    }

    private readonly struct Sin : IFunction
    {
        public static V Of<V>(V x) where V : struct, IReal<V> => V.Sin(x);
    }

    private readonly struct Cos : IFunction
    {
        public static V Of<V>(V x) where V : struct, IReal<V> => V.Cos(x);
    }

    private readonly struct Atan : IFunction
    {
        public static V Of<V>(V x) where V : struct, IReal<V> => V.Atan(x);
    }

    private readonly struct Expm1 : IFunction
    {
        public static V Of<V>(V x) where V : struct, IReal<V> => V.Expm1(x);
    }

    private readonly struct Log1p : IFunction
    {
        public static V Of<V>(V x) where V : struct, IReal<V> => V.Log1p(x);
    }

    private readonly struct Power : IFunction
    {
        public static V Of<V>(V x) where V : struct, IReal<V> => V.Pow(x, 2.25);
    }

    private readonly struct Exponential : IFunction
    {
        public static V Of<V>(V x) where V : struct, IReal<V> => V.Pow(1.75, x);
    }

    private readonly struct Rounded : IFunction
    {
        public static V Of<V>(V x) where V : struct, IReal<V> => V.Floor(x) + 0.25 * V.Round(x);
    }

    private readonly struct Rest : IFunction
    {
        public static V Of<V>(V x) where V : struct, IReal<V> => V.WherePositive(
            x, V.Sqrt(V.Abs(x)) / (1 + V.Max(x, 0.5)), V.Min(-x, V.MultiplyAdd(x, x, 3)));
    }

    [Fact]
    public void Every_op_and_lane_member_is_inlined() => InliningRule.Check(typeof(F32).Assembly);

    [Fact]
    public void The_root_of_a_constant_zero_has_no_slope()
    {
        Dual.Sqrt(0).ShouldBe(new Dual(0, 0));
        Dual.Sqrt(Dual.Variable(0)).Derivative.Value.ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Exp_is_accurate_over_its_range() => WorstError<Exp>(Grid(-87, 88.7f)).ShouldBeLessThan(3e-7);

    [Fact]
    public void Log_is_accurate_from_the_smallest_to_the_largest_number() => WorstError<Log>(
        [.. Grid(0.5f, 2), .. AllScales(), float.Epsilon, 1e-44f, float.MaxValue]).ShouldBeLessThan(3e-7);

    [Fact]
    public void Tanh_is_accurate_near_zero_and_far_away() =>
        WorstError<Tanh>([.. Grid(-12, 12), .. Grid(-0.01f, 0.01f), 1e-30f, 1e-40f, 1e30f]).ShouldBeLessThan(3e-7);

    [Fact]
    public void Erf_is_accurate_near_zero_and_far_away() =>
        WorstError<Erf>([.. Grid(-5, 5), .. Grid(-0.01f, 0.01f), 1e-30f, 1e30f]).ShouldBeLessThan(3e-7);

    [Fact]
    public void Sine_and_cosine_are_accurate_also_beside_their_zeros_and_for_large_angles()
    {
        float[] zeros = [.. Enumerable.Range(1, 5000).Select(n => (float)(n * Math.PI / 2))];
        float[] angles = [.. Grid(-10, 10), .. Grid(-8192, 8192), .. zeros, .. Grid(1e4f, 1e9f), 1e-30f, 1e30f];
        WorstError<Sin>(angles).ShouldBeLessThan(3e-7);
        WorstError<Cos>(angles).ShouldBeLessThan(3e-7);
    }

    [Fact]
    public void Arc_tangent_is_accurate_near_zero_and_far_away() =>
        WorstError<Atan>([.. Grid(-12, 12), .. Grid(-0.01f, 0.01f), 1e-30f, 1e-40f, 1e30f]).ShouldBeLessThan(3e-7);

    [Fact]
    public void Expm1_is_accurate_near_zero_and_far_away() => WorstError<Expm1>(
        [.. Grid(-30, 88.7f), .. Grid(-1, 1), .. Grid(-0.01f, 0.01f), 1e-30f]).ShouldBeLessThan(3e-7);

    [Fact]
    public void Log1p_is_accurate_near_zero_and_far_away() => WorstError<Log1p>(
        [.. Grid(-0.999f, 30), .. Grid(-0.01f, 0.01f), 1e-30f, 1e10f, 1e38f]).ShouldBeLessThan(4e-7);

    [Fact]
    public void Powers_are_accurate_over_their_range()
    {
        WorstError<Power>([.. Grid(0.001f, 3), .. Grid(1, 1e16f), 1e-15f]).ShouldBeLessThan(6e-7);
        WorstError<Exponential>(Grid(-155, 158)).ShouldBeLessThan(6e-7);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 2, 0)]
    [InlineData(0, -2, float.PositiveInfinity)]
    [InlineData(5, 0, 1)]
    [InlineData(-2, 3, -8)]
    [InlineData(-2, 4, 16)]
    [InlineData(-2, -1, -0.5f)]
    [InlineData(-2, 0.5f, float.NaN)]
    [InlineData(float.PositiveInfinity, 2, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, -2, 0)]
    [InlineData(float.NaN, 2, float.NaN)]
    [InlineData(2, float.NaN, float.NaN)]
    [InlineData(2, 1000, float.PositiveInfinity)]
    [InlineData(2, -1000, 0)]
    [InlineData(1, 1e33f, 1)]
    [InlineData(1, float.PositiveInfinity, 1)]
    [InlineData(-1, float.NegativeInfinity, 1)]
    public void Powers_of_special_numbers(float x, float y, float expected)
    {
        float power;
        F32.Store(F32.Pow(F32.Broadcast(x), F32.Broadcast(y)), &power, 1);
        power.ShouldBe(expected);
    }

    [Fact]
    public void Functions_that_bend_at_the_ends_reach_their_limits()
    {
        Apply<Expm1, F32>(float.NegativeInfinity).ShouldBe(-1);
        Apply<Expm1, F32>(float.PositiveInfinity).ShouldBe(float.PositiveInfinity);
        Apply<Log1p, F32>(-1).ShouldBe(float.NegativeInfinity);
        Apply<Log1p, F32>(-2).ShouldBe(float.NaN);
        Apply<Log1p, F32>(float.PositiveInfinity).ShouldBe(float.PositiveInfinity);
        Apply<Atan, F32>(float.PositiveInfinity).ShouldBe((float)(Math.PI / 2));
        Apply<Sin, F32>(float.PositiveInfinity).ShouldBe(float.NaN);
        foreach (float nan in (float[])[Apply<Sin, F32>(float.NaN), Apply<Cos, F32>(float.NaN),
            Apply<Atan, F32>(float.NaN), Apply<Expm1, F32>(float.NaN), Apply<Log1p, F32>(float.NaN)])
            nan.ShouldBe(float.NaN);
        foreach (float zero in (float[])[Apply<Sin, F32>(-0f), Apply<Atan, F32>(-0f), Apply<Expm1, F32>(-0f),
            Apply<Log1p, F32>(-0f)])
            float.IsNegative(zero).ShouldBeTrue();
    }

    [Fact]
    public void Exp_reaches_denormals_zero_and_infinity()
    {
        foreach (float x in Grid(-104.5f, -87))
            ((double)Apply<Exp, F32>(x)).ShouldBe(Math.Exp(x), float.Epsilon);
        Apply<Exp, F32>(88.8f).ShouldBe(float.PositiveInfinity);
        Apply<Exp, F32>(float.MaxValue).ShouldBe(float.PositiveInfinity);
        Apply<Exp, F32>(float.PositiveInfinity).ShouldBe(float.PositiveInfinity);
        Apply<Exp, F32>(float.NegativeInfinity).ShouldBe(0);
        Apply<Exp, F32>(-1e30f).ShouldBe(0);
        Apply<Exp, F32>(0).ShouldBe(1);
        Apply<Exp, F32>(float.NaN).ShouldBe(float.NaN);
    }

    [Fact]
    public void Log_of_special_values_is_that_of_the_mathematics_library()
    {
        Apply<Log, F32>(0).ShouldBe(float.NegativeInfinity);
        Apply<Log, F32>(-0f).ShouldBe(float.NegativeInfinity);
        Apply<Log, F32>(1).ShouldBe(0);
        Apply<Log, F32>(-1).ShouldBe(float.NaN);
        Apply<Log, F32>(float.NegativeInfinity).ShouldBe(float.NaN);
        Apply<Log, F32>(float.PositiveInfinity).ShouldBe(float.PositiveInfinity);
        Apply<Log, F32>(float.NaN).ShouldBe(float.NaN);
    }

    [Fact]
    public void Odd_functions_keep_the_sign_of_zero_and_saturate()
    {
        Odd<Tanh>();
        Odd<Erf>();

        static void Odd<F>() where F : struct, IFunction
        {
            float.IsNegative(Apply<F, F32>(-0f)).ShouldBeTrue();
            float.IsNegative(Apply<F, F32>(0f)).ShouldBeFalse();
            Apply<F, F32>(0f).ShouldBe(0);
            Apply<F, F32>(float.PositiveInfinity).ShouldBe(1);
            Apply<F, F32>(float.NegativeInfinity).ShouldBe(-1);
            Apply<F, F32>(float.NaN).ShouldBe(float.NaN);
        }
    }

    [Fact]
    public void All_lane_widths_give_the_same_bits()
    {
        float[] special = [0, -0f, 1, -1, float.Epsilon, -1e-40f, 1e-39f, float.MaxValue, float.MinValue,
            float.PositiveInfinity, float.NegativeInfinity, float.NaN, 88.72f, 88.73f, -103.9f, -104f, 1000];
        float[] x = [.. special, .. Grid(-110, 110), .. Grid(-2, 2), .. AllScales()];
        SameBits<Exp>(x);
        SameBits<Log>(x);
        SameBits<Tanh>(x);
        SameBits<Erf>(x);
        SameBits<Sin>([.. x, .. Grid(8000, 8400)]);
        SameBits<Cos>([.. x, .. Grid(8000, 8400)]);
        SameBits<Atan>(x);
        SameBits<Expm1>(x);
        SameBits<Log1p>(x);
        SameBits<Power>(x);
        SameBits<Exponential>(x);
        SameBits<Rounded>(x);
        SameBits<Rest>(x);
    }

    [Fact]
    public void Partial_loads_and_stores_touch_nothing_beyond()
    {
        Partial<F32x8>();
        Partial<F32x16>();

        static void Partial<L>() where L : struct, ILane<L>
        {
            float* source = stackalloc float[16], target = stackalloc float[17];
            for (int count = 1; count <= L.Count; count++)
            {
                for (int i = 0; i < 16; i++)
                    source[i] = i + 1;
                new Span<float>(target, 17).Fill(-1);
                L x = L.Load(source, count);
                L.SumAcross(x).ShouldBe(count * (count + 1) / 2);
                L.MaxAcross(L.First(x, count, L.Broadcast(-5))).ShouldBe(count);
                L.Store(x, target, count);
                for (int i = 0; i < 17; i++)
                    target[i].ShouldBe(i < count ? i + 1 : -1);
            }
        }
    }

    [Theory]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(2, 0.9953222650189527)]
    [InlineData(2.9999, 0.9999778955735178)]
    [InlineData(3, 0.9999779095030014)]
    [InlineData(4, 0.9999999845827421)]
    [InlineData(7, 1)]
    public void Erf_in_double_agrees_with_tables(double x, double y)
    {
        Real64.Erf(x).Value.ShouldBe(y, 2e-15);
        Real64.Erf(-x).Value.ShouldBe(-y, 2e-15);
    }

    [Fact]
    public void Dual_derivatives_agree_with_differences()
    {
        Slope<Exp>(0.7);
        Slope<Log>(0.7);
        Slope<Tanh>(0.7);
        Slope<Erf>(0.7);
        Slope<Sin>(0.7);
        Slope<Cos>(0.7);
        Slope<Atan>(0.7);
        Slope<Expm1>(0.7);
        Slope<Log1p>(0.7);
        Slope<Power>(0.7);
        Slope<Exponential>(0.7);
        Slope<Rounded>(0.7);
        Slope<Rest>(0.7);
        Slope<Rest>(-0.7);

        static void Slope<F>(double x) where F : struct, IFunction
        {
            const double h = 1e-5;
            double slope = (F.Of<Real64>(x + h).Value - F.Of<Real64>(x - h).Value) / (2 * h);
            F.Of(Dual.Variable(x)).Derivative.Value.ShouldBe(slope, 1e-8);
        }
    }

    private static float[] Grid(float from, float to) =>
        [.. Enumerable.Range(0, 40001).Select(i => (float)(from + (to - (double)from) * i / 40000))];

    private static float[] AllScales() =>
        [.. Enumerable.Range(0, 20000).Select(i => BitConverter.Int32BitsToSingle(0x00000400 + i * 106900))];

    private static double WorstError<F>(float[] grid) where F : struct, IFunction
    {
        double worst = 0;
        foreach (float x in grid)
        {
            double truth = F.Of<Real64>(x).Value, y = Apply<F, F32>(x);
            worst = Math.Max(worst, truth == 0 ? Math.Abs(y) : Math.Abs((y - truth) / truth));
        }
        return worst;
    }

    private static float Apply<F, L>(float x) where F : struct, IFunction where L : struct, ILane<L>
    {
        float y;
        L.Store(F.Of(L.Broadcast(x)), &y, 1);
        return y;
    }

    private static void SameBits<F>(float[] x) where F : struct, IFunction
    {
        float[] one = Run<F, F32>(x);
        Run<F, F32x8>(x).ShouldBe(one);
        Run<F, F32x16>(x).ShouldBe(one);
    }

    private static float[] Run<F, L>(float[] x) where F : struct, IFunction where L : struct, ILane<L>
    {
        var y = new float[x.Length];
        fixed (float* px = x, py = y)
            for (int i = 0; i < x.Length; i += L.Count)
            {
                int count = Math.Min(L.Count, x.Length - i);
                L.Store(F.Of(L.Load(px + i, count)), py + i, count);
            }
        return y;
    }
}
