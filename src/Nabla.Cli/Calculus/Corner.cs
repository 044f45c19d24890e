namespace Nabla.Cli.Calculus;

/// <summary>A place at which the slope jumps, as that of |x| at 0.</summary>
/// <param name="At">Where it is.</param>
/// <param name="Left">The slope just before it along the number by which it jumps.</param>
/// <param name="Right">The slope just behind it.</param>
internal sealed record Corner(double[] At, double Left, double Right)
{
    private const double Beside = 1e-6, Jump = 1e-2;
    private const int MostAxes = 100;

    /// <summary>The corner at a place; null where the slope does not jump.</summary>
    public static Corner? Of(FormulaFunction function, double[] at)
    {
        for (int i = 0; i < Math.Min(at.Length, MostAxes) && !function.IsSpent; i++)
        {
            double step = Beside * Math.Max(1, Math.Abs(at[i]));
            double left = SlopeAt(function, at, i, -step), right = SlopeAt(function, at, i, step);
            double far = Math.Abs(SlopeAt(function, at, i, 10 * step) - SlopeAt(function, at, i, -10 * step));
            // A curve that is bent a lot turns on with the distance; a corner has turned at once.
            double jump = Math.Abs(right - left);
            if (jump > Jump * Math.Max(1, Math.Abs(right + left)) && far < 2 * jump)
                return new(at, left, right);
        }
        return null;
    }

    private static double SlopeAt(FormulaFunction function, double[] at, int axis, double step)
    {
        double[] moved = [.. at];
        moved[axis] += step;
        try
        {
            return function.Slope(moved).Gradient[axis];
        }
        catch (Nabla.Formulas.FormulaException)
        {
            return double.NaN;
        }
    }
}
