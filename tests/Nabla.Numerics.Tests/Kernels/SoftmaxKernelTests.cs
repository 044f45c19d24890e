using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Tests.Kernels;

public class SoftmaxKernelTests
{
    public static TheoryData<int> Sizes => [.. Arrays.Sizes.Skip(1)];

    private delegate void ForwardKernel(ReadOnlySpan<float> x, int columns, Span<float> y);

    private delegate void BackwardKernel(
        ReadOnlySpan<float> y, ReadOnlySpan<float> dy, int columns, Span<float> dx, bool accumulate);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Softmax_and_its_gradient_agree_with_the_reference(int n) =>
        ShouldAgree(SoftmaxKernel.Forward, SoftmaxKernel.Backward, x => Softmax(x, n), n);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Log_softmax_and_its_gradient_agree_with_the_reference(int n) =>
        ShouldAgree(SoftmaxKernel.LogForward, SoftmaxKernel.LogBackward, x => LogSoftmax(x, n), n);

    [Fact]
    public void Softmax_sums_to_one_for_huge_logits()
    {
        float[] x = Arrays.Normal(1000, 1, 1e30f), y = new float[1000];
        SoftmaxKernel.Forward(x, 1000, y);
        y.Sum().ShouldBe(1, 1e-6f);
        y[Array.IndexOf(x, x.Max())].ShouldBe(1);
    }

    [Fact]
    public void Masked_logits_have_probability_zero_and_a_row_of_them_is_not_a_number()
    {
        float[] y = new float[6];
        const float low = float.NegativeInfinity;
        SoftmaxKernel.Forward([low, 1, 1, low, low, low], 3, y);
        y.ShouldBe([0, 0.5f, 0.5f, float.NaN, float.NaN, float.NaN]);
        SoftmaxKernel.LogForward([low, 1, 1, low, low, low], 3, y);
        y[0].ShouldBe(low);
        y[1].ShouldBe(-MathF.Log(2), 1e-7f);
        y[3].ShouldBe(float.NaN);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        float[] x = Arrays.Normal(100_000, 1), y = new float[x.Length];
        Arrays.SameBitsOnAnyThreads(() =>
        {
            SoftmaxKernel.Forward(x, 1000, y);
            return [.. y];
        });
    }

    [Fact]
    public void Empty_arrays_are_fine_and_broken_rows_are_refused()
    {
        SoftmaxKernel.Forward([], 5, []);
        Should.Throw<ArgumentException>(() => SoftmaxKernel.Forward(new float[7], 3, new float[7]))
            .Message.ShouldBe("Softmax: x.Length is 7, no whole number of rows of 3.");
        Should.Throw<ArgumentException>(() => SoftmaxKernel.Forward(new float[6], 0, new float[6]));
    }

    private static void ShouldAgree(
        ForwardKernel forward, BackwardKernel backward, Func<Dual[], Dual[]> reference, int n)
    {
        float[] x = Arrays.Normal(3 * n, 1, 3), dy = Arrays.Normal(3 * n, 2);
        float[] y = new float[3 * n], dx = new float[3 * n];
        forward(x, n, y);
        Arrays.ShouldBeClose(y, reference(x.Duals()).Values(), 1e-6);
        backward(y, dy, n, dx, accumulate: false);
        dx.ShouldBeGradient(x, v => Slopes.Dot(reference(v), dy));

        float[] twice = [.. dx];
        backward(y, dy, n, twice, accumulate: true);
        twice.ShouldBe([.. dx.Select(d => d + d)]);
        forward(x, n, x);
        x.ShouldBe(y);
    }

    private static Dual[] LogSoftmax(Dual[] x, int n) =>
        [.. x.Chunk(n).SelectMany(row =>
        {
            Dual sum = LogSum(row);
            return row.Select(v => v - sum);
        })];

    private static Dual[] Softmax(Dual[] x, int n) => [.. LogSoftmax(x, n).Select(Dual.Exp)];

    internal static Dual LogSum(Dual[] row)
    {
        double max = row.Max(v => v.Value.Value);
        return Dual.Log(row.Aggregate((Dual)0, (sum, v) => sum + Dual.Exp(v - max))) + max;
    }
}
