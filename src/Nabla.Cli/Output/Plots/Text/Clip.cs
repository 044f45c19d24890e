namespace Nabla.Cli.Output.Plots;

/// <summary>Cuts lines off at the border of a box (Liang and Barsky 1984).</summary>
internal static class Clip
{
    /// <summary>
    /// Shortens a piece of a line to what is inside of (0, 0) to <paramref name="corner"/>; false where nothing is.
    /// </summary>
    public static bool ToBox(ref (double X, double Y) from, ref (double X, double Y) to, (double X, double Y) corner)
    {
        (double x, double y) = (to.X - from.X, to.Y - from.Y);
        (double enters, double leaves) = (0, 1);
        foreach ((double direction, double room) in new[]
            { (-x, from.X), (x, corner.X - from.X), (-y, from.Y), (y, corner.Y - from.Y) })
        {
            if (direction == 0 && room < 0)
                return false;
            if (direction < 0)
                enters = Math.Max(enters, room / direction);
            else if (direction > 0)
                leaves = Math.Min(leaves, room / direction);
        }
        if (enters > leaves)
            return false;
        (from, to) = ((from.X + enters * x, from.Y + enters * y), (from.X + leaves * x, from.Y + leaves * y));
        return true;
    }
}
