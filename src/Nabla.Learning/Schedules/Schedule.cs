namespace Nabla.Learning.Schedules;

/// <summary>The learning rate at each step.</summary>
public abstract record Schedule
{
    /// <summary>The rate for step <paramref name="step"/>, the first being 0.</summary>
    public abstract double At(int step);

    /// <summary>
    /// Linear warm-up: (step + 1)/warmup of the peak, reaching it at step warmup − 1; null once it is over.
    /// </summary>
    protected static double? WarmUp(int step, int warmupSteps, double peak) =>
        step < warmupSteps ? peak * (step + 1) / warmupSteps : null;

    /// <summary>How much of the way from the end of the warm-up to the last step is done, in [0, 1].</summary>
    protected static double Progress(int step, int warmupSteps, int steps) =>
        steps <= warmupSteps ? 1 : Math.Clamp((double)(step - warmupSteps) / (steps - warmupSteps), 0, 1);
}
