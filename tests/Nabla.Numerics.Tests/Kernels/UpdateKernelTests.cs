using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Tests.Kernels;

/// <summary>Optimizer steps, embeddings and dropout.</summary>
public class UpdateKernelTests
{
    public static TheoryData<int> Sizes => Arrays.SizeData;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void AdamW_follows_its_formula(int n)
    {
        float[] p = Arrays.Normal(n, 1), m = new float[n], v = new float[n];
        double[] pd = [.. p.Select(x => (double)x)], md = new double[n], vd = new double[n];
        for (int t = 1; t <= 5; t++)
        {
            float[] g = Arrays.Normal(n, t + 1);
            var step = new AdamWStep(0.01f, 0.9f, 0.95f, 1e-8f, 0.1f)
            {
                BiasCorrection1 = (float)(1 - Math.Pow(0.9, t)),
                BiasCorrection2 = (float)(1 - Math.Pow(0.95, t)),
                GradientScale = 0.5f,
            };
            AdamWKernel.Update(step, g, p, m, v);
            for (int i = 0; i < n; i++)
            {
                double s = g[i] * 0.5;
                md[i] = 0.9 * md[i] + 0.1 * s;
                vd[i] = 0.95 * vd[i] + 0.05 * s * s;
                double direction = md[i] / (1 - Math.Pow(0.9, t)) / (Math.Sqrt(vd[i] / (1 - Math.Pow(0.95, t))) + 1e-8);
                pd[i] = pd[i] * (1 - 0.01 * 0.1) - 0.01 * direction;
            }
        }
        Arrays.ShouldBeClose(p, pd, 2e-6);
        Arrays.ShouldBeClose(m, md, 1e-6);
        Arrays.ShouldBeClose(v, vd, 1e-6);
    }

    [Fact]
    public void AdamW_over_many_parameters_has_the_bits_of_one_after_the_other()
    {
        int[] sizes = [1, 40_000, 17, 16_384, 0, 70_001, 5];
        var step = new AdamWStep(0.01f, 0.9f, 0.95f, 1e-8f, 0) { BiasCorrection1 = 0.1f, GradientScale = 0.3f };
        float[][] New(int seed) => [.. sizes.Select((n, i) => Arrays.Normal(n, seed + i))];
        float[][] g = New(10), p = New(20), m = New(30), v = [.. New(40).Select(x => x.Select(MathF.Abs).ToArray())];
        float[][] p1 = [.. p.Select(x => x.ToArray())], m1 = [.. m.Select(x => x.ToArray())],
            v1 = [.. v.Select(x => x.ToArray())];
        for (int i = 0; i < sizes.Length; i++)
            AdamWKernel.Update(step with { WeightDecay = i * 0.1f }, g[i], p1[i], m1[i], v1[i]);
        AdamWKernel.Update(step, sizes.Select((_, i) => new AdamWArrays(g[i], p[i], m[i], v[i], i * 0.1f)).ToArray());
        for (int i = 0; i < sizes.Length; i++)
            Arrays.Bits([.. p[i], .. m[i], .. v[i]]).ShouldBe(Arrays.Bits([.. p1[i], .. m1[i], .. v1[i]]));
        Should.Throw<ArgumentException>(() => AdamWKernel.Update(
            step, new AdamWArrays[] { new(g[0], p[0], m[0], v[0], 0), new(g[0], p[1], m[1], v[1], 0) }));
    }

    [Fact]
    public void The_squared_norm_of_many_arrays_is_the_sum_of_theirs_on_any_threads()
    {
        float[][] x = [.. ((int[])[100_000, 3, 0, 32_768, 40_000]).Select((n, i) => Arrays.Normal(n, i))];
        ReadOnlyMemory<float>[] arrays = [.. x];
        Elementwise.SquaredNorm(arrays).ShouldBe(x.Sum(array => Elementwise.SquaredNorm(array)));
        Elementwise.SquaredNorm(default(ReadOnlyMemory<ReadOnlyMemory<float>>)).ShouldBe(0);
        Arrays.SameBitsOnAnyThreads(() => [(float)Elementwise.SquaredNorm(arrays)]);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.9f, false)]
    [InlineData(0.9f, true)]
    public void Sgd_follows_its_formula(float momentum, bool nesterov)
    {
        const int n = 33;
        float[] p = Arrays.Normal(n, 1), u = momentum == 0 ? [] : new float[n];
        double[] pd = [.. p.Select(x => (double)x)], ud = new double[n];
        for (int t = 1; t <= 4; t++)
        {
            float[] g = Arrays.Normal(n, t + 1);
            SgdKernel.Update(new(0.1f, momentum, 0.01f) { GradientScale = 2, Nesterov = nesterov }, g, p, u);
            for (int i = 0; i < n; i++)
            {
                double s = 2 * g[i] + 0.01 * pd[i];
                ud[i] = momentum * ud[i] + s;
                pd[i] -= 0.1 * (nesterov ? s + momentum * ud[i] : ud[i]);
            }
        }
        Arrays.ShouldBeClose(p, pd, 3e-6);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(17, 300)]
    [InlineData(130, 40)]
    public void Embedding_gathers_rows_and_adds_up_their_gradients(int columns, int count)
    {
        float[] table = Arrays.Normal(10 * columns, 1), y = new float[count * columns];
        int[] ids = new Rng(1).Integers(count, 10);
        EmbeddingKernel.Forward(table, columns, ids, y);
        for (int i = 0; i < y.Length; i++)
            y[i].ShouldBe(table[ids[i / columns] * columns + i % columns]);

        float[] dTable = [.. table];
        double[] expected = [.. table.Select(v => (double)v)];
        EmbeddingKernel.Backward(y, ids, columns, dTable);
        for (int i = 0; i < y.Length; i++)
            expected[ids[i / columns] * columns + i % columns] += y[i];
        Arrays.ShouldBeClose(dTable, expected, 1e-5);
        Arrays.SameBitsOnAnyThreads(() =>
        {
            float[] gradient = [.. table];
            EmbeddingKernel.Backward(y, ids, columns, gradient);
            return gradient;
        });
    }

    [Fact]
    public void An_id_outside_the_table_is_named() =>
        Should.Throw<ArgumentException>(() => EmbeddingKernel.Forward(new float[6], 2, [0, 3], new float[4]))
            .Message.ShouldBe("Embedding: id 1 is 3; the table has 3 rows, 0 … 2.");

    [Fact]
    public void Dropout_drops_the_share_it_is_asked_to_and_keeps_the_mean()
    {
        float[] x = new float[200_001], y = new float[x.Length];
        Array.Fill(x, 1);
        DropoutKernel.Apply(x, 0.3f, 42, y);
        y.Count(v => v == 0).ShouldBeInRange(59_000, 61_000);
        y.ShouldAllBe(v => v == 0 || v == 1 / (1 - 0.3f));
        for (int i = 0; i < 1000; i++)
            (y[i] != 0).ShouldBe(DropoutKernel.Keeps(42, i, 0.3f));

        float[] other = new float[x.Length], sum = [.. x];
        DropoutKernel.Apply(x, 0.3f, 43, other);
        other.Zip(y, (a, b) => a == b ? 1 : 0).Average().ShouldBe(0.58, 0.01);
        DropoutKernel.Apply(x, 0.3f, 42, sum, accumulate: true);
        sum.ShouldBe([.. y.Select(v => v + 1)]);
        Arrays.SameBitsOnAnyThreads(() =>
        {
            DropoutKernel.Apply(x, 0.3f, 42, y);
            return [.. y];
        });
    }

    [Fact]
    public void Dropout_of_nothing_is_the_identity_and_drops_infinities_to_zero()
    {
        float[] x = Arrays.Normal(33, 1), y = new float[33];
        DropoutKernel.Apply(x, 0, 1, y);
        y.ShouldBe(x);
        Array.Fill(x, float.PositiveInfinity);
        DropoutKernel.Apply(x, 0.5f, 1, y);
        y.ShouldAllBe(v => v == 0 || float.IsPositiveInfinity(v));
        Should.Throw<ArgumentOutOfRangeException>(() => DropoutKernel.Apply(x, 1, 1, y));
        Should.Throw<ArgumentOutOfRangeException>(() => DropoutKernel.Apply(x, float.NaN, 1, y));
    }
}
