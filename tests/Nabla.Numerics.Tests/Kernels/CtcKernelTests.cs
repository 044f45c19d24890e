using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Tests.Kernels;

/// <summary>Connectionist temporal classification beside the sum over all paths, written out.</summary>
public sealed class CtcKernelTests
{
    private const int Steps = 4, Classes = 3;

    /// <summary>The target, the blank and the number of steps that are used.</summary>
    public static TheoryData<int[], int, int> Cases => new()
    {
        { [], 0, 4 },
        { [1], 0, 4 },
        { [1, 2], 0, 4 },
        { [1, 1], 0, 4 },
        { [0, 0], 2, 3 },
        { [0, 1, 0], 2, 4 },
        { [1, 2, 1, 2], 0, 4 },
        { [2, 0], 1, 2 },
        { [1], 0, 1 },
        { [], 2, 0 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_loss_sums_all_paths_to_the_target(int[] target, int blank, int steps)
    {
        float[] x = LogProbabilities();
        Loss(x, target, blank, steps).ShouldBe((float)-Math.Log(OverAllPaths(x, target, blank, steps)), 1e-5f);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_is_that_of_the_sum(int[] target, int blank, int steps)
    {
        float[] x = LogProbabilities(), dx = new float[x.Length];
        CtcKernel.Backward(Inputs(x, target, blank, steps), [1], dx);
        for (int i = 0; i < x.Length; i++)
        {
            const float h = 1e-2f;
            float[] above = [.. x], below = [.. x];
            above[i] += h;
            below[i] -= h;
            double slope = Math.Log(OverAllPaths(below, target, blank, steps))
                - Math.Log(OverAllPaths(above, target, blank, steps));
            dx[i].ShouldBe((float)(slope / (above[i] - below[i])), 1e-4f, $"element {i}");
        }
    }

    [Theory]
    [InlineData(new[] { 1, 1, 1 }, 4)]
    [InlineData(new[] { 1, 2 }, 1)]
    [InlineData(new[] { 1 }, 0)]
    public void An_impossible_target_has_an_infinite_loss_and_no_gradient_where_it_is_masked(int[] target, int steps)
    {
        float[] x = LogProbabilities(), dx = new float[x.Length];
        Loss(x, target, 0, steps).ShouldBe(float.PositiveInfinity);
        CtcKernel.Backward(Inputs(x, target, 0, steps), [0], dx);
        dx.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void What_would_lead_outside_the_arrays_is_refused()
    {
        float[] x = LogProbabilities();
        Refused(() => Loss(x, [3], 0, 4)).ShouldContain("target 3");
        Refused(() => Loss(x, [-1], 0, 4)).ShouldContain("target -1");
        Refused(() => Loss(x, [0], 0, 4)).ShouldContain("not the blank");
        Refused(() => Loss(x, [1], 3, 4)).ShouldContain("blank 3");
        Refused(() => Loss(x, [1], -1, 4)).ShouldContain("blank -1");
        Refused(() => Loss(x, [1], 0, 5)).ShouldContain("5 of 4 steps");
        Refused(() => Loss(x, [1], 0, -1)).ShouldContain("-1 of 4 steps");
        Refused(() => CtcKernel.Forward(
            new CtcInputs(new float[1], [], [3, 0]) { Steps = -1, Classes = -1 }, new float[1]))
            .ShouldContain("Steps is -1");
    }

    private static string Refused(Action action) => Should.Throw<ArgumentException>(action).Message;

    private static float Loss(float[] x, int[] target, int blank, int steps)
    {
        float[] losses = new float[1];
        CtcKernel.Forward(Inputs(x, target, blank, steps), losses);
        return losses[0];
    }

    private static CtcInputs Inputs(float[] x, int[] target, int blank, int steps) =>
        new(x, target, new[] { steps, target.Length }) { Steps = Steps, Classes = Classes, Blank = blank };

    private static float[] LogProbabilities() =>
        [.. Enumerable.Range(0, Steps * Classes).Select(i => -1.2f + 0.8f * MathF.Sin(2.3f * i))];

    private static double OverAllPaths(float[] x, int[] target, int blank, int steps)
    {
        double total = 0;
        for (int code = 0; code < Math.Pow(Classes, steps); code++)
        {
            int[] path = [.. Enumerable.Range(0, steps).Select(t => code / (int)Math.Pow(Classes, t) % Classes)];
            IEnumerable<int> said = path.Where((c, t) => c != blank && (t == 0 || path[t - 1] != c));
            if (said.SequenceEqual(target))
                total += Math.Exp(path.Select((c, t) => (double)x[t * Classes + c]).Sum());
        }
        return total;
    }
}
