using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>A straight line: η(s) = η₀ + (η₁ − η₀)·p, p = min(1, s/n).</summary>
/// <param name="First">η₀, the rate at step 0, 0 or more.</param>
/// <param name="Last">η₁, the rate from step n on, 0 or more.</param>
/// <param name="Steps">n, 1 or more.</param>
/// <example><code>
/// new LinearRamp(0.1, 0.02, 8).At(2);   // = 0.08
/// 0.1 + (0.02 - 0.1) * 2 / 8;           // = 0.08
/// </code></example>
[Formula("y = a + (b − a)·min(1, s/n)")]
public sealed record LinearRamp(double First, double Last, int Steps) : ScheduleBetween(First, Last, Steps)
{
    /// <inheritdoc/>
    protected override double Between(double p) => Line(First, Last, p);
}
