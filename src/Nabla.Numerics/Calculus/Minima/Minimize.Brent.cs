namespace Nabla.Numerics.Calculus;

public static partial class Minimize
{
    /// <summary>
    /// Steps to the minimum of the parabola through the three best points wherever that is trustworthy, and by the
    /// golden section elsewhere: for a smooth f several times as fast as <see cref="GoldenSection"/>, and as sure.
    /// Brent 1973, Algorithms for Minimization without Derivatives, chapter 5 (localmin).
    /// </summary>
    /// <exception cref="ArgumentException">An end is not finite, or a setting is out of its range.</exception>
    /// <exception cref="NotFiniteNumberException">f is not finite at a point, which the message names.</exception>
    /// <exception cref="ConvergenceException">The iterations did not suffice.</exception>
    /// <example><code>
    /// Minimize.Brent(x => x * Math.Log(x), 0.01, 1).X;   // = 0.367879
    /// 1 / Math.E;                                        // = 0.367879
    /// </code></example>
    public static Extremum Brent(Func<double, double> f, double from, double to, SolverOptions? options = null)
    {
        options ??= new() { Tolerance = 1e-8 };
        Check("Brent", f, ref from, ref to, options);
        double start = from + (1 - Golden) * (to - from), atStart = Finite.Value("Brent", f, start);
        (double X, double Y) best = (start, atStart), second = best, third = best;
        double step = 0, stepBefore = 0;
        for (int i = 1; i <= options.MaxIterations; i++)
        {
            double middle = from + (to - from) / 2, tolerance = Tolerance(options, best.X);
            if (Math.Abs(best.X - middle) <= 2 * tolerance - (to - from) / 2)
                return new Extremum(best.X, best.Y, i);
            double parabola = Vertex(best, second, third);
            bool good = Math.Abs(stepBefore) > tolerance && Math.Abs(parabola) < Math.Abs(stepBefore) / 2
                && best.X + parabola > from && best.X + parabola < to;
            stepBefore = good ? step : (best.X < middle ? to : from) - best.X;
            step = good ? parabola : (1 - Golden) * stepBefore;
            if (good && (best.X + step - from < 2 * tolerance || to - best.X - step < 2 * tolerance))
                step = Math.CopySign(tolerance, middle - best.X);
            double x = best.X + (Math.Abs(step) >= tolerance ? step : Math.CopySign(tolerance, step));
            (double X, double Y) point = (x, Finite.Value("Brent", f, x));
            bool smaller = point.Y <= best.Y;
            if ((x < best.X) == smaller)
                to = smaller ? best.X : x;
            else
                from = smaller ? best.X : x;
            if (smaller)
                (third, second, best) = (second, best, point);
            else if (point.Y <= second.Y || second.X == best.X)
                (third, second) = (second, point);
            else if (point.Y <= third.Y || third.X == best.X || third.X == second.X)
                third = point;
        }
        throw NotReached("Brent", best.X, to - from, options.MaxIterations);
    }

    /// <summary>The step from a to the vertex of the parabola through three points; NaN if there is none.</summary>
    private static double Vertex((double X, double Y) a, (double X, double Y) b, (double X, double Y) c)
    {
        double r = (a.X - b.X) * (a.Y - c.Y), q = (a.X - c.X) * (a.Y - b.Y);
        double numerator = (a.X - c.X) * q - (a.X - b.X) * r, denominator = 2 * (q - r);
        return denominator == 0 ? double.NaN : -numerator / denominator;
    }
}
