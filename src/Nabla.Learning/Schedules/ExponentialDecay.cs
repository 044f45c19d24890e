using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>The rate falls by a factor each step: η(s) = η₀·γˢ.</summary>
/// <param name="Rate">η₀, the rate at first, 0 or more.</param>
/// <param name="Factor">γ, 0 or more.</param>
/// <example><code>
/// new ExponentialDecay(0.1, 0.9).At(2);   // = 0.081
/// 0.1 * 0.9 * 0.9;                        // = 0.081
/// </code></example>
[Formula("y = η·γ^s")]
public sealed record ExponentialDecay(double Rate, double Factor) : Schedule
{
    /// <summary>η₀, the rate at first, 0 or more.</summary>
    public double Rate { get; init => field = Require.NotNegative(value, nameof(ExponentialDecay), nameof(Rate)); } =
        Require.NotNegative(Rate, nameof(ExponentialDecay));

    /// <summary>γ, 0 or more.</summary>
    public double Factor
    {
        get;
        init => field = Require.NotNegative(value, nameof(ExponentialDecay), nameof(Factor));
    } = Require.NotNegative(Factor, nameof(ExponentialDecay));

    /// <inheritdoc/>
    public override double At(int step) => Rate * Math.Pow(Factor, step);
}
