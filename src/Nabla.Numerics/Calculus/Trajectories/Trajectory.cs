namespace Nabla.Numerics.Calculus;

/// <summary>y′ = f(t, y): writes how each number of the state changes at time t.</summary>
/// <param name="t">The time.</param>
/// <param name="y">The state.</param>
/// <param name="slope">y′, to be written.</param>
public delegate void Slope(double t, ReadOnlySpan<double> y, Span<double> slope);

/// <summary>x″ = a(t, x, v): writes the acceleration of each coordinate.</summary>
/// <param name="t">The time.</param>
/// <param name="position">x.</param>
/// <param name="velocity">v = x′.</param>
/// <param name="acceleration">v′, to be written.</param>
public delegate void Acceleration(
    double t, ReadOnlySpan<double> position, ReadOnlySpan<double> velocity, Span<double> acceleration);

/// <summary>
/// Ordinary differential equations: the way that a state takes, y(t) = y₀ + ∫ f(t, y) dt, from its slope. Fixed steps
/// by <see cref="Euler"/>, <see cref="Midpoint"/> and <see cref="RungeKutta4"/>, steps of the length that the accuracy
/// needs by <see cref="DormandPrince"/>.
/// </summary>
public static partial class Trajectory
{
    /// <summary>
    /// From acceleration to velocity to position: the slope of the state [x, v], the coordinates and then their
    /// velocities, which is [v, a(t, x, v)].
    /// </summary>
    /// <exception cref="ArgumentException">When followed: the state has an odd length.</exception>
    /// <example><code>
    /// Slope fall = Trajectory.FromAcceleration((t, x, v, a) => a[0] = -9.81);
    /// Trajectory.RungeKutta4(fall, [100, 0], 0, 2, 10).Last;   // = [80.38, -19.62]
    /// 100 - 0.5 * 9.81 * 2 * 2;                               // = 80.38
    /// -9.81 * 2;                                              // = -19.62
    /// </code></example>
    public static Slope FromAcceleration(Acceleration acceleration)
    {
        ArgumentNullException.ThrowIfNull(acceleration);
        return (t, y, slope) =>
        {
            if (y.Length % 2 != 0)
                throw new ArgumentException(
                    $"FromAcceleration: a state of {y.Length} numbers is not positions and as many velocities.");
            int half = y.Length / 2;
            y[half..].CopyTo(slope);
            acceleration(t, y[..half], y[half..], slope[half..]);
        };
    }

    /// <summary>One step of a method: from y at t to the state at t + h.</summary>
    private delegate void Step(Slope f, double t, double h, Workspace work);

    /// <summary>The state and slopes of a step; the step leaves its result in Y.</summary>
    private sealed class Workspace(int size)
    {
        public readonly double[] Y = new double[size], Stage = new double[size];
        public readonly double[] K1 = new double[size], K2 = new double[size];
        public readonly double[] K3 = new double[size], K4 = new double[size];
    }

    private static StatePath Follow(
        string method, Step step, Slope f, (double[] Y, double From, double To, int Steps) problem)
    {
        ArgumentNullException.ThrowIfNull(f);
        CheckStart(method, problem.Y, problem.From, problem.To);
        if (problem.Steps < 1)
            throw new ArgumentException(
                $"{method}: {problem.Steps} steps are too few; take at least 1.");
        var work = new Workspace(problem.Y.Length);
        problem.Y.CopyTo(work.Y, 0);
        var times = new double[problem.Steps + 1];
        var states = new double[problem.Steps + 1][];
        (times[0], states[0]) = (problem.From, [.. problem.Y]);
        double length = problem.To - problem.From;
        for (int i = 1; i <= problem.Steps; i++)
        {
            times[i] = i == problem.Steps ? problem.To : problem.From + length * i / problem.Steps;
            step(f, times[i - 1], times[i] - times[i - 1], work);
            CheckState(method, times[i], work.Y);
            states[i] = [.. work.Y];
        }
        return new StatePath(times, states);
    }

    private static void CheckStart(string method, double[] y, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(y);
        Finite.Arguments(method, "start", y);
        Finite.Argument(method, nameof(from), from);
        Finite.Argument(method, nameof(to), to);
    }

    private static void CheckState(string method, double t, double[] y)
    {
        for (int i = 0; i < y.Length; i++)
            if (!double.IsFinite(y[i]))
                throw new NotFiniteNumberException(
                    $"{method}: number {i} of the state is {y[i]} at t = {t}. Take smaller steps, or see whether the " +
                    "solution grows without bound, or the slope is not defined there.", y[i]);
    }

    /// <summary>to = y + h·k.</summary>
    private static void Advance(double[] y, double h, double[] k, double[] to)
    {
        for (int i = 0; i < y.Length; i++)
            to[i] = y[i] + h * k[i];
    }
}

/// <summary>The states that a trajectory went through, and when.</summary>
/// <param name="times">The times, from the start to the end.</param>
/// <param name="states">The state at each of them.</param>
public sealed class StatePath(double[] times, double[][] states)
{
    /// <summary>The times, from the start to the end.</summary>
    public IReadOnlyList<double> Times => times;

    /// <summary>The state at each of the times.</summary>
    public IReadOnlyList<double[]> States => states;

    /// <summary>The state at the end.</summary>
    public double[] Last => states[^1];

    /// <summary>One number of the state over time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The state has no such number.</exception>
    public double[] Component(int index)
    {
        if ((uint)index >= (uint)states[0].Length)
            throw new ArgumentOutOfRangeException(
                nameof(index), $"StatePath: the state has no number {index}; it has 0 … {states[0].Length - 1}.");
        return Array.ConvertAll(states, state => state[index]);
    }
}
