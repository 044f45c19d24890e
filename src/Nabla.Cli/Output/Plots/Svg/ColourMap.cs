using System.Globalization;

namespace Nabla.Cli.Output.Plots;

/// <summary>Colours for numbers from 0 to 1, evenly spaced to the eye, whatever its colour vision.</summary>
internal sealed class ColourMap
{
    private readonly (double R, double G, double B)[] stops;

    private ColourMap(string colours) => stops = [.. colours.Split(' ').Select(Parse)];

    /// <summary>Dark blue to yellow: viridis (Smith and van der Walt 2015).</summary>
    public static ColourMap Sequential { get; } =
        new("440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725");

    /// <summary>Blue, white, red: RdBu (ColorBrewer, Harrower and Brewer 2003).</summary>
    public static ColourMap Diverging { get; } =
        new("053061 2166ac 4393c3 92c5de d1e5f0 f7f7f7 fddbc7 f4a582 d6604d b2182b 67001f");

    public (byte R, byte G, byte B) At(double share)
    {
        double place = Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * (stops.Length - 1);
        int i = Math.Min((int)place, stops.Length - 2);
        return (Between(stops[i].R, stops[i + 1].R), Between(stops[i].G, stops[i + 1].G),
            Between(stops[i].B, stops[i + 1].B));

        byte Between(double a, double b) => (byte)Math.Round(a + (b - a) * (place - i));
    }

    /// <summary>Whether dark text reads better on this colour than light text.</summary>
    public bool IsLight(double share)
    {
        (byte r, byte g, byte b) = At(share);
        return 0.299 * r + 0.587 * g + 0.114 * b > 140;
    }

    private static (double R, double G, double B) Parse(string hex)
    {
        int rgb = int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (rgb >> 16, rgb >> 8 & 255, rgb & 255);
    }
}
