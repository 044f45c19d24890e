using System.Reflection;
using Nabla.Numerics;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Threading;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Tests;

/// <summary>The one harness: every op in the library, on every sample, is held against its reference.</summary>
public sealed class EveryOpTests
{
    public static TheoryData<string> Names => [.. OpCatalog.AllOps.Select(OpCatalog.NameOf)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_equals_the_reference_in_double(string name)
    {
        foreach (Op op in Samples(name))
        {
            NdArray<Real64> expected = op.Reference(Arrays<Real64>(op));
            Tensor y = op.Apply();
            y.Shape.ShouldBe(expected.Shape, Describe(op));
            float[] actual = y.ToArray();
            for (int i = 0; i < actual.Length; i++)
                ShouldBeNear(actual[i], expected.Values[i].Value, $"{Describe(op)} y[{i}]");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_equals_that_of_dual_numbers_through_the_reference(string name)
    {
        foreach (Op sample in Samples(name).Where(op => op.Inputs.Sum(x => x.Count) <= 200))
        {
            Op op = OnParameters(sample);
            Tensor y = op.Apply();
            Tensor dy = Tensor.Randn(y.Shape, new Rng(5));
            y.Backward(dy);
            for (int input = 0; input < op.Inputs.Count; input++)
            {
                double[] expected = DualGradient(op, input, dy.ToArray());
                float[] actual = Gradient(op.Inputs[input]);
                for (int i = 0; i < expected.Length; i++)
                    ShouldBeNear(actual[i], expected[i], $"{Describe(op)} dL/dx{input}[{i}]");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_of_two_passes_add_up(string name)
    {
        foreach (Op sample in Samples(name).Where(op => op.Inputs.Sum(x => x.Count) is > 0 and <= 200))
        {
            Op once = OnParameters(sample), twice = OnParameters(sample);
            Tensor dy = Tensor.Randn(once.Apply().Shape, new Rng(6));
            once.Apply().Backward(dy);
            twice.Apply().Backward(dy);
            twice.Apply().Backward(dy);
            for (int input = 0; input < once.Inputs.Count; input++)
            {
                float[] expected = Gradient(once.Inputs[input]), actual = Gradient(twice.Inputs[input]);
                for (int i = 0; i < expected.Length; i++)
                    ShouldBeNear(actual[i], 2 * (double)expected[i], $"{Describe(once)} dL/dx{input}[{i}]");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Strided_views_give_the_same_numbers_as_dense_tensors(string name)
    {
        foreach (Op sample in Samples(name))
        {
            Op dense = OnParameters(sample);
            var sources = sample.Inputs.Select(x => new Parameter(Permuted(x))).ToArray();
            Op strided = sample.WithInputs([.. sources.Select(View)]);
            Tensor expected = dense.Apply(), actual = strided.Apply();
            actual.ToArray().ShouldBe(expected.ToArray(), Describe(sample));

            Tensor dy = Tensor.Randn(expected.Shape, new Rng(7));
            expected.Backward(dy);
            actual.Backward(View(Permuted(dy)));
            for (int i = 0; i < sources.Length; i++)
            {
                float[] gradient = sources[i].Gradient is { } g ? View(g).ToArray() : new float[sources[i].Count];
                gradient.ShouldBe(Gradient(dense.Inputs[i]), $"{Describe(sample)} dL/dx{i}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_have_the_same_bits_for_any_number_of_threads(string name)
    {
        int before = WorkerPool.Threads;
        try
        {
            float[][] expected = Run(1);
            foreach (int threads in (int[])[2, 3])
            {
                float[][] actual = Run(threads);
                for (int i = 0; i < expected.Length; i++)
                    actual[i].AsSpan().SequenceEqual(expected[i]).ShouldBeTrue($"{name}, {threads} threads, array {i}");
            }
        }
        finally
        {
            WorkerPool.Threads = before;
        }

        float[][] Run(int threads)
        {
            WorkerPool.Threads = threads;
            var results = new List<float[]>();
            foreach (Op sample in Samples(name))
            {
                Op op = OnParameters(sample);
                Tensor y = op.Apply();
                y.Backward(Tensor.Randn(y.Shape, new Rng(8)));
                results.Add(y.ToArray());
                results.AddRange(op.Inputs.Select(Gradient));
            }
            return [.. results];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Samples_cover_a_size_of_one_and_an_empty_tensor(string name)
    {
        IReadOnlyList<Op> samples = Samples(name);
        samples.ShouldNotBeEmpty();
        samples.ShouldContain(op => op.Inputs[0]
            .Count == (op is RotaryOp ? 2 : 1), "no sample of one element (a pair, where numbers come in pairs)");
        samples.ShouldContain(op => op.Inputs.Any(x => x.Count == 0), "no empty sample");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Formula_is_written(string name)
    {
        foreach (Op op in Samples(name))
            op.Formula.ShouldContain("=");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_input_may_be_a_constant_that_outlives_the_scopes(string name)
    {
        foreach (Op sample in Samples(name).Where(op => op.Inputs.Count > 1))
            for (int constant = 0; constant < sample.Inputs.Count; constant++)
            {
                Tensor[] inputs = [.. sample.Inputs.Select((x, i) => i == constant ? x : new Parameter(x))];
                for (int pass = 0; pass < 2; pass++)
                {
                    using var scope = TensorScope.Begin();
                    Tensor y = sample.WithInputs(inputs).Apply();
                    y.Backward(Tensor.Ones(y.Shape));
                }
                inputs[constant].PendingGradient.ShouldBeNull(Describe(sample));
            }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_in_a_scope_gives_the_bits_of_one_outside(string name)
    {
        // Each input is the result of another op here, so its buffer is given back, or taken over for its gradient.
        foreach (Op sample in Samples(name))
        {
            Op outside = OnParameters(sample), inside = OnParameters(sample);
            Tensor dy = Tensor.Randn(OnResults(outside).Apply().Shape, new Rng(9));
            OnResults(outside).Apply().Backward(dy);
            using (TensorScope.Begin())
                OnResults(inside).Apply().Backward(dy);
            for (int i = 0; i < inside.Inputs.Count; i++)
                Gradient(inside.Inputs[i])
                    .AsSpan().SequenceEqual(Gradient(outside.Inputs[i])).ShouldBeTrue($"{Describe(sample)} dL/dx{i}");
        }

        static Op OnResults(Op op) => op.WithInputs([.. op.Inputs.Select(x => x * 0.5f + 0)]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_reads_no_more_than_the_op_declares(string name)
    {
        foreach (Op sample in Samples(name))
        {
            Op intact = OnParameters(sample), poisoned = OnParameters(sample);
            Tensor dy = Tensor.Randn(intact.Apply().Shape, new Rng(10)), y = poisoned.Apply();
            intact.Apply().Backward(dy);
            if (!poisoned.ReadsResult)
                y.Buffer.Span.Fill(float.NaN);
            if (!poisoned.ReadsInputs)
                foreach (Tensor input in poisoned.Inputs)
                    input.Buffer.Span.Fill(float.NaN);
            y.Backward(dy);
            for (int i = 0; i < intact.Inputs.Count; i++)
                Gradient(poisoned.Inputs[i]).ShouldBe(Gradient(intact.Inputs[i]), $"{Describe(sample)} dL/dx{i}");
        }
    }

    [Fact]
    public void Classes_of_ops_are_named_after_what_they_do_and_end_in_Op()
    {
        foreach (Type type in OpCatalog.StructuredOps)
            type.Name.ShouldEndWith("Op");
        OpCatalog.AllOps.SelectMany(OpCatalog.Samples)
            .ShouldAllBe(op => op.Name.Length > 1 && !op.Name.EndsWith("Op", StringComparison.Ordinal));
    }

    [Fact]
    public void Elementwise_bodies_are_inlined_into_their_kernels()
    {
        foreach (Type type in OpCatalog.UnaryOps.Concat(OpCatalog.BinaryOps).Concat(OpCatalog.ParametricFunctions))
            foreach (MethodInfo method in type
                .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance)
                .Where(m => m.IsGenericMethod))
                method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining)
                    .ShouldBeTrue(
                        $"{type.Name}.{method.Name} lacks [MethodImpl(MethodImplOptions.AggressiveInlining)]");
    }

    private static IReadOnlyList<Op> Samples(string name) =>
        OpCatalog.Samples(OpCatalog.AllOps.Single(t => OpCatalog.NameOf(t) == name));

    private static Op OnParameters(Op op) => op.WithInputs([.. op.Inputs.Select(x => new Parameter(x))]);

    private static float[] Gradient(Tensor input) => ((Parameter)input).Gradient?.ToArray() ?? new float[input.Count];

    private static NdArray<V>[] Arrays<V>(Op op) where V : struct, IReal<V> => [.. op.Inputs.Select(NdArray<V>.From)];

    /// <summary>Σ dy·y differentiated by one dual number at a time.</summary>
    private static double[] DualGradient(Op op, int input, float[] dy)
    {
        NdArray<Dual>[] arrays = Arrays<Dual>(op);
        var gradient = new double[arrays[input].Values.Length];
        for (int i = 0; i < gradient.Length; i++)
        {
            Dual value = arrays[input].Values[i];
            arrays[input].Values[i] = new Dual(value.Value, 1);
            Dual[] y = op.Reference(arrays).Values;
            for (int k = 0; k < y.Length; k++)
                gradient[i] += dy[k] * y[k].Derivative;
            arrays[input].Values[i] = value;
        }
        return gradient;
    }

    /// <summary>
    /// The first and the last dimension exchanged in memory; <see cref="View"/> exchanges them back without copying.
    /// </summary>
    private static Tensor Permuted(Tensor x) =>
        x.Rank < 2 ? x : new Tensor(x.Transpose(0, -1).ToArray(), x.Transpose(0, -1).Shape);

    private static Tensor View(Tensor x) => x.Rank < 2 ? x : x.Transpose(0, -1);

    private static void ShouldBeNear(double actual, double expected, string what)
    {
        if (double.IsNaN(expected) || double.IsInfinity(expected))
            actual.ShouldBe(expected, what);
        else
            Math.Abs(actual - expected)
                .ShouldBeLessThanOrEqualTo(2e-5 * (1 + Math.Abs(expected)), $"{what}: {actual} against {expected}");
    }

    private static string Describe(Op op) => $"{op.Name} on {string.Join(", ", op.Inputs.Select(x => x.Shape))}";
}
