using System.Globalization;

namespace Nabla.Numerics.Calculus;

/// <summary>Definite integrals of functions of one variable.</summary>
public static class Integrate
{
    /// <summary>
    /// ∫ₐᵇ f(x) dx by adaptive Gauss–Kronrod quadrature: 15 points an interval, of which 7 are Gauss's and give the
    /// error; the interval with the largest error is halved until the sum of all errors is small enough. Infinite
    /// limits are brought to (0, 1] by x = a + (1 − t)/t. The ends are never asked, so f may be infinite there. What is
    /// narrow against its distance from a (from 0, over the whole line) can be missed: divide the range there.
    /// Piessens et al. 1983, QUADPACK (QAG, QAGI); Kronrod 1965.
    /// </summary>
    /// <param name="f">The function, finite inside the range.</param>
    /// <param name="from">a, which may be −∞.</param>
    /// <param name="to">b, which may be +∞; if below a, the integral has the other sign.</param>
    /// <param name="options">The accuracy and the most evaluations; null stands for the defaults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentException">A limit is NaN, or a setting is out of its range.</exception>
    /// <exception cref="NotFiniteNumberException">f is not finite at a point, which the message names.</exception>
    /// <exception cref="ConvergenceException">The error stays above what was asked for.</exception>
    /// <example><code>
    /// Integrate.GaussKronrod(x => x * x, 0, 3).Value;   // = 9.00000000
    /// double infinite = double.PositiveInfinity;
    /// Integrate.GaussKronrod(x => Math.Exp(-x * x), -infinite, infinite).Value;   // = 1.7724538509
    /// Math.Sqrt(Math.PI);                                                         // = 1.7724538509
    /// </code></example>
    public static Estimate GaussKronrod(
        Func<double, double> f, double from, double to, IntegrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(f);
        if (double.IsNaN(from) || double.IsNaN(to))
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"GaussKronrod: the limits {from} and {to} must be numbers."));
        options ??= new();
        int callsAtPoint = double.IsInfinity(from) && double.IsInfinity(to) ? 2 : 1;
        options.Validate(15 * callsAtPoint);
        if (from == to)
            return new Estimate(0, 0, 0);
        if (from > to)
        {
            Estimate reversed = GaussKronrod(f, to, from, options, cancellation);
            return reversed with { Value = -reversed.Value };
        }
        var quadrature = new AdaptiveQuadrature(options, callsAtPoint, cancellation);
        return (double.IsInfinity(from), double.IsInfinity(to)) switch
        {
            (false, false) => quadrature.Run(x => Finite.Value("GaussKronrod", f, x), from, to),
            (false, true) => quadrature.Run(t => Beyond(f, from, 1, t), 0, 1),
            (true, false) => quadrature.Run(t => Beyond(f, to, -1, t), 0, 1),
            _ => quadrature.Run(t => Beyond(f, 0, 1, t) + Beyond(f, 0, -1, t), 0, 1),
        };
    }

    /// <summary>f(x)·dx/dt for x = end ± (1 − t)/t.</summary>
    private static double Beyond(Func<double, double> f, double end, int direction, double t) =>
        Finite.Value("GaussKronrod", f, end + direction * ((1 - t) / t)) / (t * t);
}

/// <summary>How exact an integral must be: its estimated error is at most the larger of both tolerances.</summary>
public record IntegrationOptions
{
    /// <summary>The largest error, 0 or more.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-12;

    /// <summary>The largest error relative to the integral, 0 or more; rounding forbids less than 1e-14.</summary>
    public double RelativeTolerance { get; init; } = 1e-10;

    /// <summary>How often the function may be asked, at least 15, over the whole line 30.</summary>
    public int MaxEvaluations { get; init; } = 100_000;

    internal void Validate(int fewest)
    {
        if (!(AbsoluteTolerance >= 0) || !(RelativeTolerance >= 0) || AbsoluteTolerance + RelativeTolerance == 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Integration: tolerances {AbsoluteTolerance} and {RelativeTolerance} must be 0 or more, not both 0."));
        if (MaxEvaluations < fewest)
            throw new ArgumentException(
                $"Integration: {MaxEvaluations} evaluations are too few; the first estimate needs {fewest}.");
    }
}
