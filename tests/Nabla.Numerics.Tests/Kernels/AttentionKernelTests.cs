using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Tests.Kernels;

public class AttentionKernelTests
{
    public static TheoryData<int, int, int, int, int, int, bool> Shapes => new()
    {
        { 1, 1, 1, 1, 1, 1, true },
        { 2, 2, 2, 7, 7, 8, true },
        { 1, 4, 2, 16, 16, 16, true },
        { 2, 2, 1, 33, 33, 17, true },
        { 1, 2, 2, 5, 40, 33, true },
        { 1, 2, 1, 1, 65, 32, true },
        { 1, 3, 1, 3, 30, 15, false },
        { 1, 1, 1, 50, 20, 5, false },
        { 1, 2, 2, 64, 64, 32, true },
        { 1, 2, 1, 140, 290, 16, true }, // several blocks of keys
        { 1, 1, 1, 200, 200, 64, true },
        { 1, 1, 1, 40, 300, 48, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Output_and_gradients_agree_with_the_reference(
        int b, int hq, int hkv, int tq, int tk, int d, bool causal)
    {
        var shape = new AttentionShape(b, hq, hkv, tq, tk, d) { Causal = causal };
        float[] mask = Arrays.Normal(tq * tk, 9);
        Agree(shape, []);
        Agree(shape with { Scale = 0.7f }, mask);
    }

    [Fact]
    public void Strided_views_give_the_bits_of_dense_ones()
    {
        const int b = 2, h = 3, t = 20, d = 10, c = h * d;
        var shape = new AttentionShape(b, h, h, t, t, d) { Causal = true };
        float[] joint = Arrays.Normal(b * t * 3 * c, 1), dy = Arrays.Normal(b * t * c, 2);
        float[] Dense(float[] from, int at, int rowStride)
        {
            var dense = new float[b * h * t * d];
            for (int i = 0; i < dense.Length; i++)
                dense[i] = from[(i / (h * t * d) * t + i / d % t) * rowStride + at + i / (t * d) % h * d + i % d];
            return dense;
        }
        float[] q = Dense(joint, 0, 3 * c), k = Dense(joint, c, 3 * c), v = Dense(joint, 2 * c, 3 * c);
        float[] expected = new float[b * t * c], sums = new float[b * h * t];
        AttentionKernel.Forward(shape, AttentionStrides.Dense(shape), new(q, k, v), expected, sums);

        var inner = new HeadStrides(t * 3 * c, d, 3 * c);
        var strides = new AttentionStrides(inner, inner, inner, new(t * c, d, c));
        float[] y = new float[b * t * c];
        var inputs = new AttentionInputs(joint, joint.AsSpan(c), joint.AsSpan(2 * c));
        AttentionKernel.Forward(shape, strides, inputs, y, sums);
        Dense(y, 0, c).ShouldBe(expected);

        float[] dq = new float[q.Length], dk = new float[q.Length], dv = new float[q.Length],
            dJoint = new float[joint.Length];
        AttentionKernel.Backward(shape, AttentionStrides.Dense(shape), new(q, k, v),
            new(expected, sums, Dense(dy, 0, c)), new(dq, dk, dv, AttentionStrides.Dense(shape)));
        AttentionKernel.Backward(shape, strides, inputs, new(y, sums, dy),
            new(dJoint, dJoint.AsSpan(c), dJoint.AsSpan(2 * c), strides));
        Dense(dJoint, 0, 3 * c).ShouldBe(dq);
        Dense(dJoint, c, 3 * c).ShouldBe(dk);
        Dense(dJoint, 2 * c, 3 * c).ShouldBe(dv);
    }

    [Fact]
    public void Continuing_from_a_cache_gives_the_rows_of_the_whole()
    {
        var whole = new AttentionShape(1, 2, 1, 30, 30, 16) { Causal = true };
        float[] q = Arrays.Normal(2 * 30 * 16, 1), k = Arrays.Normal(30 * 16, 2), v = Arrays.Normal(30 * 16, 3);
        float[] y = new float[q.Length], last = new float[2 * 16];
        AttentionKernel.Forward(whole, AttentionStrides.Dense(whole), new(q, k, v), y, new float[60]);
        AttentionShape one = whole with { Tq = 1 };
        AttentionStrides strides = AttentionStrides.Dense(one) with { Q = HeadStrides.Dense(2, 30, 16) };
        AttentionKernel.Forward(one, strides, new(q.AsSpan(29 * 16), k, v), last, new float[2]);
        for (int i = 0; i < 32; i++)
            last[i].ShouldBe(y[i / 16 * 480 + 29 * 16 + i % 16], 1e-6f);
    }

    [Fact]
    public void Huge_scores_choose_one_key_and_hidden_keys_count_nothing()
    {
        var shape = new AttentionShape(1, 1, 1, 1, 3, 1) { Scale = 1 };
        float[] y = new float[1], sum = new float[1];
        AttentionKernel.Forward(
            shape, AttentionStrides.Dense(shape), new([1e20f], [1e10f, 2e10f, -1e10f], [5, 7, 9]), y, sum);
        y[0].ShouldBe(7);
        const float low = float.NegativeInfinity;
        var masked = new AttentionInputs([1], [1, 2, 3], [5, 7, 9]) { Mask = new float[] { 0, low, low } };
        AttentionKernel.Forward(shape, AttentionStrides.Dense(shape), masked, y, sum);
        y[0].ShouldBe(5);
        masked = new([1], [1, 2, 3], [5, 7, 9]) { Mask = new float[] { low, low, low } };
        AttentionKernel.Forward(shape, AttentionStrides.Dense(shape), masked, y, sum);
        y[0].ShouldBe(float.NaN);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var shape = new AttentionShape(3, 4, 2, 40, 40, 20) { Causal = true };
        float[] q = Arrays.Normal(3 * 4 * 800, 1), k = Arrays.Normal(3 * 2 * 800, 2), v = Arrays.Normal(3 * 2 * 800, 3);
        Arrays.SameBitsOnAnyThreads(() =>
        {
            (float[] y, float[] dq, float[] dk, float[] dv) = Run(shape, q, k, v, [], q);
            return [.. y, .. dq, .. dk, .. dv];
        });
    }

    [Theory]
    [InlineData(30, float.PositiveInfinity, 0)]
    [InlineData(30, float.NaN, 1)]
    [InlineData(3, float.NaN, 0)]
    [InlineData(3, float.NegativeInfinity, 1)]
    [InlineData(150, float.NaN, 1)]
    public void Earlier_queries_do_not_notice_a_later_key_or_value_that_is_not_finite(int t, float bad, int which)
    {
        const int d = 9;
        var shape = new AttentionShape(1, 1, 1, t, t, d) { Causal = true };
        float[] q = Arrays.Normal(t * d, 1), k = Arrays.Normal(t * d, 2), v = Arrays.Normal(t * d, 3);
        (float[] y, float[] dq) = Outputs();
        (which == 0 ? k : v)[^1] = bad;
        (float[] after, float[] dqAfter) = Outputs();
        after.AsSpan(0, (t - 1) * d).ToArray().ShouldBe(y.AsSpan(0, (t - 1) * d).ToArray());
        dqAfter.AsSpan(0, (t - 1) * d).ToArray().ShouldBe(dq.AsSpan(0, (t - 1) * d).ToArray());

        (float[], float[]) Outputs()
        {
            AttentionStrides dense = AttentionStrides.Dense(shape);
            float[] output = new float[q.Length], sums = new float[t], gradient = new float[q.Length];
            AttentionKernel.Forward(shape, dense, new(q, k, v), output, sums);
            AttentionKernel.Backward(shape, dense, new(q, k, v), new(output, sums, q),
                new(gradient, new float[q.Length], new float[q.Length], dense));
            return (output, gradient);
        }
    }

    [Fact]
    public void A_block_of_keys_that_a_mask_hides_altogether_counts_nothing()
    {
        const int t = 300, d = 8;
        var shape = new AttentionShape(1, 1, 1, t, t, d);
        float[] q = Arrays.Normal(t * d, 1), k = Arrays.Normal(t * d, 2), v = Arrays.Normal(t * d, 3);
        float[] mask = new float[t * t], y = new float[t * d], rest = new float[t * d];
        for (int i = 0; i < mask.Length; i++)
            mask[i] = i % t < 256 ? float.NegativeInfinity : 0;
        AttentionStrides dense = AttentionStrides.Dense(shape);
        AttentionKernel.Forward(shape, dense, new(q, k, v) { Mask = mask }, y, new float[t]);
        AttentionShape seen = shape with { Tk = t - 256 };
        AttentionKernel.Forward(
            seen, AttentionStrides.Dense(seen), new(q, k.AsSpan(256 * d), v.AsSpan(256 * d)), rest, new float[t]);
        for (int i = 0; i < y.Length; i++)
            y[i].ShouldBe(rest[i], 1e-6f);
    }

    [Fact]
    public void Hidden_values_whose_products_overflow_leave_gradients_finite()
    {
        var shape = new AttentionShape(1, 1, 1, 2, 2, 1) { Causal = true };
        AttentionStrides dense = AttentionStrides.Dense(shape);
        float[] ones = [1, 1], v = [1, 1e30f], dOut = [1e20f, 0], y = new float[2], sums = new float[2];
        float[] dq = new float[2], dk = new float[2], dv = new float[2];
        AttentionKernel.Forward(shape, dense, new(ones, ones, v), y, sums);
        AttentionKernel.Backward(shape, dense, new(ones, ones, v), new(y, sums, dOut), new(dq, dk, dv, dense));
        dq[0].ShouldBe(0);
        dk[1].ShouldBe(0);
    }

    [Fact]
    public void Outputs_that_would_overlap_are_refused()
    {
        var shape = new AttentionShape(1, 2, 2, 2, 2, 2);
        AttentionStrides dense = AttentionStrides.Dense(shape);
        float[] x = new float[8], sums = new float[4];
        var overlapping = new HeadStrides(8, 2, 2);
        Should.Throw<ArgumentException>(() =>
            AttentionKernel.Forward(shape, dense with { Out = overlapping }, new(x, x, x), new float[8], sums))
            .Message.ShouldBe("Attention: out is written over itself: 2 steps of 2, each over 4 numbers.");
        foreach (AttentionStrides wrong in new[] { dense with { Q = overlapping },
            dense with { K = overlapping }, dense with { V = overlapping } })
            Should.Throw<ArgumentException>(() => AttentionKernel.Backward(shape, dense, new(x, x, x), new(x, sums, x),
                new(new float[8], new float[8], new float[8], wrong)));
        AttentionKernel.Forward(shape, dense with { K = overlapping }, new(x, x, x), new float[8], sums);
    }

    [Fact]
    public void Sizes_whose_products_wrap_around_are_refused()
    {
        var x = new float[6];
        var still = new HeadStrides(0, 0, 0);
        var strides = new AttentionStrides(still, still, still, still);
        const int big = 1 << 30;
        Should.Throw<ArgumentException>(() =>
            AttentionKernel.Forward(new(big, big, 1, 16, 1, 1), strides, new(x, x, x), x, default));
        const int max = int.MaxValue;
        var far = new HeadStrides(max, max, max);
        Should.Throw<ArgumentException>(() => AttentionKernel.Forward(
            new(max, max, 1, max, 1, 1), strides with { Q = far, Out = far }, new(x, x, x), x, default))
            .Message.ShouldContain("q is 6, but 13835058035954810887");
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var x = new float[6];
        Refused(new(1, 3, 2, 1, 1, 1));
        Refused(new(1, 1, 1, 4, 2, 1) { Causal = true });
        Refused(new(1, 1, 1, 7, 1, 1));
        Refused(new(1, 1, 1, 1, 1, 0));
        Refused(new(1, int.MaxValue, 1, 1, 1, 1));

        void Refused(AttentionShape shape)
        {
            var strides = new AttentionStrides(new(1, 1, 1), new(1, 1, 1), new(1, 1, 1), new(1, 1, 1));
            Should.Throw<ArgumentException>(
                () => AttentionKernel.Forward(shape, strides, new(x, x, x), x, new float[7]));
        }
    }

    private static void Agree(AttentionShape shape, float[] mask)
    {
        (int b, int hq, int hkv, int tq, int tk, int d) = shape;
        float[] q = Arrays.Normal(b * hq * tq * d, 1), k = Arrays.Normal(b * hkv * tk * d, 2);
        float[] v = Arrays.Normal(k.Length, 3), dy = Arrays.Normal(q.Length, 4);
        (float[] y, float[] dq, float[] dk, float[] dv) = Run(shape, q, k, v, mask, dy);
        // large scores, large roundings
        Arrays.ShouldBeClose(y, Attention(shape, q.Duals(), k.Duals(), v.Duals(), mask).Values(), d > 32 ? 1e-5 : 3e-6);
        dq.ShouldBeGradient(q, x => Slopes.Dot(Attention(shape, x, k.Duals(), v.Duals(), mask), dy));
        dk.ShouldBeGradient(k, x => Slopes.Dot(Attention(shape, q.Duals(), x, v.Duals(), mask), dy));
        dv.ShouldBeGradient(v, x => Slopes.Dot(Attention(shape, q.Duals(), k.Duals(), x, mask), dy));
    }

    private static (float[] Y, float[] Dq, float[] Dk, float[] Dv) Run(
        AttentionShape shape, float[] q, float[] k, float[] v, float[] mask, float[] dy)
    {
        float[] y = new float[q.Length], sums = new float[q.Length / shape.D];
        float[] dq = Arrays.Normal(q.Length, 5), dk = Arrays.Normal(k.Length, 6), dv = Arrays.Normal(v.Length, 7);
        AttentionStrides dense = AttentionStrides.Dense(shape);
        var inputs = new AttentionInputs(q, k, v) { Mask = mask };
        AttentionKernel.Forward(shape, dense, inputs, y, sums);
        AttentionKernel.Backward(shape, dense, inputs, new(y, sums, dy), new(dq, dk, dv, dense));
        float[] more = [.. dq];
        AttentionKernel.Backward(shape, dense, inputs, new(y, sums, dy),
            new(more, [.. dk], [.. dv], dense) { Accumulate = true });
        more.ShouldBe([.. dq.Select(x => x + x)]);
        return (y, dq, dk, dv);
    }

    private static Dual[] Attention(AttentionShape shape, Dual[] q, Dual[] k, Dual[] v, float[] mask)
    {
        var y = new Dual[q.Length];
        for (int row = 0; row < shape.B * shape.Hq * shape.Tq; row++)
        {
            int i = row % shape.Tq, head = row / shape.Tq, keyHead = head / (shape.Hq / shape.Hkv);
            int visible = shape.Causal ? i + shape.Tk - shape.Tq + 1 : shape.Tk;
            var scores = new Dual[visible];
            for (int j = 0; j < visible; j++)
            {
                Dual dot = 0;
                for (int c = 0; c < shape.D; c++)
                    dot += q[row * shape.D + c] * k[(keyHead * shape.Tk + j) * shape.D + c];
                scores[j] = dot * shape.Scale + (mask.Length == 0 ? 0 : mask[i * shape.Tk + j]);
            }
            Dual sum = SoftmaxKernelTests.LogSum(scores);
            for (int j = 0; j < visible; j++)
                for (int c = 0; c < shape.D; c++)
                    y[row * shape.D + c] += Dual.Exp(scores[j] - sum) * v[(keyHead * shape.Tk + j) * shape.D + c];
        }
        return y;
    }
}
