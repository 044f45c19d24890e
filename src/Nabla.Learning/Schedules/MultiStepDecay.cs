using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>The rate falls by a factor at given steps: η(s) = η₀·γ^(how many milestones ≤ s).</summary>
/// <param name="Rate">η₀, the rate at first, 0 or more.</param>
/// <param name="Milestones">The steps, in any order; one that is given twice counts twice.</param>
/// <param name="Factor">γ, 0 or more.</param>
/// <example><code>
/// new MultiStepDecay(0.1, [30, 60], 0.5).At(60);   // = 0.025
/// 0.1 * 0.5 * 0.5;                                 // = 0.025
/// </code></example>
[Formula("y = η·γ^(Σ_k 𝟙[m_k ≤ s])")]
public sealed record MultiStepDecay(double Rate, IReadOnlyList<int> Milestones, double Factor = 0.1) : Schedule
{
    /// <summary>η₀, the rate at first, 0 or more.</summary>
    public double Rate { get; init => field = Require.NotNegative(value, nameof(MultiStepDecay), nameof(Rate)); } =
        Require.NotNegative(Rate, nameof(MultiStepDecay));

    /// <summary>The steps, in any order; one that is given twice counts twice.</summary>
    public IReadOnlyList<int> Milestones { get; init => field = Checked(value); } = Checked(Milestones);

    /// <summary>γ, 0 or more.</summary>
    public double Factor { get; init => field = Require.NotNegative(value, nameof(MultiStepDecay), nameof(Factor)); } =
        Require.NotNegative(Factor, nameof(MultiStepDecay));

    /// <inheritdoc/>
    public override double At(int step) => Rate * Math.Pow(Factor, Milestones.Count(milestone => milestone <= step));

    private static int[] Checked(IReadOnlyList<int> milestones)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        foreach (int milestone in milestones)
            Require.NotNegative(milestone, nameof(MultiStepDecay), nameof(Milestones));
        return [.. milestones];
    }
}
