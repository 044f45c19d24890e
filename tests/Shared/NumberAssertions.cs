using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Bounds for floating-point numbers. Shouldly's own order NaN below every number, so that a result that is no number
/// would pass as a small error; these are found before them, and fail.
/// </summary>
internal static class NumberAssertions
{
    public static void ShouldBeLessThan(
        this double actual, double bound, string? why = null,
        [CallerArgumentExpression(nameof(actual))] string name = "") =>
        Require(actual < bound, actual, $"less than {bound}", name, why);

    public static void ShouldBeLessThanOrEqualTo(
        this double actual, double bound, string? why = null,
        [CallerArgumentExpression(nameof(actual))] string name = "") =>
        Require(actual <= bound, actual, $"at most {bound}", name, why);

    public static void ShouldBeLessThan(
        this float actual, float bound, string? why = null,
        [CallerArgumentExpression(nameof(actual))] string name = "") =>
        Require(actual < bound, actual, $"less than {bound}", name, why);

    public static void ShouldBeLessThanOrEqualTo(
        this float actual, float bound, string? why = null,
        [CallerArgumentExpression(nameof(actual))] string name = "") =>
        Require(actual <= bound, actual, $"at most {bound}", name, why);

    private static void Require(bool holds, double actual, string expected, string name, string? why)
    {
        if (!holds)
            throw new ShouldAssertException($"{name} should be {expected} but is {actual:R}. {why}");
    }
}
