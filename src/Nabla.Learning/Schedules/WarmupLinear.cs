using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>
/// Linear warm-up, then a straight line from the peak to the final rate: η(s) = η₀ + (η₁ − η₀)p, p the share of the
/// steps after the warm-up that is done.
/// </summary>
/// <param name="Peak">η₀, the rate after the warm-up, 0 or more.</param>
/// <param name="Final">η₁, the rate at the end, 0 or more.</param>
/// <param name="WarmupSteps">Steps of linear rise, 0 or more.</param>
/// <param name="Steps">All steps, the warm-up included; later steps keep the final rate.</param>
/// <example><code>
/// new WarmupLinear(1, 0.2, 10, 110).At(60);   // = 0.6
/// 1 + (0.2 - 1) * 0.5;                        // = 0.6
/// </code></example>
[Formula("y = (s < w ? a·(s + 1)/w : a + (b − a)·min(1, (s − w)/(n − w)))")]
public sealed record WarmupLinear(double Peak, double Final, int WarmupSteps, int Steps)
    : WarmupSchedule(Peak, Final, WarmupSteps, Steps)
{
    /// <inheritdoc/>
    protected override double After(double progress) => Peak + (Final - Peak) * progress;
}
