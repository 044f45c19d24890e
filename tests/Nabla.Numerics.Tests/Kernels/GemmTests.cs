using Nabla.Numerics.Kernels;
using Nabla.Numerics.Tests.Threading;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Tests.Kernels;

[Collection(nameof(ThreadCountCollection))]
public sealed class GemmTests : IDisposable
{
    private const float Canary = -12345.5f;

    private readonly int threadsBefore = WorkerPool.Threads;

    public void Dispose() => WorkerPool.Threads = threadsBefore;

    /// <summary>
    /// Sizes around every edge of the kernels: tiles, panels, registers, blocks of k, and the small cases.
    /// </summary>
    public static TheoryData<int, int, int> Sizes()
    {
        var sizes = new TheoryData<int, int, int>();
        int[] edges = [1, 2, 3, 7, 8, 9, 13, 14, 15, 16, 17, 31, 32, 33, 64, 65];
        foreach (int m in edges)
            foreach (int n in edges)
                sizes.Add(m, n, 1 + (m * 5 + n * 3) % 40);
        foreach ((int m, int n, int k) in ((int, int, int)[])
            [(2, 1, 3), (1, 1, 1), (1, 200, 600), (200, 1, 600), (5, 70, 513), (29, 47, 1030), (100, 65, 64),
                (90, 66, 50), (131, 99, 70), (250, 130, 33), (3, 3100, 5), (8, 40, 64), (96, 96, 96), (12, 33, 1),
                (100, 260, 1024), (30, 257, 1500), (60, 300, 2048), (1024, 258, 20), (5, 2100, 40), (2100, 17, 3),
                (45, 530, 300), (170, 515, 530), (16, 1100, 1000)])
            sizes.Add(m, n, k);
        return sizes;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_layout_agrees_with_a_double_reference(int m, int n, int k)
    {
        for (int variant = 0; variant < 8; variant++)
        {
            var shape = new GemmShape(m, n, k)
            {
                TransposeA = (variant & 1) != 0,
                TransposeB = (variant & 2) != 0,
                Accumulate = (variant & 4) != 0,
            };
            Check(shape, withBias: (variant + m) % 3 == 0);
        }
    }

    [Theory]
    [InlineData(1060, 1040, 1000)]
    [InlineData(1040, 1060, 1000)]
    public void Sides_that_are_longer_than_a_block_are_cut(int m, int n, int k) =>
        Check(new GemmShape(m, n, k) { TransposeA = m > n, TransposeB = m < n }, withBias: true);

    [Theory]
    [InlineData(33, 37, 20)]
    [InlineData(5, 65, 40)]
    [InlineData(1, 17, 9)]
    [InlineData(120, 40, 30)]
    public void Row_strides_are_kept_and_gaps_in_C_are_not_touched(int m, int n, int k)
    {
        for (int variant = 0; variant < 4; variant++)
        {
            bool transposeA = (variant & 1) != 0, transposeB = (variant & 2) != 0;
            Check(
                new GemmShape(m, n, k)
                {
                    TransposeA = transposeA,
                    TransposeB = transposeB,
                    RowStrideA = (transposeA ? m : k) + 3,
                    RowStrideB = (transposeB ? k : n) + 5,
                    RowStrideC = n + 7,
                },
                withBias: true);
        }
    }

    [Theory]
    [InlineData(6, 4, 5, 3)]
    [InlineData(7, 64, 64, 32)]
    [InlineData(3, 100, 130, 70)]
    [InlineData(200, 2, 3, 4)]
    public void Batches_agree_with_a_double_reference(int batch, int m, int n, int k)
    {
        var dense = new GemmShape(m, n, k)
        {
            Batch = batch,
            BatchStrideA = m * k,
            BatchStrideB = n * k,
            BatchStrideC = m * n,
            TransposeB = true,
        };
        Check(dense, withBias: true);
        Check(dense with { TransposeA = true, Accumulate = true }, withBias: false);
        Check(dense with { BatchStrideB = 0 }, withBias: true);
        Check(dense with { BatchStrideA = 0, BatchStrideC = m * n + 11 }, withBias: false);
    }

    [Fact]
    public void Heads_that_lie_interleaved_in_memory_are_a_batch()
    {
        const int heads = 3, time = 10, size = 4; // [T, heads, size]: a head's rows are heads·size apart
        Check(
            new GemmShape(time, size, time)
            {
                Batch = heads,
                BatchStrideA = time * time,
                RowStrideB = heads * size,
                BatchStrideB = size,
                RowStrideC = heads * size,
                BatchStrideC = size,
            },
            withBias: false);
    }

    [Theory]
    [InlineData(0, 3, 2)]
    [InlineData(3, 0, 2)]
    [InlineData(3, 2, 0)]
    [InlineData(0, 0, 0)]
    public void Empty_sizes_give_the_bias_or_leave_C(int m, int n, int k)
    {
        Check(new GemmShape(m, n, k), withBias: true);
        Check(new GemmShape(m, n, k), withBias: false);
        Check(new GemmShape(m, n, k) { Accumulate = true, TransposeA = true, TransposeB = true }, withBias: false);
        Check(new GemmShape(m, n, k) { Batch = 0 }, withBias: false);
    }

    [Theory]
    [InlineData(61, 131, 517, false, false)]
    [InlineData(301, 65, 130, false, true)]
    [InlineData(128, 193, 700, true, false)]
    [InlineData(1, 5000, 300, false, false)]
    [InlineData(3, 900, 300, false, true)]
    [InlineData(5000, 1, 100, false, false)]
    [InlineData(333, 1, 500, true, false)]
    [InlineData(40, 3300, 20, false, false)]
    [InlineData(1024, 300, 40, true, false)]
    [InlineData(300, 530, 1100, false, false)]
    [InlineData(1030, 200, 600, true, true)]
    public void The_same_bits_for_any_number_of_threads(int m, int n, int k, bool transposeA, bool transposeB)
    {
        var shape = new GemmShape(m, n, k) { TransposeA = transposeA, TransposeB = transposeB };
        float[] a = Values(m * k, 1), b = Values(k * n, 2), bias = Values(n, 3);
        float[]? first = null;
        foreach (int threads in (int[])[1, 2, 3, 5])
        {
            WorkerPool.Threads = threads;
            float[] c = new float[m * n];
            Gemm.Multiply(shape, a, b, c, bias);
            first ??= c;
            c.AsSpan().SequenceEqual(first).ShouldBeTrue($"{threads} threads");
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Nothing_outside_the_spans_is_touched(int m, int n, int k)
    {
        using var a = new GuardedMemory(Values(m * k, 1));
        using var b = new GuardedMemory(Values(k * n, 2));
        using var c = new GuardedMemory(new float[m * n]);
        using var bias = new GuardedMemory(Values(n, 3));
        for (int layout = 0; layout < 4; layout++)
        {
            var shape = new GemmShape(m, n, k) { TransposeA = (layout & 1) != 0, TransposeB = (layout & 2) != 0 };
            Gemm.Multiply(shape, a.Span, b.Span, c.Span, bias.Span);
        }
    }

    [Theory]
    [InlineData(9, 33, 40, 21)]
    [InlineData(2, 210, 202, 201)]
    public void A_batch_gives_the_bits_of_its_items(int batch, int m, int n, int k)
    {
        float[] a = Values(batch * m * k, 1), b = Values(batch * k * n, 2), together = new float[batch * m * n];
        WorkerPool.Threads = 3;
        var shape =
            new GemmShape(m, n, k) { Batch = batch, BatchStrideA = m * k, BatchStrideB = k * n, BatchStrideC = m * n };
        Gemm.Multiply(shape, a, b, together);
        for (int item = 0; item < batch; item++)
        {
            float[] alone = new float[m * n];
            Gemm.Multiply(new GemmShape(m, n, k), a.AsSpan(item * m * k), b.AsSpan(item * k * n), alone);
            together.AsSpan(item * m * n, m * n).SequenceEqual(alone).ShouldBeTrue();
        }
    }

    [Fact]
    public void Not_a_number_and_infinity_pass_through()
    {
        float[] c = new float[2];
        Gemm.Multiply(new GemmShape(1, 2, 2), [0f, 1f], [float.NaN, float.PositiveInfinity, 1f, 2f], c);
        c.ShouldAllBe(value => float.IsNaN(value));
    }

    [Fact]
    public void A_warm_call_allocates_nothing()
    {
        WorkerPool.Threads = 2;
        var shape = new GemmShape(150, 65, 128) { TransposeB = true };
        float[] a = Values(150 * 128, 1), b = Values(65 * 128, 2), c = new float[150 * 65];
        for (int i = 0; i < 50; i++)
            Gemm.Multiply(shape, a, b, c);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
            Gemm.Multiply(shape, a, b, c);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Wrong_shapes_are_refused_by_name()
    {
        float[] six = new float[6];
        Refusal(new GemmShape(-1, 2, 3), six, six, six).ShouldContain("negative");
        Refusal(new GemmShape(2, 3, 4), six, new float[12], six)
            .ShouldContain("A [2, 4] needs 8 values and its span has 6");
        Refusal(new GemmShape(2, 3, 3), six, six, six).ShouldContain("B [3, 3] needs 9");
        Refusal(new GemmShape(3, 3, 2), six, six, six).ShouldContain("C [3, 3] needs 9");
        Refusal(new GemmShape(2, 3, 2), six, six, six, new float[2]).ShouldContain("the bias has 2 values");
        Refusal(new GemmShape(2, 3, 2) { RowStrideA = 1 }, six, six, six).ShouldContain("RowStrideA 1");
        Refusal(new GemmShape(2, 3, 2) { RowStrideC = -3 }, six, six, six).ShouldContain("RowStrideC -3");
        Refusal(new GemmShape(1, 1, 1) { Batch = 2, BatchStrideA = -1, BatchStrideC = 1 }, six, six, six)
            .ShouldContain("BatchStrideA -1");
        Refusal(new GemmShape(1, 1, 1) { Batch = 2 }, six, six, six).ShouldContain("BatchStrideC is 0");
        Refusal(new GemmShape(1, 1, 1) { Batch = int.MaxValue, BatchStrideC = int.MaxValue }, six, six, six)
            .ShouldContain("C [1, 1] needs");
        Refusal(new GemmShape(1, 2, 1) { Batch = 2, BatchStrideC = 1 }, six, six, six)
            .ShouldContain("written over itself");
        Refusal(new GemmShape(2, 1, 1) { Batch = 2, BatchStrideC = 1 }, six, six, six)
            .ShouldContain("written over itself");
        Refusal(new GemmShape(int.MaxValue, int.MaxValue, int.MaxValue), six, six, six).ShouldContain("needs 4611686");
    }

    private static string Refusal(GemmShape shape, float[] a, float[] b, float[] c, float[]? bias = null) =>
        Should.Throw<ArgumentException>(() => Gemm.Multiply(shape, a, b, c, bias ?? [])).Message;

    private static void Check(in GemmShape shape, bool withBias)
    {
        int lda = shape.RowStrideA != 0 ? shape.RowStrideA : shape.TransposeA ? shape.M : shape.K;
        int ldb = shape.RowStrideB != 0 ? shape.RowStrideB : shape.TransposeB ? shape.K : shape.N;
        int ldc = shape.RowStrideC != 0 ? shape.RowStrideC : shape.N;
        float[] a = Values(Extent(
            shape.Batch, shape.BatchStrideA, shape.TransposeA ? (shape.K, shape.M, lda) : (shape.M, shape.K, lda)), 1);
        float[] b = Values(Extent(
            shape.Batch, shape.BatchStrideB, shape.TransposeB ? (shape.N, shape.K, ldb) : (shape.K, shape.N, ldb)), 2);
        float[] bias = withBias ? Values(shape.N, 3) : [];
        const int guard = 64;
        int extent = Extent(shape.Batch, shape.BatchStrideC, (shape.M, shape.N, ldc));
        float[] c = new float[extent + 2 * guard];
        Array.Fill(c, Canary);
        var expected = new (double Value, double Size)[c.Length];
        Array.Fill(expected, (Canary, 0));
        for (int batch = 0; batch < shape.Batch; batch++)
            for (int i = 0; i < shape.M; i++)
                for (int j = 0; j < shape.N; j++)
                {
                    int at = guard + batch * shape.BatchStrideC + i * ldc + j;
                    c[at] = (at * 7 % 13) - 6;
                    double sum = (shape.Accumulate ? c[at] : 0) + (withBias ? bias[j] : 0), size = Math.Abs(sum);
                    for (int k = 0; k < shape.K; k++)
                    {
                        double term =
                            (double)a[batch * shape.BatchStrideA + (shape.TransposeA ? k * lda + i : i * lda + k)]
                            * b[batch * shape.BatchStrideB + (shape.TransposeB ? j * ldb + k : k * ldb + j)];
                        sum += term;
                        size += Math.Abs(term);
                    }

                    expected[at] = (sum, size);
                }

        Gemm.Multiply(shape, a, b, c.AsSpan(guard, extent), bias);
        for (int at = 0; at < c.Length; at++)
            if (!(Math.Abs(c[at] - expected[at].Value) <= 2e-6 * expected[at].Size))
                Assert.Fail($"{shape} bias {withBias}: c[{at - guard}] is {c[at]}, not {expected[at].Value}");
    }

    /// <summary>Up to the very last value, so that reading past it is reading past the array.</summary>
    private static int Extent(int batch, int batchStride, (int Count, int Width, int Stride) rows) =>
        batch == 0 || rows.Count == 0 || rows.Width == 0
            ? 0
            : (batch - 1) * batchStride + (rows.Count - 1) * rows.Stride + rows.Width;

    private static float[] Values(int count, int seed)
    {
        var values = new float[count];
        uint state = (uint)seed * 747796405u + 2891336453u;
        for (int i = 0; i < count; i++)
        {
            state = state * 1664525u + 1013904223u;
            values[i] = (state >> 8) / (float)(1 << 24) - 0.5f;
        }

        return values;
    }
}
