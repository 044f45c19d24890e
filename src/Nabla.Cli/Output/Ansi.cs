namespace Nabla.Cli.Output;

/// <summary>Escape codes for colours (ECMA-48 "select graphic rendition", 256-colour palette).</summary>
internal static class Ansi
{
    // The nearest to the colours of figures on paper (Plots/Svg/SvgStyle.cs).
    private static readonly byte[] Series = [74, 214, 160, 247, 98, 137, 208, 143, 103, 116];

    /// <summary>The palette's number for an ink, where it has a colour.</summary>
    public static byte? Colour(Ink ink) => ink switch
    {
        Ink.Dim => 245,
        Ink.Model => 39,
        Ink.HeldOut => 214,
        Ink.Good => 78,
        Ink.Bad => 203,
        >= Ink.Series0 and <= Ink.Series9 => Series[ink - Ink.Series0],
        _ => null,
    };

    public static string Paint(string text, Ink ink) => Colour(ink) is { } colour
        ? $"\e[38;5;{colour}m{text}\e[0m"
        : ink == Ink.Strong ? $"\e[1m{text}\e[0m" : text;
}
