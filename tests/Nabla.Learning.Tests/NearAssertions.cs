using Nabla.Tensors;

namespace Nabla.Learning.Tests;

/// <summary>Numbers that agree but for rounding.</summary>
internal static class NearAssertions
{
    /// <summary>The same shape, and each number within tolerance·(1 + |expected|).</summary>
    public static void ShouldBeNear(this Tensor actual, Tensor expected, double tolerance, string what)
    {
        actual.Shape.ShouldBe(expected.Shape, what);
        actual.ToArray().ShouldBeNear(expected.ToArray(), tolerance, what);
    }

    /// <summary>As many numbers, each within tolerance·(1 + |expected|); infinities must be equal.</summary>
    public static void ShouldBeNear(
        this float[] actual, ReadOnlySpan<float> expected, double tolerance, string what = "")
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (int i = 0; i < expected.Length; i++)
            if (actual[i] != expected[i])
                Math.Abs((double)actual[i] - expected[i]).ShouldBeLessThanOrEqualTo(
                    tolerance * (1 + Math.Abs(expected[i])), $"{what}[{i}]: {actual[i]} against {expected[i]}");
    }
}
