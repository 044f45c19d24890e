using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>The rate falls by a factor every so many steps: η(s) = η₀·γ^⌊s/n⌋.</summary>
/// <param name="Rate">η₀, the rate at first, 0 or more.</param>
/// <param name="Every">n, 1 or more.</param>
/// <param name="Factor">γ, 0 or more.</param>
/// <example><code>
/// new StepDecay(0.1, 30, 0.5).At(65);   // = 0.025
/// 0.1 * Math.Pow(0.5, 65 / 30);         // = 0.025
/// </code></example>
[Formula("y = η·γ^(⌊s/n⌋)")]
public sealed record StepDecay(double Rate, int Every, double Factor = 0.1) : Schedule
{
    /// <summary>η₀, the rate at first, 0 or more.</summary>
    public double Rate { get; init => field = Require.NotNegative(value, nameof(StepDecay), nameof(Rate)); } =
        Require.NotNegative(Rate, nameof(StepDecay));

    /// <summary>n, 1 or more.</summary>
    public int Every { get; init => field = Require.Positive(value, nameof(StepDecay), nameof(Every)); } =
        Require.Positive(Every, nameof(StepDecay));

    /// <summary>γ, 0 or more.</summary>
    public double Factor { get; init => field = Require.NotNegative(value, nameof(StepDecay), nameof(Factor)); } =
        Require.NotNegative(Factor, nameof(StepDecay));

    /// <inheritdoc/>
    public override double At(int step) => Rate * Math.Pow(Factor, step / Every);
}
