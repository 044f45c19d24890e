namespace Nabla.Numerics.Calculus;

public static partial class Trajectory
{
    /// <summary>
    /// The Runge–Kutta method of Dormand and Prince, orders 5 and 4: the difference of both is the error of a step, and
    /// each step is as long as the tolerance allows. Dormand and Prince 1980, "A family of embedded Runge–Kutta
    /// formulae"; step control of Hairer, Nørsett and Wanner 1993, Solving Ordinary Differential Equations I, II.4.
    /// </summary>
    /// <param name="f">The slope.</param>
    /// <param name="start">y at the time <paramref name="from"/>.</param>
    /// <param name="from">The first time.</param>
    /// <param name="to">The last time; it may lie before the first.</param>
    /// <param name="options">Tolerances and the most steps; null stands for the defaults.</param>
    /// <exception cref="ArgumentException">An argument is empty or not finite.</exception>
    /// <exception cref="NotFiniteNumberException">The slope at the start is not finite.</exception>
    /// <exception cref="ConvergenceException">
    /// The steps become too short, where the solution is singular or the equation stiff, or too many.
    /// </exception>
    /// <example><code>
    /// Trajectory.DormandPrince((t, y, slope) => slope[0] = y[0], [1], 0, 1).Last;   // = [2.7182818]
    /// Math.Exp(1);                                                                 // = 2.7182818
    /// </code></example>
    public static StatePath DormandPrince(
        Slope f, double[] start, double from, double to, TrajectoryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        CheckStart("DormandPrince", start, from, to);
        options ??= new();
        options.Validate();
        return new DormandPrinceSolver(f, start, options).Run(from, to);
    }
}

/// <summary>How exact a trajectory must be.</summary>
public record TrajectoryOptions
{
    /// <summary>The largest error of a step, for each number of the state; 0 or more.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-10;

    /// <summary>The largest error of a step relative to the state, 0 or more.</summary>
    public double RelativeTolerance { get; init; } = 1e-10;

    /// <summary>The length of the first step, positive; null lets the slope at the start decide.</summary>
    public double? FirstStep { get; init; }

    /// <summary>How many steps may be taken.</summary>
    public int MaxSteps { get; init; } = 100_000;

    internal void Validate()
    {
        if (!(AbsoluteTolerance >= 0) || !(RelativeTolerance >= 0) || AbsoluteTolerance + RelativeTolerance == 0)
            throw new ArgumentException(
                $"DormandPrince: tolerances {AbsoluteTolerance}, {RelativeTolerance} must be 0 or more, not both 0.");
        if (FirstStep is { } step && !(step > 0 && double.IsFinite(step)))
            throw new ArgumentException($"DormandPrince: the first step {step} must be positive.");
        if (MaxSteps < 1)
            throw new ArgumentException($"DormandPrince: {MaxSteps} steps are too few; allow at least 1.");
    }
}
