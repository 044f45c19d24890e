namespace Nabla.Cli.Calculus;

/// <summary>What the second derivatives say of a place.</summary>
internal static class CriticalPoint
{
    /// <summary>What share of the largest eigenvalue is as good as 0.</summary>
    public const double Negligible = 1e-9;

    /// <summary>Whether the slope is none, for a function of this curvature.</summary>
    public static bool IsFlat(double[] gradient, double[] eigenvalues) =>
        gradient.All(slope => Math.Abs(slope) <= 1e-7 * Math.Max(1, Largest(eigenvalues)));

    /// <summary>What a matrix with these eigenvalues is called.</summary>
    public static string Definiteness(double[] eigenvalues)
    {
        double least = Negligible * Largest(eigenvalues);
        bool isAbove = eigenvalues.Any(value => value > least), isBelow = eigenvalues.Any(value => value < -least);
        bool isNone = eigenvalues.Any(value => Math.Abs(value) <= least);
        return (isAbove, isBelow, isNone) switch
        {
            (true, true, _) => "indefinite",
            (true, false, false) => "positive definite",
            (false, true, false) => "negative definite",
            (true, false, true) => "positive semidefinite",
            (false, true, true) => "negative semidefinite",
            _ => "zero",
        };
    }

    /// <summary>What a place without slope is.</summary>
    public static string Kind(double[] eigenvalues) => Definiteness(eigenvalues) switch
    {
        "positive definite" => "minimum",
        "negative definite" => "maximum",
        "indefinite" => "saddle",
        _ => "undecided",
    };

    private static double Largest(double[] values) => values.Select(Math.Abs).DefaultIfEmpty().Max();
}
