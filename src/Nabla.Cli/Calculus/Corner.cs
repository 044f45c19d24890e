namespace Nabla.Cli.Calculus;

/// <summary>A place at which the slope jumps, as that of |x| at 0.</summary>
/// <param name="At">Where it is.</param>
/// <param name="Left">The slope just before it along the number by which it jumps.</param>
/// <param name="Right">The slope just behind it.</param>
/// <param name="Axis">Which number that is.</param>
internal sealed record Corner(double[] At, double Left, double Right, int Axis)
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
                return new(at, left, right, i);
        }
        return null;
    }

    /// <summary>
    /// The values on both sides of a step, as of sign x at 0, and along which number; null without one.
    /// </summary>
    public static (double Left, double Right, int Axis)? Step(FormulaFunction function, double[] at)
    {
        for (int i = 0; i < Math.Min(at.Length, MostAxes) && !function.IsSpent; i++)
        {
            double step = Beside * Math.Max(1, Math.Abs(at[i]));
            double left = ValueAt(function, at, i, -step), right = ValueAt(function, at, i, step);
            double near = Math.Abs(ValueAt(function, at, i, step / 10) - ValueAt(function, at, i, -step / 10));
            double height = Math.Abs(right - left);
            if (height > Jump * Math.Max(1, Math.Abs(right + left)) && near > height / 2)
                return (left, right, i);
        }
        return null;
    }

    private static double ValueAt(FormulaFunction function, double[] at, int axis, double step)
    {
        double[] moved = [.. at];
        moved[axis] += step;
        return function.Value(moved);
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
