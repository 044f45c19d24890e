namespace Nabla.Numerics.Calculus;

/// <summary>
/// How far to go along a direction in which a function falls: given φ(t) = f(x + t·d) and its slope φ′(t) = ∇f(x +
/// t·d)·d, a step t that makes f small enough for a descent method to converge.
/// </summary>
public static class LineSearch
{
    /// <summary>
    /// The first of the steps t, t·ρ, t·ρ², … with φ(t) ≤ φ(0) + c₁·t·φ′(0), the condition of sufficient decrease.
    /// Armijo 1966, "Minimization of functions having Lipschitz continuous first partial derivatives".
    /// </summary>
    /// <param name="f">φ; NaN and infinities count as too large.</param>
    /// <param name="valueAtZero">φ(0), finite.</param>
    /// <param name="slopeAtZero">φ′(0), negative.</param>
    /// <param name="options">The first step, c₁ and ρ; null stands for the defaults.</param>
    /// <exception cref="ArgumentException">The slope is not negative, or a setting is out of its range.</exception>
    /// <example><code>
    /// LineSearch.Armijo(t => (1 - 2 * t) * (1 - 2 * t), 1, -4).Step;   // = 0.5
    /// LineSearch.Armijo(t => (1 - 2 * t) * (1 - 2 * t), 1, -4).Value;  // = 0
    /// </code></example>
    public static LineStep Armijo(
        Func<double, double> f, double valueAtZero, double slopeAtZero, LineSearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        options ??= new();
        options.Validate("Armijo", valueAtZero, slopeAtZero);
        double step = options.FirstStep;
        for (int count = 1; count <= options.MaxEvaluations; count++, step *= options.Backtracking)
        {
            double value = f(step);
            if (double.IsFinite(value) && value <= valueAtZero + options.Decrease * step * slopeAtZero)
                return new LineStep(step, value, double.NaN, count, Converged: true);
        }
        return new LineStep(0, valueAtZero, slopeAtZero, options.MaxEvaluations, Converged: false);
    }

    /// <summary>
    /// A step t that meets the strong Wolfe conditions: φ(t) ≤ φ(0) + c₁·t·φ′(0) and |φ′(t)| ≤ c₂·|φ′(0)|. The step
    /// grows until a minimum is bracketed, then the bracket shrinks by cubic interpolation. Nocedal and Wright 2006,
    /// Numerical Optimization, algorithms 3.5 and 3.6.
    /// </summary>
    /// <param name="f">t ↦ (φ(t), φ′(t)); NaN and infinities count as too large.</param>
    /// <param name="valueAtZero">φ(0), finite.</param>
    /// <param name="slopeAtZero">φ′(0), negative.</param>
    /// <param name="options">The first step, c₁ and c₂; null stands for the defaults.</param>
    /// <returns>
    /// The step; if none was found within the evaluations allowed, the best of those that were tried, or 0, and
    /// <see cref="LineStep.Converged"/> is false.
    /// </returns>
    /// <exception cref="ArgumentException">The slope is not negative, or a setting is out of its range.</exception>
    /// <example><code>
    /// LineStep step = LineSearch.StrongWolfe(t => ((t - 3) * (t - 3), 2 * (t - 3)), 9, -6);
    /// step.Converged;                       // = true
    /// Math.Abs(step.Slope) &lt;= 0.9 * 6;   // = true
    /// </code></example>
    public static LineStep StrongWolfe(
        Func<double, (double Value, double Slope)> f, double valueAtZero, double slopeAtZero,
        LineSearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        options ??= new();
        options.Validate("StrongWolfe", valueAtZero, slopeAtZero);
        return new WolfeSearch(f, new(0, valueAtZero, slopeAtZero), options).Run();
    }
}

/// <summary>What a line search found.</summary>
/// <param name="Step">t.</param>
/// <param name="Value">φ(t).</param>
/// <param name="Slope">φ′(t); NaN where the search does not ask for slopes.</param>
/// <param name="Evaluations">How often φ was asked.</param>
/// <param name="Converged">Whether the step meets the search's conditions.</param>
public readonly record struct LineStep(double Step, double Value, double Slope, int Evaluations, bool Converged);

/// <summary>Settings of a line search.</summary>
public record LineSearchOptions
{
    /// <summary>The step that is tried first, positive.</summary>
    public double FirstStep { get; init; } = 1;

    /// <summary>c₁ of the sufficient decrease, in (0, 1).</summary>
    public double Decrease { get; init; } = 1e-4;

    /// <summary>c₂ of the curvature, in (c₁, 1): .9 for quasi-Newton methods, .1 for conjugate gradients.</summary>
    public double Curvature { get; init; } = 0.9;

    /// <summary>ρ, by which backtracking shortens the step, in (0, 1).</summary>
    public double Backtracking { get; init; } = 0.5;

    /// <summary>No step is longer than this.</summary>
    public double LargestStep { get; init; } = 1e10;

    /// <summary>How often the function may be asked.</summary>
    public int MaxEvaluations { get; init; } = 40;

    /// <summary>
    /// Shares of φ below which differences are rounding, 0 or more: for φ computed in single precision 2⁻²². Where
    /// values cannot be told apart, slopes still can. Of <see cref="LineSearch.StrongWolfe"/>.
    /// </summary>
    public double Noise { get; init; }

    /// <summary>
    /// A bracket shorter than this is not searched further, 0 or more. Of <see cref="LineSearch.StrongWolfe"/>.
    /// </summary>
    public double LeastBracket { get; init; }

    internal void Validate(string search, double value, double slope)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException($"{search}: φ(0) = {value} must be finite: begin where the function is.");
        if (!(slope < 0) || double.IsInfinity(slope))
            throw new ArgumentException(
                $"{search}: φ′(0) = {slope} must be negative: along the direction the function must fall.");
        if (!(FirstStep > 0 && FirstStep <= LargestStep && double.IsFinite(LargestStep)))
            throw new ArgumentException(
                $"{search}: the first step {FirstStep} must be positive and at most the largest, {LargestStep}.");
        if (!(Decrease > 0 && Decrease < Curvature && Curvature < 1))
            throw new ArgumentException(
                $"{search}: c₁ = {Decrease} and c₂ = {Curvature} must be 0 < c₁ < c₂ < 1, such as 1e-4 and .9.");
        if (!(Backtracking > 0 && Backtracking < 1))
            throw new ArgumentException($"{search}: ρ = {Backtracking} must be in (0, 1), such as .5.");
        if (!(Noise >= 0 && Noise < 1 && LeastBracket >= 0))
            throw new ArgumentException(
                $"{search}: noise {Noise} must be in [0, 1) and the least bracket {LeastBracket} not negative.");
        if (MaxEvaluations < 1)
            throw new ArgumentException($"{search}: {MaxEvaluations} evaluations are too few; allow at least 1.");
    }
}
