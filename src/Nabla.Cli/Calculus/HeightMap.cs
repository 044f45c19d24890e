namespace Nabla.Cli.Calculus;

/// <summary>
/// A function of two numbers, computed on a coarse grid and smooth in between (Catmull and Rom 1974), for maps that ask
/// for it at tens of thousands of places.
/// </summary>
internal sealed class HeightMap
{
    private const int Cells = 40;

    private readonly double[,] heights = new double[Cells + 3, Cells + 3];
    private readonly (double From, double To) x, y;

    public HeightMap(Func<double, double, double> f, (double From, double To) x, (double From, double To) y)
    {
        (this.x, this.y) = (x, y);
        // One place more on each side, for the slopes at the border.
        for (int i = 0; i < Cells + 3; i++)
            for (int j = 0; j < Cells + 3; j++)
                heights[i, j] = f(
                    x.From + (x.To - x.From) * (j - 1) / Cells, y.From + (y.To - y.From) * (i - 1) / Cells);
    }

    /// <summary>The height at a place of the map; NaN where the function has no value nearby.</summary>
    public double At(double atX, double atY)
    {
        (int column, double across) = Place(atX, x);
        (int row, double up) = Place(atY, y);
        Span<double> rows = stackalloc double[4];
        for (int i = 0; i < 4; i++)
            rows[i] = Between(heights[row + i, column], heights[row + i, column + 1],
                heights[row + i, column + 2], heights[row + i, column + 3], across);
        return Between(rows[0], rows[1], rows[2], rows[3], up);
    }

    private static (int Cell, double Share) Place(double at, (double From, double To) range)
    {
        double place = Math.Clamp((at - range.From) / (range.To - range.From) * Cells, 0, Cells);
        int cell = Math.Min((int)place, Cells - 1);
        return (cell, place - cell);
    }

    private static double Between(double a, double b, double c, double d, double t) =>
        !double.IsFinite(a + d) ? b + (c - b) * t
        : b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))) / 2;
}
