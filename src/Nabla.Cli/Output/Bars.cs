namespace Nabla.Cli.Output;

/// <summary>Horizontal bars to an eighth of a character.</summary>
internal static class Bars
{
    private const string Eighths = " ▏▎▍▌▋▊▉█";

    /// <summary>
    /// A bar for <paramref name="share"/> of <paramref name="width"/> characters; anything above 0 shows.
    /// </summary>
    public static string Bar(double share, int width)
    {
        if (!double.IsFinite(share) || share <= 0 || width < 1)
            return "";
        int eighths = Math.Clamp((int)Math.Round(share * width * 8), 1, width * 8);
        string bar = new('█', eighths / 8);
        return eighths % 8 == 0 ? bar : bar + Eighths[eighths % 8];
    }

    /// <summary>
    /// A bar that ends at the right, to half a character, with the spaces before it: always <paramref name="width"/>
    /// long.
    /// </summary>
    public static string LeftwardBar(double share, int width)
    {
        if (!double.IsFinite(share) || share <= 0 || width < 1)
            return new string(' ', width);
        int halves = Math.Clamp((int)Math.Round(share * width * 2), 1, width * 2);
        return ((halves % 2 == 1 ? "▐" : "") + new string('█', halves / 2)).PadLeft(width);
    }

    /// <summary>A progress bar: what is done and what is left, always <paramref name="width"/> long.</summary>
    public static InkedLine Progress(double share, int width)
    {
        int halves = (int)(Math.Clamp(share, 0, 1) * width * 2);
        string done = new string('━', halves / 2) + (halves % 2 == 1 ? "╸" : "");
        return new InkedLine(done, Ink.Model).Add(new string('━', width - done.Length), Ink.Dim);
    }
}
