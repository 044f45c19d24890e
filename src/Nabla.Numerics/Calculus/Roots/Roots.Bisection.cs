namespace Nabla.Numerics.Calculus;

public static partial class Roots
{
    /// <summary>
    /// Halves the range in which f changes its sign, until it is short enough: a bit of the root with each step, for
    /// any continuous f. Bolzano 1817.
    /// </summary>
    /// <exception cref="ArgumentException">f has the same sign at both ends, or an end is not finite.</exception>
    /// <exception cref="NotFiniteNumberException">f is not finite at a point, which the message names.</exception>
    /// <exception cref="ConvergenceException">The iterations did not suffice.</exception>
    /// <example><code>
    /// Roots.Bisection(x => x * x - 2, 0, 2).X;   // = 1.4142135624
    /// Math.Sqrt(2);                              // = 1.4142135624
    /// </code></example>
    public static Root Bisection(Func<double, double> f, double from, double to, SolverOptions? options = null)
    {
        options ??= new();
        (double atFrom, double atTo) = Bracket("Bisection", f, from, to, options);
        if (atFrom == 0 || atTo == 0)
            return atFrom == 0 ? new Root(from, 0, 0) : new Root(to, 0, 0);
        double value = atFrom, middle = from;
        for (int i = 1; i <= options.MaxIterations; i++)
        {
            middle = 0.5 * from + 0.5 * to; // the sum of two large ends may be infinite
            value = Finite.Value("Bisection", f, middle);
            if (value == 0 || Math.Abs(0.5 * to - 0.5 * from) <= options.At(middle) || middle == from || middle == to)
                return new Root(middle, value, i);
            if (Math.Sign(value) == Math.Sign(atFrom))
                from = middle;
            else
                to = middle;
        }
        throw NotReached("Bisection", middle, value, options.MaxIterations);
    }
}
