using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Cli.Calculus;

/// <summary>A place without slope from which it goes farther down: a maximum, a saddle or a step.</summary>
/// <param name="At">Where it is.</param>
/// <param name="Kind">What it is called.</param>
internal sealed record LevelPlace(double[] At, string Kind)
{
    private const int MostAxes = 100, Quarters = 4;
    private const double Rounding = 1e-12;

    // The shorter ones first: what is far away may belong to another valley.
    private static readonly double[] Lengths = [1e-3, 1e-2, 1e-1];

    /// <summary>What a place is that is no minimum; null if the function slopes there.</summary>
    public static LevelPlace? Of(FormulaFunction function, double[] at)
    {
        double[] eigenvalues = Curvature(function, at)?.Values ?? [];
        if (!CriticalPoint.IsFlat(function.Slope(at).Gradient, eigenvalues))
            return null;
        string kind = CriticalPoint.Kind(eigenvalues);
        return new(at, kind is "maximum" or "saddle" ? kind : "level place");
    }

    /// <summary>
    /// A lower place beside one without slope, to which it goes down all the way; null where there is none, as at a
    /// minimum. It is looked for along the directions of curvature, the most bent down first, since second derivatives
    /// alone do not tell w³ and −w⁴ from w⁴.
    /// </summary>
    public static double[]? WayOut(FormulaFunction function, double[] at)
    {
        double value = function.Value(at), scale = 1 + Math.Sqrt(at.Sum(number => number * number));
        foreach (double[] direction in Directions(function, at))
            foreach (double length in Lengths)
                foreach (double way in new[] { length * scale, -length * scale })
                    if (Fallen(function, value, at, [.. direction.Select(part => part * way)]) is { } lower)
                        return lower;
        return null;
    }

    private static double[]? Fallen(FormulaFunction function, double value, double[] at, double[] way)
    {
        double before = value;
        for (int i = 1; i <= Quarters; i++)
        {
            double next = function.Value(Moved(at, way, (double)i / Quarters));
            if (!(next <= before))
                return null;
            before = next;
        }
        return before < value - Rounding * (1 + Math.Abs(value)) ? Moved(at, way, 1) : null;
    }

    private static double[] Moved(double[] at, double[] way, double share) =>
        [.. at.Zip(way, (number, part) => number + share * part)];

    private static IEnumerable<double[]> Directions(FormulaFunction function, double[] at)
    {
        int n = function.Count;
        if (Curvature(function, at) is { } eigen)
            return Enumerable.Range(0, n)
                .Select(j => Enumerable.Range(0, n).Select(i => eigen.Vectors[i, j]).ToArray());
        return Enumerable.Range(0, Math.Min(n, MostAxes))
            .Select(j => Enumerable.Range(0, n).Select(i => i == j ? 1.0 : 0).ToArray());
    }

    private static SymmetricEigen<double>? Curvature(FormulaFunction function, double[] at) =>
        function.Hessian(at) is { } hessian && hessian.Cast<double>().All(double.IsFinite)
            ? new Matrix<double>(function.Count, function.Count, [.. hessian.Cast<double>()]).Eigh() : null;
}
