using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Tests.Kernels;

public class RotaryKernelTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(14)]
    [InlineData(32)]
    [InlineData(66)]
    public void Rows_are_rotated_by_their_positions_and_back(int d)
    {
        const int b = 2, h = 2, t = 5, offset = 3;
        int half = d / 2;
        (float[] cos, float[] sin) = Table(offset + t, half);
        var shape = new RotaryShape(b, h, t, d) { Offset = offset };
        float[] x = Arrays.Normal(b * h * t * d, 1), y = new float[x.Length], back = new float[x.Length];
        RotaryKernel.Forward(shape, new(cos, sin), x, y);
        for (int i = 0; i < x.Length; i++)
        {
            int c = i % d, at = (offset + i / d % t) * half + c % half;
            double other = c < half ? -x[i + half] : x[i - half];
            ((double)y[i]).ShouldBe(x[i] * (double)cos[at] + other * sin[at], 1e-6);
        }
        RotaryKernel.Backward(shape, new(cos, sin), y, back);
        Arrays.ShouldBeClose(back, [.. x.Select(v => (double)v)], 1e-6);
        RotaryKernel.Forward(shape, new(cos, sin), x, x);
        x.ShouldBe(y);
    }

    [Fact]
    public void Dot_products_depend_on_the_distance_of_positions_only()
    {
        (float[] cos, float[] sin) = Table(20, 4);
        float[] q = Arrays.Normal(8, 1), k = Arrays.Normal(8, 2);
        double Score(int i, int j)
        {
            float[] a = new float[8], b = new float[8];
            RotaryKernel.Forward(new(1, 1, 1, 8) { Offset = i }, new(cos, sin), q, a);
            RotaryKernel.Forward(new(1, 1, 1, 8) { Offset = j }, new(cos, sin), k, b);
            return a.Zip(b, (u, v) => (double)u * v).Sum();
        }
        Score(15, 12).ShouldBe(Score(5, 2), 1e-5);
    }

    [Fact]
    public void Views_of_a_joint_projection_are_rotated_in_place()
    {
        const int t = 4, h = 2, d = 6;
        (float[] cos, float[] sin) = Table(t, d / 2);
        float[] joint = Arrays.Normal(t * h * d, 1), dense = new float[joint.Length];
        for (int i = 0; i < dense.Length; i++)
            dense[i] = joint[i / d % t * h * d + i / (t * d) * d + i % d];
        RotaryKernel.Forward(new(1, h, t, d), new(cos, sin), dense, dense);
        var strides = new HeadStrides(t * h * d, d, h * d);
        RotaryKernel.Forward(new(1, h, t, d) { In = strides, Out = strides }, new(cos, sin), joint, joint);
        for (int i = 0; i < dense.Length; i++)
            joint[i / d % t * h * d + i / (t * d) * d + i % d].ShouldBe(dense[i]);
    }

    [Fact]
    public void Rows_that_would_be_written_over_one_another_are_refused()
    {
        float[] x = new float[16], table = new float[8];
        var shape = new RotaryShape(2, 2, 2, 2) { Out = new(8, 2, 2) };
        Should.Throw<ArgumentException>(() => RotaryKernel.Forward(shape, new(table, table), x, new float[16]))
            .Message.ShouldContain("y is written over itself");
        RotaryKernel.Forward(shape with { In = new(0, 0, 0), Out = new(8, 2, 4) }, new(table, table), x, new float[16]);
    }

    [Fact]
    public void A_table_that_is_too_short_is_refused()
    {
        var x = new float[8];
        Should.Throw<ArgumentException>(
            () => RotaryKernel.Forward(new(1, 1, 2, 4) { Offset = 1 }, new(x.AsSpan(0, 4), x), x, x));
        Should.Throw<ArgumentException>(() => RotaryKernel.Forward(new(1, 1, 1, 3), new(x, x), x, x));
    }

    private static (float[] Cos, float[] Sin) Table(int positions, int half)
    {
        double[] angles = [.. Enumerable.Range(0, positions * half)
            .Select(i => i / half * Math.Pow(10000, -(double)(i % half) / half))];
        return ([.. angles.Select(a => (float)Math.Cos(a))], [.. angles.Select(a => (float)Math.Sin(a))]);
    }
}
