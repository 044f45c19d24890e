namespace Nabla.Cli.Output.Plots;

/// <summary>Lines of equal height on a grid ("marching squares", Lorensen and Cline 1987 in two dimensions).</summary>
internal static class Isolines
{
    /// <summary>
    /// Pieces of the line on which a function has the height <paramref name="level"/>, in units of the grid's cells.
    /// </summary>
    public static IEnumerable<((double X, double Y) From, (double X, double Y) To)> Of(double[,] grid, double level)
    {
        List<(double X, double Y)> crossings = new(4);
        for (int i = 0; i + 1 < grid.GetLength(0); i++)
            for (int j = 0; j + 1 < grid.GetLength(1); j++)
            {
                // The corners in turn: each side of the cell goes from one to the next.
                double[] heights = [grid[i, j], grid[i, j + 1], grid[i + 1, j + 1], grid[i + 1, j]];
                if (!heights.All(double.IsFinite))
                    continue;
                crossings.Clear();
                for (int side = 0; side < 4; side++)
                    if (heights[side] < level != heights[(side + 1) % 4] < level)
                        crossings.Add(Crossing(j, i, side, (level - heights[side])
                            / (heights[(side + 1) % 4] - heights[side])));
                if (crossings.Count == 2)
                    yield return (crossings[0], crossings[1]);
                if (crossings.Count < 4)
                    continue;
                // A saddle: its middle says which corners belong together.
                int shift = heights.Average() < level == heights[0] < level ? 0 : 1;
                yield return (crossings[shift], crossings[1 + shift]);
                yield return (crossings[2 + shift], crossings[(3 + shift) % 4]);
            }
    }

    private static (double X, double Y) Crossing(int x, int y, int side, double share) => side switch
    {
        0 => (x + share, y),
        1 => (x + 1, y + share),
        2 => (x + 1 - share, y + 1),
        _ => (x, y + 1 - share),
    };
}
