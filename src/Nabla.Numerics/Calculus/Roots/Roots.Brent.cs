namespace Nabla.Numerics.Calculus;

public static partial class Roots
{
    /// <summary>
    /// Bisection, with steps by inverse quadratic interpolation or the secant wherever these shrink the bracket well:
    /// as sure as bisection, and for a smooth f nearly as fast as Newton. Brent 1973, Algorithms for Minimization
    /// without Derivatives, chapter 4 (zeroin).
    /// </summary>
    /// <exception cref="ArgumentException">f has the same sign at both ends, or an end is not finite.</exception>
    /// <exception cref="NotFiniteNumberException">f is not finite at a point, which the message names.</exception>
    /// <exception cref="ConvergenceException">The iterations did not suffice.</exception>
    /// <example><code>
    /// Roots.Brent(x => Math.Cos(x) - x, 0, 1).X;   // = 0.7390851332
    /// Math.Cos(0.7390851332);                      // = 0.7390851332
    /// </code></example>
    public static Root Brent(Func<double, double> f, double from, double to, SolverOptions? options = null)
    {
        options ??= new();
        (double previousValue, double value) = Bracket("Brent", f, from, to, options);
        double previous = from, x = to, opposite = from, oppositeValue = previousValue; // the root is between x and it
        double step = x - previous, stepBefore = step;
        for (int i = 1; i <= options.MaxIterations; i++)
        {
            if (Math.Sign(value) == Math.Sign(oppositeValue) && value != 0)
            {
                (opposite, oppositeValue) = (previous, previousValue);
                step = stepBefore = x - previous;
            }
            if (Math.Abs(oppositeValue) < Math.Abs(value))
            {
                (previous, x, opposite) = (x, opposite, x);
                (previousValue, value, oppositeValue) = (value, oppositeValue, value);
            }
            double tolerance = 2.2e-16 * Math.Abs(x) + options.At(x) / 2, half = 0.5 * opposite - 0.5 * x;
            if (Math.Abs(half) <= tolerance || value == 0)
                return new Root(x, value, i);
            double bound = Math.Min(3 * Math.Abs(half) - tolerance, Math.Abs(stepBefore));
            double interpolated = Math.Abs(value) < Math.Abs(previousValue)
                ? Interpolate((previous, previousValue), (x, value), (opposite, oppositeValue)) : double.NaN;
            bool good = Math.Abs(stepBefore) >= tolerance && interpolated * half > 0
                && 2 * Math.Abs(interpolated) < bound;
            (stepBefore, step) = good ? (step, interpolated) : (half, half);
            (previous, previousValue) = (x, value);
            x += Math.Abs(step) > tolerance ? step : Math.CopySign(tolerance, half);
            value = Finite.Value("Brent", f, x);
        }
        throw NotReached("Brent", x, value, options.MaxIterations);
    }

    /// <summary>
    /// The step from b to where the inverse parabola through three points, or the line through two, is 0.
    /// </summary>
    private static double Interpolate((double X, double Y) a, (double X, double Y) b, (double X, double Y) c)
    {
        double s = b.Y / a.Y;
        if (a.X == c.X)
            return (c.X - b.X) * s / (s - 1);
        double q = a.Y / c.Y, r = b.Y / c.Y;
        return -s * ((c.X - b.X) * q * (q - r) - (b.X - a.X) * (r - 1)) / ((q - 1) * (r - 1) * (s - 1));
    }
}
