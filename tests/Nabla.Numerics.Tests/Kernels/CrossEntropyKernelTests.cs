using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Tests.Kernels;

public class CrossEntropyKernelTests
{
    public static TheoryData<int> Sizes => [.. Arrays.Sizes.Skip(1)];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Loss_and_gradient_agree_with_the_reference(int classes)
    {
        int[] targets = [0, classes - 1, CrossEntropyKernel.Ignore, classes / 2];
        float[] x = Arrays.Normal(4 * classes, 1, 4), losses = new float[4], sums = new float[8],
            dx = new float[x.Length];
        CrossEntropyKernel.Forward(new(x, targets), losses, sums);
        Arrays.ShouldBeClose(losses, Losses(x.Duals(), targets).Values(), 1e-6);

        CrossEntropyKernel.Backward(new(x, targets), sums, [0.25f], dx, accumulate: false);
        dx.ShouldBeGradient(x, v => Slopes.Dot(Losses(v, targets), [0.25f, 0.25f, 0.25f, 0.25f]));
        dx.AsSpan(2 * classes, classes).ToArray().ShouldAllBe(d => d == 0);

        float[] weights = [1, -2, 3, 0.5f], weighted = [.. dx];
        CrossEntropyKernel.Backward(new(x, targets), sums, weights, weighted, accumulate: true);
        float[] alone = [.. weighted.Zip(dx, (w, d) => w - d)];
        alone.ShouldBeGradient(x, v => Slopes.Dot(Losses(v, targets), weights));
    }

    [Fact]
    public void Loss_is_exact_for_huge_logits()
    {
        float[] losses = new float[2], sums = new float[4];
        CrossEntropyKernel.Forward(new([1e8f, 1e8f, -1e30f, 0], [0, 0]), losses, sums);
        losses[0].ShouldBe(MathF.Log(2), 1e-7f);
        losses[1].ShouldBe(1e30f);
    }

    [Fact]
    public void Gradient_is_exact_for_huge_logits()
    {
        float[] x = [1e8f, 1e8f, -1e8f, -1e8f], sums = new float[4], dx = new float[4];
        CrossEntropyKernel.Forward(new(x, [0, 1]), new float[2], sums);
        CrossEntropyKernel.Backward(new(x, [0, 1]), sums, [1], dx, accumulate: false);
        Arrays.ShouldBeClose(dx, [-0.5, 0.5, 0.5, -0.5], 1e-6);
    }

    [Fact]
    public void A_target_out_of_range_is_named()
    {
        var four = new float[4];
        Should.Throw<ArgumentException>(() => CrossEntropyKernel.Forward(new(four, [1, 2]), new float[2], new float[4]))
            .Message.ShouldBe("CrossEntropy: the target of row 1 is 2; it must be 0 … 1, or −1 to ignore it.");
        Should.Throw<ArgumentException>(
            () => CrossEntropyKernel.Forward(new(four, [-2, 0]), new float[2], new float[4]));
        Should.Throw<ArgumentException>(
            () => CrossEntropyKernel.Forward(new(four, [0, 0, 0]), new float[3], new float[6]));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        float[] x = Arrays.Normal(100 * 999, 1), losses = new float[100], sums = new float[200],
            dx = new float[x.Length];
        int[] targets = new Rng(2).Integers(100, 999);
        Arrays.SameBitsOnAnyThreads(() =>
        {
            CrossEntropyKernel.Forward(new(x, targets), losses, sums);
            CrossEntropyKernel.Backward(new(x, targets), sums, [0.01f], dx, accumulate: false);
            return [.. losses, .. sums, .. dx];
        });
    }

    private static Dual[] Losses(Dual[] x, int[] targets)
    {
        Dual[][] rows = [.. x.Chunk(x.Length / targets.Length)];
        return [.. targets.Select((t, r) => t < 0 ? 0 : SoftmaxKernelTests.LogSum(rows[r]) - rows[r][t])];
    }
}
