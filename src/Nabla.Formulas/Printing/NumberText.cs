using System.Globalization;

namespace Nabla.Formulas.Printing;

/// <summary>Numbers as people write them, in six digits: 0.25, 70,000,000,000, 3.2×10⁻⁷, ∞.</summary>
public static class NumberText
{
    private const double LargestWhole = 1e15, SmallestGrouped = 1e6;

    /// <summary>One number; large whole ones in groups of three digits.</summary>
    public static string Of(double value) =>
        value == Math.Floor(value) && Math.Abs(value) is >= SmallestGrouped and < LargestWhole
            ? value.ToString("N0", CultureInfo.InvariantCulture) : InList(value);

    /// <summary>One number of a list, where a comma would seem to end it.</summary>
    public static string InList(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "undefined" : value > 0 ? "∞" : "-∞";
        string text = (value == 0 ? 0 : value).ToString("G6", CultureInfo.InvariantCulture); // no -0
        if (text.IndexOf('E', StringComparison.Ordinal) is not (> 0 and int sign))
            return text;
        int exponent = int.Parse(text.AsSpan(sign + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string power = "10" + UnicodeScripts.Raise(exponent.ToString(CultureInfo.InvariantCulture).Replace('-', '−'));
        return text[..sign] switch
        {
            "1" => power,
            "-1" => "-" + power,
            var digits => $"{digits}×{power}",
        };
    }
}
