using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>A power of the way that is left: η(s) = η₁ + (η₀ − η₁)(1 − p)ᵏ, p = min(1, s/n).</summary>
/// <param name="First">η₀, the rate at step 0, 0 or more.</param>
/// <param name="Last">η₁, the rate from step n on, 0 or more.</param>
/// <param name="Steps">n, 1 or more.</param>
/// <param name="Power">k, 0 or more; 1 is a straight line.</param>
/// <example><code>
/// new PolynomialDecay(0.1, 0, 8, 2).At(2);   // = 0.05625
/// 0.1 * Math.Pow(1 - 2 / 8.0, 2);            // = 0.05625
/// </code></example>
[Formula("y = b + (a − b)·(1 − min(1, s/n))^k")]
public sealed record PolynomialDecay(double First, double Last, int Steps, double Power = 1)
    : ScheduleBetween(First, Last, Steps)
{
    /// <summary>k, 0 or more.</summary>
    public double Power { get; init => field = Require.NotNegative(value, nameof(PolynomialDecay), nameof(Power)); } =
        Require.NotNegative(Power, nameof(PolynomialDecay));

    /// <inheritdoc/>
    protected override double Between(double p) => Last + (First - Last) * Math.Pow(1 - p, Power);
}
