using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>
/// Half a cosine: η(s) = η₁ + ½(η₀ − η₁)(1 + cos πp), p = min(1, s/n). Loshchilov and Hutter 2017, arXiv:1608.03983.
/// </summary>
/// <param name="First">η₀, the rate at step 0, 0 or more.</param>
/// <param name="Last">η₁, the rate from step n on, 0 or more.</param>
/// <param name="Steps">n, 1 or more.</param>
/// <example><code>
/// new CosineDecay(0.1, 0, 8).At(2);               // = 0.0853553
/// 0.05 * (1 + Math.Cos(Math.PI * 2 / 8));         // = 0.0853553
/// </code></example>
[Formula("y = b + 1/2·(a − b)·(1 + cos(π·min(1, s/n)))")]
public sealed record CosineDecay(double First, double Last, int Steps) : ScheduleBetween(First, Last, Steps)
{
    /// <inheritdoc/>
    protected override double Between(double p) => Cosine(First, Last, p);
}
