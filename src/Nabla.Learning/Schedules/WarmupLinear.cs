namespace Nabla.Learning.Schedules;

/// <summary>
/// Linear warm-up, then a straight line from the peak to the final rate: η(s) = η₀ + (η₁ − η₀)p, p the share of the
/// steps after the warm-up that is done.
/// </summary>
/// <param name="Peak">η₀, the rate after the warm-up, 0 or more.</param>
/// <param name="Final">η₁, the rate at the end, 0 or more.</param>
/// <param name="WarmupSteps">Steps of linear rise, 0 or more.</param>
/// <param name="Steps">All steps, the warm-up included; later steps keep the final rate.</param>
public sealed record WarmupLinear(double Peak, double Final, int WarmupSteps, int Steps) : Schedule
{
    /// <summary>η₀, the rate after the warm-up, 0 or more.</summary>
    public double Peak { get; init => field = Require.NotNegative(value, nameof(WarmupLinear), nameof(Peak)); } =
        Require.NotNegative(Peak, nameof(WarmupLinear));

    /// <summary>η₁, the rate at the end, 0 or more.</summary>
    public double Final { get; init => field = Require.NotNegative(value, nameof(WarmupLinear), nameof(Final)); } =
        Require.NotNegative(Final, nameof(WarmupLinear));

    /// <summary>Steps of linear rise, 0 or more.</summary>
    public int WarmupSteps
    {
        get;
        init => field = Require.NotNegative(value, nameof(WarmupLinear), nameof(WarmupSteps));
    } = Require.NotNegative(WarmupSteps, nameof(WarmupLinear));

    /// <summary>All steps, the warm-up included, 0 or more; later steps keep the final rate.</summary>
    public int Steps { get; init => field = Require.NotNegative(value, nameof(WarmupLinear), nameof(Steps)); } =
        Require.NotNegative(Steps, nameof(WarmupLinear));

    /// <inheritdoc/>
    public override double At(int step) =>
        WarmUp(step, WarmupSteps, Peak) ?? Peak + (Final - Peak) * Progress(step, WarmupSteps, Steps);
}
