using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Cli.Calculus;

/// <summary>From which learning rate on an optimizer does not come down.</summary>
/// <param name="Rate">That rate: of the larger ones that were tried none came down.</param>
/// <param name="IsExact">
/// Whether it is 2/λ of the function's curvature at the minimum, which real runs confirmed; else it was found by runs
/// that did and runs that did not come nearer.
/// </param>
internal sealed record RateLimit(double Rate, bool IsExact)
{
    private const int StepsOfRun = 300, Halvings = 3, MostRuns = 200;
    private const double Lowest = 1e-6, Highest = 1e6, Edge = 1.06;

    // From rung to rung of the ladder; between rungs; how far above the last that came down none may.
    private const double Rung = 2, Fine = 1.05, Near = 2, Far = 100;

    /// <summary>λ, the greatest curvature at the minimum.</summary>
    public double? Curvature { get; init; }

    /// <summary>Up to this rate all that were tried came down; between it and <see cref="Rate"/> some did.</summary>
    public double Safe { get; init; } = Rate;

    /// <summary>Whether there is one rate below which it comes down and above which it does not.</summary>
    public bool IsSharp => Rate <= Safe * Edge;

    /// <summary>How many steps the runs had by which it was found.</summary>
    public static int Steps => StepsOfRun;

    public static RateLimit? Of(DescentReport report, double[] minimum)
    {
        double? curvature = CurvatureAt(report.Function, minimum);
        if (report.Racer.Name == "Sgd" && curvature is { } steepest)
        {
            double limit = 2 / steepest;
            if (ComesDown(report, minimum, 0.98 * limit) && !ComesDown(report, minimum, 1.02 * limit)
                && !report.Function.IsSpent)
                return new(limit, IsExact: true) { Curvature = steepest };
        }
        int left = MostRuns;
        RateLimit? found = Searched(report.Rate, rate => left-- > 0 && ComesDown(report, minimum, rate));
        return left > 0 && !report.Function.IsSpent && found is not null ? found with { Curvature = curvature } : null;
    }

    private static double? CurvatureAt(FormulaFunction function, double[] minimum)
    {
        if (function.Hessian(minimum) is not { } hessian
            || hessian.Cast<double>().Any(value => !double.IsFinite(value)))
            return null;
        var matrix = new Matrix<double>(function.Count, function.Count, [.. hessian.Cast<double>()]);
        double greatest = matrix.Eigvalsh()[^1];
        return greatest > 1e-9 ? greatest : null;
    }

    // Between rates that come down and rates that do not there may be many of both kinds: all are tried on a ladder.
    private static RateLimit? Searched(double good, Func<double, bool> comesDown)
    {
        while (!comesDown(good))
            if ((good /= Rung) < Lowest)
                return null;
        double safe = good;
        bool isBroken = false;
        for (double rate = good * Rung; rate < Math.Min(Highest, good * Far); rate *= Rung)
        {
            bool isGood = comesDown(rate);
            isBroken |= !isGood;
            (good, safe) = (isGood ? rate : good, isBroken ? safe : rate);
        }
        return good * Far >= Highest ? null
            : new(Last(good, comesDown), IsExact: false) { Safe = First(safe, comesDown) };
    }

    // Where the last of the rates comes down that are a few per cent apart.
    private static double Last(double good, Func<double, bool> comesDown)
    {
        for (double rate = good * Fine; rate < good * Near; rate *= Fine)
            if (comesDown(rate))
                good = rate;
        return Between(good, good * Fine, comesDown);
    }

    // Where the first of them does not.
    private static double First(double good, Func<double, bool> comesDown)
    {
        double bad = good * Fine;
        while (bad < Highest && comesDown(bad))
            bad *= Fine;
        for (double rate = bad / Fine; rate > Math.Max(bad / Near, Lowest); rate /= Fine)
            if (!comesDown(rate))
                bad = rate;
        return Between(bad / Fine, bad, comesDown);
    }

    private static double Between(double good, double bad, Func<double, bool> comesDown)
    {
        for (int i = 0; i < Halvings; i++)
        {
            double middle = Math.Sqrt(good * bad);
            (good, bad) = comesDown(middle) ? (middle, bad) : (good, middle);
        }
        return Math.Sqrt(good * bad);
    }

    private static bool ComesDown(DescentReport report, double[] minimum, double rate) =>
        !report.Function.IsSpent && DescentReport.Approaches(
        Descent.Run(report.Function, report.Racer, (float)rate, StepsOfRun), minimum);
}
