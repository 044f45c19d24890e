using Nabla.Numerics.Lanes;
using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Numerics.Calculus;

public static partial class Roots
{
    private const int MostHalvings = 30;

    /// <summary>
    /// Newton's method, x ← x − f(x)/f′(x), with the exact derivative of dual numbers: near a simple root each step
    /// doubles the digits. A step that does not make |f| smaller is halved until it does.
    /// </summary>
    /// <param name="f">The function, over dual numbers: a lambda with operators, or one over any number type.</param>
    /// <param name="start">Where to begin, near the root.</param>
    /// <param name="options">Tolerance and the most steps; null stands for the defaults.</param>
    /// <exception cref="ArgumentException">The start is not finite.</exception>
    /// <exception cref="NotFiniteNumberException">f or its derivative is not finite at a point.</exception>
    /// <exception cref="ConvergenceException">The derivative is 0, or the iterations did not suffice.</exception>
    /// <example><code>
    /// Roots.Newton(x => x * x - 2, 1).X;   // = 1.4142135624
    /// Math.Sqrt(2);                        // = 1.4142135624
    /// </code></example>
    public static Root Newton(Func<Dual<Real64>, Dual<Real64>> f, double start, SolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        SystemRoot root = Solve(x => [f(x[0])], [start], options, "Newton");
        return new Root(root.X[0], root.Values[0], root.Iterations);
    }

    /// <summary>
    /// Newton's method for n equations with n unknowns: solves J·d = −f(x) with the exact Jacobian of dual numbers, and
    /// goes to x + d, or less far until ‖f‖ becomes smaller. Dennis and Schnabel 1996, Numerical Methods for
    /// Unconstrained Optimization and Nonlinear Equations, chapter 6.
    /// </summary>
    /// <param name="f">The n functions, over dual numbers.</param>
    /// <param name="start">Where to begin, n numbers.</param>
    /// <param name="options">Tolerance and the most steps; null stands for the defaults.</param>
    /// <exception cref="ArgumentException">The start is empty or not finite, or f gives not n numbers.</exception>
    /// <exception cref="NotFiniteNumberException">f or its derivative is not finite at a point.</exception>
    /// <exception cref="ConvergenceException">The Jacobian is singular, or the iterations did not suffice.</exception>
    /// <example><code>
    /// Roots.NewtonSystem(p => [p[0] * p[0] + p[1] * p[1] - 25, p[0] - p[1] + 1], [2, 5]).X;   // = [3, 4]
    /// (3 * 3) + (4 * 4) - 25;                                                                // = 0
    /// </code></example>
    public static SystemRoot NewtonSystem(
        Func<Dual<Real64>[], Dual<Real64>[]> f, ReadOnlySpan<double> start, SolverOptions? options = null) =>
        Solve(f, start, options, "NewtonSystem");

    private static SystemRoot Solve(
        Func<Dual<Real64>[], Dual<Real64>[]> f, ReadOnlySpan<double> start, SolverOptions? options, string method)
    {
        ArgumentNullException.ThrowIfNull(f);
        Finite.Arguments(method, nameof(start), start);
        options ??= new();
        options.Validate(method);
        double[] x = start.ToArray(), values = Values(method, f, x);
        for (int i = 1; i <= options.MaxIterations; i++)
        {
            if (Norm(values) == 0)
                return new SystemRoot(x, values, i - 1);
            double[] step = StepFrom(method, f, x, values);
            bool small = true;
            for (int k = 0; k < x.Length; k++)
                small &= Math.Abs(step[k]) <= options.At(x[k]);
            double[]? moved = Shortened(method, f, (x, values, step), out double[] movedValues);
            if (moved is null && !small)
                throw NotReached(method, x[0], Norm(values), i);
            if (moved is not null)
                (x, values) = (moved, movedValues);
            if (small)
                return new SystemRoot(x, values, i);
        }
        throw NotReached(method, x[0], Norm(values), options.MaxIterations);
    }

    /// <summary>d with J·d = −f(x).</summary>
    private static double[] StepFrom(
        string method, Func<Dual<Real64>[], Dual<Real64>[]> f, double[] x, double[] values)
    {
        double[,] jacobian = Differentiate.Jacobian(f, x);
        foreach (double slope in jacobian)
            Finite.Value(method, slope, $"[{string.Join(", ", x)}], in its derivative");
        return Direction(jacobian, Array.ConvertAll(values, value => -value)) ?? throw new ConvergenceException(
            $"{method}: the derivative at [{string.Join(", ", x)}] is 0 or singular, so there is no direction to go. " +
            "Begin elsewhere.", x[0], Norm(values));
    }

    /// <summary>x + d, x + d/2, …: the first at which ‖f‖ is smaller; null if none is.</summary>
    private static double[]? Shortened(
        string method, Func<Dual<Real64>[], Dual<Real64>[]> f, (double[] X, double[] Values, double[] Step) from,
        out double[] values)
    {
        double before = Norm(from.Values), share = 1;
        for (int halvings = 0; halvings < MostHalvings; halvings++, share /= 2)
        {
            double[] x = [.. from.X.Zip(from.Step, (a, d) => a + share * d)];
            values = At(f, x);
            if (Norm(values) < before)
                return x;
        }
        values = from.Values;
        return null;
    }

    private static double[] Values(string method, Func<Dual<Real64>[], Dual<Real64>[]> f, double[] x)
    {
        double[] values = At(f, x);
        if (values.Length != x.Length)
            throw new ArgumentException(
                $"{method}: {values.Length} equations for {x.Length} unknowns; there must be as many.", nameof(f));
        foreach (double value in values)
            Finite.Value(method, value, $"[{string.Join(", ", x)}]");
        return values;
    }

    /// <summary>d with J·d = b; null if J is singular.</summary>
    private static double[]? Direction(double[,] jacobian, double[] b)
    {
        int n = b.Length;
        LuDecomposition<double> lu = new Matrix<double>(n, n, [.. jacobian.Cast<double>()]).Lu();
        if (lu.IsSingular)
            return null;
        double[] d = lu.Solve(new Matrix<double>(n, 1, b)).Values.ToArray();
        return Array.TrueForAll(d, double.IsFinite) ? d : null;
    }

    private static double[] At(Func<Dual<Real64>[], Dual<Real64>[]> f, double[] x) =>
        Array.ConvertAll(f(Array.ConvertAll(x, number => (Dual<Real64>)number)), y => y.Value.Value);

    private static double Norm(double[] values) => Norms.Vector<double>(values, 2);
}

/// <summary>A root of a system of equations.</summary>
/// <param name="X">The unknowns.</param>
/// <param name="Values">The functions there.</param>
/// <param name="Iterations">How many steps it took.</param>
public sealed record SystemRoot(double[] X, double[] Values, int Iterations);
