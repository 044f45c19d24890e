using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Tests.Kernels;

/// <summary>What the kernel tests share: sizes around the lane widths, random arrays, thread counts.</summary>
internal static class Arrays
{
    public static readonly int[] Sizes = [0, 1, 7, 8, 15, 16, 17, 33, 1000];

    public static TheoryData<int> SizeData => [.. Sizes];

    public static float[] Normal(int length, long seed, float scale = 1)
    {
        var rng = new Rng(seed);
        var x = new float[length];
        for (int i = 0; i < length; i++)
            x[i] = (float)rng.NextNormal() * scale;
        return x;
    }

    /// <summary>Runs the work with 1, 2 and 3 threads and expects the same bits.</summary>
    public static void SameBitsOnAnyThreads(Func<float[]> work)
    {
        int threads = WorkerPool.Threads;
        try
        {
            WorkerPool.Threads = 1;
            float[] one = work();
            for (WorkerPool.Threads = 2; WorkerPool.Threads <= 3; WorkerPool.Threads++)
                Bits(work()).ShouldBe(Bits(one));
        }
        finally
        {
            WorkerPool.Threads = threads;
        }
    }

    /// <summary>Expects |actual − expected| ≤ tolerance · max(1, |expected|) everywhere.</summary>
    public static void ShouldBeClose(ReadOnlySpan<float> actual, double[] expected, double tolerance)
    {
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++)
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])))
                && !(double.IsNaN(expected[i]) && float.IsNaN(actual[i])) && actual[i] != (float)expected[i])
                throw new ShouldAssertException($"[{i}] is {actual[i]}, expected {expected[i]} ± {tolerance}");
    }

    public static int[] Bits(float[] x) => [.. x.Select(BitConverter.SingleToInt32Bits)];
}
