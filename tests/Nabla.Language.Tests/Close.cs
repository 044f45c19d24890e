namespace Nabla.Language.Tests;

internal static class Close
{
    /// <summary>Every number within the tolerance of the expected one, relative to numbers above 1.</summary>
    public static void ShouldBeCloseTo(
        this ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, float tolerance, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (int i = 0; i < actual.Length; i++)
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]))))
                throw new ShouldAssertException($"{what}: number {i} is {actual[i]:R} and should be {expected[i]:R}.");
    }
}
