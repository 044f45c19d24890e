using System.Numerics;

namespace Nabla.Learning.Schedules;

/// <summary>
/// A linear rise, (step + 1)/warmup of the peak, which it reaches at step warmup − 1, and then a way to the final rate.
/// </summary>
public abstract record WarmupSchedule : Schedule
{
    private protected WarmupSchedule(double peak, double final, int warmupSteps, int steps) =>
        (Peak, Final, WarmupSteps, Steps) = (peak, final, warmupSteps, steps);

    /// <summary>η₀, the rate after the warm-up, 0 or more.</summary>
    public double Peak { get; init => field = Checked(value, nameof(Peak)); }

    /// <summary>η₁, the rate at the end, 0 or more.</summary>
    public double Final { get; init => field = Checked(value, nameof(Final)); }

    /// <summary>Steps of linear rise, 0 or more.</summary>
    public int WarmupSteps { get; init => field = Checked(value, nameof(WarmupSteps)); }

    /// <summary>All steps, the warm-up included, 0 or more; later steps keep the final rate.</summary>
    public int Steps { get; init => field = Checked(value, nameof(Steps)); }

    /// <inheritdoc/>
    public sealed override double At(int step)
    {
        if (step < WarmupSteps)
            return Peak * (step + 1) / WarmupSteps;
        return After(Steps <= WarmupSteps
            ? 1 : Math.Clamp((double)(step - WarmupSteps) / (Steps - WarmupSteps), 0, 1));
    }

    /// <summary>The rate when so much of the way from the end of the warm-up to the last step is done.</summary>
    /// <param name="progress">The share, in [0, 1].</param>
    protected abstract double After(double progress);

    private T Checked<T>(T value, string name) where T : INumber<T> => Require.NotNegative(value, GetType().Name, name);
}
