namespace Nabla.Cli.Output;

/// <summary>Escape codes for colours (ECMA-48 "select graphic rendition", 256-colour palette).</summary>
internal static class Ansi
{
    /// <summary>The palette's number for an ink, where it has a colour.</summary>
    public static byte? Colour(Ink ink) => ink switch
    {
        Ink.Dim => 245,
        Ink.Model => 39,
        Ink.HeldOut => 214,
        Ink.Good => 78,
        Ink.Bad => 203,
        _ => null,
    };

    public static string Paint(string text, Ink ink) => Colour(ink) is { } colour
        ? $"\e[38;5;{colour}m{text}\e[0m"
        : ink == Ink.Strong ? $"\e[1m{text}\e[0m" : text;
}
