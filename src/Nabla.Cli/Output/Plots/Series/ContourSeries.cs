namespace Nabla.Cli.Output.Plots;

/// <summary>
/// A function of two variables as a map: lines of equal height, drawn so that equal areas lie between them (whatever
/// the function's range), and the darker the higher.
/// </summary>
internal sealed record ContourSeries(
    string Name, Func<double, double, double> Height, (double From, double To) X, (double From, double To) Y)
    : Series(Name)
{
    private const int Across = 200, Up = 150, Lines = 11;

    public override bool IsFrame => true;

    public override bool IsColoured => false;

    public override IEnumerable<(double X, double Y)> Extent => [(X.From, Y.From), (X.To, Y.To)];

    /// <summary>The function on a grid over its rectangle, [y, x], the lowest y first.</summary>
    public double[,] Grid()
    {
        double[,] grid = new double[Up + 1, Across + 1];
        for (int i = 0; i <= Up; i++)
            for (int j = 0; j <= Across; j++)
                grid[i, j] = Height(X.From + (X.To - X.From) * j / Across, Y.From + (Y.To - Y.From) * i / Up);
        return grid;
    }

    /// <summary>Heights in two digits with about equal areas between them, rising.</summary>
    public static double[] Levels(double[,] grid)
    {
        double[] sorted = [.. grid.Cast<double>().Where(Domain.IsDrawable).Order()];
        return sorted.Length == 0 ? [] : [.. Enumerable.Range(1, Lines)
            .Select(i => Ticks.TwoDigits(sorted[(int)((long)(sorted.Length - 1) * i / (Lines + 1))]))
            .Where(level => level > sorted[0] && level < sorted[^1]).Distinct()];
    }
}
