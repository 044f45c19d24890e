namespace Nabla.Cli.Output;

/// <summary>Round numbers for axes and intervals: 1, 2, 5, 10, 20, 50, …</summary>
internal static class Ladder
{
    /// <summary>The first that is at least <paramref name="least"/>; at most 5·10¹⁸.</summary>
    public static long AtLeast(double least)
    {
        long value = 1;
        for (int rung = 0; value < least && value < 5_000_000_000_000_000_000; rung++)
            value = rung % 3 == 1 ? value / 2 * 5 : value * 2;
        return value;
    }
}
