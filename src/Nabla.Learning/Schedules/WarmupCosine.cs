using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>
/// Linear warm-up, then half a cosine from the peak to the final rate: η(s) = η₁ + ½(η₀ − η₁)(1 + cos πp), p the share
/// of the steps after the warm-up that is done. Loshchilov and Hutter 2017, arXiv:1608.03983.
/// </summary>
/// <param name="Peak">η₀, the rate after the warm-up, 0 or more.</param>
/// <param name="Final">η₁, the rate at the end, 0 or more.</param>
/// <param name="WarmupSteps">Steps of linear rise, 0 or more.</param>
/// <param name="Steps">All steps, the warm-up included; later steps keep the final rate.</param>
/// <example><code>
/// new WarmupCosine(1, 0.1, 10, 110).At(60);            // = 0.55
/// 0.1 + 0.5 * (1 - 0.1) * (1 + Math.Cos(Math.PI / 2));   // = 0.55
/// </code></example>
[Formula("y = (s < w ? a·(s + 1)/w : b + 1/2·(a − b)·(1 + cos(π·min(1, (s − w)/(n − w)))))")]
public sealed record WarmupCosine(double Peak, double Final, int WarmupSteps, int Steps)
    : WarmupSchedule(Peak, Final, WarmupSteps, Steps)
{
    /// <inheritdoc/>
    protected override double After(double progress) =>
        Final + 0.5 * (Peak - Final) * (1 + Math.Cos(Math.PI * progress));
}
