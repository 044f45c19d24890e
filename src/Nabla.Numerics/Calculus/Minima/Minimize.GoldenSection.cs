namespace Nabla.Numerics.Calculus;

/// <summary>Where a function of one variable is smallest, without derivatives.</summary>
public static partial class Minimize
{
    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>
    /// Shrinks the range by the golden ratio with each evaluation, keeping the side of the smaller value: finds the
    /// minimum of any f that falls and then rises. Near it f is flat, so x is exact to about √ε only. Kiefer 1953,
    /// "Sequential minimax search for a maximum".
    /// </summary>
    /// <exception cref="ArgumentException">An end is not finite, or a setting is out of its range.</exception>
    /// <exception cref="NotFiniteNumberException">f is not finite at a point, which the message names.</exception>
    /// <exception cref="ConvergenceException">The iterations did not suffice.</exception>
    /// <example><code>
    /// Minimize.GoldenSection(x => (x - 2) * (x - 2) + 1, 0, 5).X;       // = 2.00000
    /// Minimize.GoldenSection(x => (x - 2) * (x - 2) + 1, 0, 5).Value;   // = 1
    /// </code></example>
    public static Extremum GoldenSection(Func<double, double> f, double from, double to, SolverOptions? options = null)
    {
        options ??= new() { Tolerance = 1e-8 };
        Check("GoldenSection", f, ref from, ref to, options);
        double left = to - Golden * (to - from), right = from + Golden * (to - from);
        double atLeft = Finite.Value("GoldenSection", f, left), atRight = Finite.Value("GoldenSection", f, right);
        for (int i = 1; i <= options.MaxIterations; i++)
        {
            if (to - from <= 2 * Tolerance(options, left))
                return atLeft < atRight ? new Extremum(left, atLeft, i) : new Extremum(right, atRight, i);
            if (atLeft < atRight)
            {
                (to, right, atRight) = (right, left, atLeft);
                left = to - Golden * (to - from);
                atLeft = Finite.Value("GoldenSection", f, left);
            }
            else
            {
                (from, left, atLeft) = (left, right, atRight);
                right = from + Golden * (to - from);
                atRight = Finite.Value("GoldenSection", f, right);
            }
        }
        throw NotReached("GoldenSection", left, to - from, options.MaxIterations);
    }

    /// <summary>The tolerance at x; less than two roundings would never be reached.</summary>
    private static double Tolerance(SolverOptions options, double x) =>
        Math.Max(options.At(x), 4.4e-16 * Math.Abs(x));

    private static void Check(
        string method, Func<double, double> f, ref double from, ref double to, SolverOptions options)
    {
        ArgumentNullException.ThrowIfNull(f);
        Finite.Argument(method, nameof(from), from);
        Finite.Argument(method, nameof(to), to);
        options.Validate(method);
        (from, to) = (Math.Min(from, to), Math.Max(from, to));
    }

    private static ConvergenceException NotReached(string method, double x, double width, int iterations) => new(
        $"{method}: after {iterations} iterations the minimum is near x = {x}, within {width}; " +
        "allow more iterations or a larger tolerance.", x, width);
}

/// <summary>A minimum that was found.</summary>
/// <param name="X">Where the function is smallest, within the tolerance.</param>
/// <param name="Value">The function there.</param>
/// <param name="Iterations">How many steps it took.</param>
public readonly record struct Extremum(double X, double Value, int Iterations);
