namespace Nabla.Cli.Calculus;

/// <summary>What the searches for minima calculate with lists of numbers.</summary>
internal static class Vectors
{
    public static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (left, right) => left - right)];

    public static double Dot(double[] a, double[] b) => a.Zip(b, (left, right) => left * right).Sum();

    public static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    /// <summary>A place, moved by a share of a way.</summary>
    public static double[] Moved(double[] place, double[] way, double share) =>
        [.. place.Zip(way, (number, part) => number + share * part)];
}
