using System.Globalization;

namespace Nabla.Cli.Output;

/// <summary>Numbers as people read them.</summary>
internal static class Amounts
{
    /// <summary>12,345.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Three digits and a unit: 812 k, 1.24 M.</summary>
    public static string Short(double value)
    {
        (double scale, string unit) = Math.Abs(value) switch
        {
            >= 999.5e9 => (1e12, " T"),
            >= 999.5e6 => (1e9, " G"),
            >= 999.5e3 => (1e6, " M"),
            >= 999.5 => (1e3, " k"),
            _ => (1, ""),
        };
        return Digits(value / scale) + unit;
    }

    /// <summary>Floating-point operations: 318 FLOP, 1.24 MFLOP.</summary>
    public static string Flops(double value) =>
        Short(value) is var text && text.Contains(' ', StringComparison.Ordinal) ? $"{text}FLOP" : $"{text} FLOP";

    /// <summary>Three digits and a unit: 3.2 MiB.</summary>
    public static string Bytes(double value)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        int unit = 0;
        while (value >= 999.5 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }
        return $"{Digits(value)} {units[unit]}";
    }

    /// <summary>0:07, 12:30, 1:02:03.</summary>
    public static string Time(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Round(Math.Clamp(seconds, 0, 359_999)));
        return time.ToString(time.TotalHours < 1 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>41.3 %.</summary>
    public static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    /// <summary>A learning rate in three digits: 0.00073, 1.2e-06.</summary>
    public static string Rate(double value) =>
        value.ToString("G3", CultureInfo.InvariantCulture).Replace("E-", "e-", StringComparison.Ordinal);

    /// <summary>A fixed number of decimals, whatever the culture.</summary>
    public static string Fixed(double value, int decimals) => double.IsFinite(value)
        ? value.ToString(string.Create(CultureInfo.InvariantCulture, $"F{decimals}"), CultureInfo.InvariantCulture)
        : "not a number";

    private static string Digits(double value) => Math.Abs(value) switch
    {
        >= 99.95 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 9.995 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
