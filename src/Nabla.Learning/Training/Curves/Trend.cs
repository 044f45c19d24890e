namespace Nabla.Learning.Training;

/// <summary>A straight line through points by least squares, y = a + b·x.</summary>
/// <param name="Fall">By how much the line falls from the first to the last x.</param>
/// <param name="FallError">The standard error of the fall.</param>
/// <param name="Noise">The standard deviation of the points around the line.</param>
/// <param name="Points">How many there are.</param>
internal readonly record struct Trend(double Fall, double FallError, double Noise, int Points)
{
    /// <summary>
    /// Whether the fall is no accident: larger than three times its error, and more where few points tell the error,
    /// as Student's distribution is wider then.
    /// </summary>
    public bool Falls => Fall > 3 * (1 + 1.5 / Math.Max(1, Points - 2)) * FallError;

    /// <summary>Through points with rising x; through fewer than three there is no error.</summary>
    public static Trend Of(IReadOnlyList<CurvePoint> points)
    {
        int n = points.Count;
        if (n < 2)
            return new Trend(0, 0, 0, n);
        double meanX = points.Average(p => p.Step), meanY = points.Average(p => p.Loss);
        double xx = points.Sum(p => (p.Step - meanX) * (p.Step - meanX));
        double xy = points.Sum(p => (p.Step - meanX) * (p.Loss - meanY));
        double slope = xx > 0 ? xy / xx : 0;
        double rest = points.Sum(p => Square(p.Loss - meanY - slope * (p.Step - meanX)));
        double noise = n > 2 ? Math.Sqrt(rest / (n - 2)) : 0;
        double length = points[^1].Step - points[0].Step;
        return new Trend(-slope * length, xx > 0 ? noise / Math.Sqrt(xx) * length : 0, noise, n);
    }

    private static double Square(double x) => x * x;
}
