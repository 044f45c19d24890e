using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>
/// Linear warm-up, (s + 1)/warmup of the peak; then the peak for as long as one likes; then a way down to the final
/// rate. A run can go on from any step of the middle part. Hu et al. 2024 (MiniCPM), arXiv:2404.06395, section 4.
/// </summary>
/// <param name="Peak">η₀, the rate of the middle part, 0 or more.</param>
/// <param name="Final">η₁, the rate at the end, 0 or more.</param>
/// <param name="WarmupSteps">Steps of linear rise, 0 or more.</param>
/// <param name="StableSteps">Steps at the peak, 0 or more.</param>
/// <param name="DecaySteps">Steps from the peak to the final rate, 1 or more.</param>
/// <example><code>
/// var schedule = new WarmupStableDecay(0.1, 0, 10, 100, 20);
/// new[] { schedule.At(4), schedule.At(50), schedule.At(115) };   // = [0.05, 0.1, 0.075]
/// new[] { 0.1 * 5 / 10, 0.1, 0.1 * (1 - 5 / 20.0) };             // = [0.05, 0.1, 0.075]
/// </code></example>
[Formula("y = (s < w ? a·(s + 1)/w : s < w + n ? a : a + (b − a)·min(1, (s − w − n)/d))")]
public sealed record WarmupStableDecay(double Peak, double Final, int WarmupSteps, int StableSteps, int DecaySteps)
    : Schedule
{
    /// <summary>η₀, the rate of the middle part, 0 or more.</summary>
    public double Peak { get; init => field = Require.NotNegative(value, nameof(WarmupStableDecay), nameof(Peak)); } =
        Require.NotNegative(Peak, nameof(WarmupStableDecay));

    /// <summary>η₁, the rate at the end, 0 or more.</summary>
    public double Final { get; init => field = Require.NotNegative(value, nameof(WarmupStableDecay), nameof(Final)); } =
        Require.NotNegative(Final, nameof(WarmupStableDecay));

    /// <summary>Steps of linear rise, 0 or more.</summary>
    public int WarmupSteps
    {
        get;
        init => field = Require.NotNegative(value, nameof(WarmupStableDecay), nameof(WarmupSteps));
    } = Require.NotNegative(WarmupSteps, nameof(WarmupStableDecay));

    /// <summary>Steps at the peak, 0 or more.</summary>
    public int StableSteps
    {
        get;
        init => field = Require.NotNegative(value, nameof(WarmupStableDecay), nameof(StableSteps));
    } = Require.NotNegative(StableSteps, nameof(WarmupStableDecay));

    /// <summary>Steps from the peak to the final rate, 1 or more.</summary>
    public int DecaySteps
    {
        get;
        init => field = Require.Positive(value, nameof(WarmupStableDecay), nameof(DecaySteps));
    } = Require.Positive(DecaySteps, nameof(WarmupStableDecay));

    /// <inheritdoc/>
    public override double At(int step)
    {
        if (step < WarmupSteps)
            return Peak * (step + 1) / WarmupSteps;
        double after = (double)step - WarmupSteps - StableSteps;
        return ScheduleBetween.Line(Peak, Final, Math.Clamp(after / DecaySteps, 0, 1));
    }
}
