using System.Runtime.CompilerServices;
using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Tests.Kernels;

/// <summary>Update rules, embeddings and dropout.</summary>
public class UpdateKernelTests
{
    public static TheoryData<int> Sizes => Arrays.SizeData;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_rule_runs_over_every_element_and_its_buffers(int n)
    {
        float[] p = Arrays.Normal(n, 1), g = Arrays.Normal(n, 2), a = Arrays.Normal(n, 3), b = Arrays.Normal(n, 4),
            c = Arrays.Normal(n, 5);
        float[][] before = [[.. p], [.. g], [.. a], [.. b], [.. c]];
        UpdateKernel.Run<Mixed>(new UpdateArrays<Mixed>[] { new(new(0.5f), g, p, [a, b, c]) }, gradientScale: 2);
        g.ShouldBe(before[1]);
        for (int i = 0; i < n; i++)
        {
            float scaled = 2 * before[1][i];
            a[i].ShouldBe(before[2][i] + scaled, 1e-6f);
            b[i].ShouldBe(before[3][i] * 0.5f, 1e-6f);
            c[i].ShouldBe(before[4][i] - before[0][i], 1e-6f);
            p[i].ShouldBe(before[0][i] - a[i] * b[i] + c[i], 1e-5f);
        }
    }

    [Fact]
    public void A_buffer_that_is_missing_reads_0()
    {
        float[] p = [3, 4], g = [1, 1], a = [10, 20];
        UpdateKernel.Run<Mixed>(new UpdateArrays<Mixed>[] { new(new(0.5f), g, p, [a]) });
        p.ShouldBe([0, 0]); // p − a·0 + (0 − p)
        a.ShouldBe([11, 21]);
        Refuse([], "0 buffers; it needs 1");
        Refuse([null], "0, but 2");
        Refuse([[1]], "1, but 2");
        Refuse([a, null, [1, 2, 3]], "3, but 2");
        Refuse([a, null, null, null], "4 buffers");

        void Refuse(float[]?[] buffers, string message) => Should.Throw<ArgumentException>(
            () => UpdateKernel.Run<Mixed>(new UpdateArrays<Mixed>[] { new(new(0.5f), g, p, buffers) }))
            .Message.ShouldContain(message);
    }

    [Fact]
    public void Many_parameters_have_the_bits_of_one_after_the_other_on_any_threads()
    {
        int[] sizes = [1, 40_000, 17, 16_384, 0, 70_001, 5];
        float[] one = [.. Run(together: false)], all = Run(together: true);
        Arrays.Bits(all).ShouldBe(Arrays.Bits(one));
        Arrays.SameBitsOnAnyThreads(() => Run(together: true));

        float[] Run(bool together)
        {
            UpdateArrays<Mixed>[] arrays = [.. sizes.Select((n, i) => new UpdateArrays<Mixed>(
                new(0.1f * i), Arrays.Normal(n, 10 + i), Arrays.Normal(n, 20 + i),
                [Arrays.Normal(n, 30 + i), null, Arrays.Normal(n, 40 + i)]))];
            if (together)
                UpdateKernel.Run<Mixed>(arrays, 0.3f);
            else
                for (int i = 0; i < arrays.Length; i++)
                    UpdateKernel.Run<Mixed>(arrays.AsMemory(i, 1), 0.3f);
            return [.. arrays.SelectMany(x => x.Parameter.ToArray().Concat(x.State[0]!).Concat(x.State[2]!))];
        }
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

    /// <summary>Each buffer in another way; the second and third may be missing.</summary>
    private readonly struct Mixed(float keep) : IUpdateRule
    {
        public static int Buffers => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V>
        {
            state = new(state.First + gradient, state.Second * keep, state.Third - parameter);
            return parameter - state.First * state.Second + state.Third;
        }
    }
}
