using System.Globalization;

namespace Nabla.Numerics.Calculus;

/// <summary>
/// Where a function is 0. Between two points where its signs differ: <see cref="Bisection"/>, which always works, and
/// <see cref="Brent"/>, which is faster. From one point with the derivative: <see cref="Newton"/>, and
/// <see cref="NewtonSystem"/> for several equations.
/// </summary>
public static partial class Roots
{
    /// <summary>f at both ends, whose signs must differ.</summary>
    private static (double AtFrom, double AtTo) Bracket(
        string method, Func<double, double> f, double from, double to, SolverOptions options)
    {
        ArgumentNullException.ThrowIfNull(f);
        Finite.Argument(method, nameof(from), from);
        Finite.Argument(method, nameof(to), to);
        options.Validate(method);
        double atFrom = Finite.Value(method, f, from), atTo = Finite.Value(method, f, to);
        return Math.Sign(atFrom) * Math.Sign(atTo) <= 0 ? (atFrom, atTo) : throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"{method}: f({from}) = {atFrom} and f({to}) = {atTo} have the same sign, so a root between them is not ") +
            "sure; give ends at which the signs differ.");
    }

    private static ConvergenceException NotReached(string method, double x, double value, int iterations) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"{method}: no root after {iterations} iterations; at x = {x} the function is {value}. ") +
        "Begin nearer to a root, allow more iterations or a larger tolerance; or there may be none.", x, value);
}

/// <summary>A root that was found.</summary>
/// <param name="X">Where the function is 0, within the tolerance.</param>
/// <param name="Value">The function there.</param>
/// <param name="Iterations">How many steps it took.</param>
public readonly record struct Root(double X, double Value, int Iterations);

/// <summary>When to be content with a root or minimum.</summary>
public record SolverOptions
{
    /// <summary>The largest error of x, relative to the larger of 1 and |x|; positive.</summary>
    public double Tolerance { get; init; } = 1e-12;

    /// <summary>How many steps may be taken.</summary>
    public int MaxIterations { get; init; } = 200;

    internal void Validate(string method)
    {
        if (!(Tolerance > 0 && double.IsFinite(Tolerance)))
            throw new ArgumentException($"{method}: tolerance {Tolerance} must be positive, such as 1e-12.");
        if (MaxIterations < 1)
            throw new ArgumentException($"{method}: {MaxIterations} iterations are too few; allow at least 1.");
    }

    internal double At(double x) => Tolerance * Math.Max(1, Math.Abs(x));
}
