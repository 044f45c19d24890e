namespace Nabla.Cli.Output.Plots;

/// <summary>
/// Leaves out points of a line that nobody could see: of those in one column of dots the first, the lowest, the highest
/// and the last draw the same picture ("M4", Jugel et al. 2014).
/// </summary>
internal static class Thinning
{
    private const int Few = 3000;

    /// <summary>The indices of the points to draw, rising.</summary>
    public static IEnumerable<int> Of(IReadOnlyList<(double X, double Y)> places)
    {
        if (places.Count <= Few || !IsFromLeftToRight(places))
            return Enumerable.Range(0, places.Count);
        return Columns(places);
    }

    // NaN compares false: a line with gaps in x keeps all its points.
    private static bool IsFromLeftToRight(IReadOnlyList<(double X, double Y)> places)
    {
        for (int i = 1; i < places.Count; i++)
            if (!(places[i].X >= places[i - 1].X))
                return false;
        return true;
    }

    private static SortedSet<int> Columns(IReadOnlyList<(double X, double Y)> places)
    {
        SortedSet<int> kept = [];
        for (int start = 0; start < places.Count;)
        {
            int end = start, lowest = start, highest = start, gap = -1;
            for (; end < places.Count && Math.Floor(places[end].X) == Math.Floor(places[start].X); end++)
            {
                if (double.IsNaN(places[end].Y))
                    gap = end;
                else if (!(places[end].Y >= places[lowest].Y))
                    lowest = end;
                if (!(places[end].Y <= places[highest].Y) && !double.IsNaN(places[end].Y))
                    highest = end;
            }
            kept.UnionWith([start, lowest, highest, end - 1]);
            if (gap >= 0)
                kept.Add(gap);
            start = end;
        }
        return kept;
    }
}
