using System.Globalization;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>What is said of a claim, and why.</summary>
/// <param name="Verdict">Whether it is right.</param>
/// <param name="Why">One sentence for it.</param>
/// <param name="Shown">The recomputed number where it has another unit, or null.</param>
internal sealed record Ruling(Verdict Verdict, string Why, string? Shown = null);

/// <summary>
/// Compares results that have a unit: a kilobyte has 1000 or 1024 bytes, and whichever fits is right; a time may have
/// been converted on the way, so that it is wrong only where no conversion gives it.
/// </summary>
internal static class Units
{
    private const double Loose = 0.03;
    private const int FewestDigits = 4;

    private static readonly double[] Factors =
        [1, 60, 3600, 86400, 24, 7, 365, 30, 12, 8, 100, 1e3, 1e6, 1e9, 1e12, 1024, 1048576, 1073741824];

    private static readonly string[] Changes =
    [
        "more", "less", "higher", "lower", "larger", "smaller", "faster", "slower", "better", "worse", "increase",
        "decrease", "reduction", "improvement", "growth", "drop", "gain", "off", "saving", "savings", "fewer",
    ];

    /// <summary>What a difference means where the result has a unit; null where it has none, or none that is
    /// known.</summary>
    public static Ruling? Judge(Quantity actual, PrintedNumber printed, EquationSide result)
    {
        if (actual.IsOpen && actual.Bytes is null)
            return null;
        if (actual.Bytes is { } inside && Scales.ByteLevel(result.Unit) is { } level)
            return Bytes(actual, printed, (inside, level), result.Unit);
        if (printed.Text.EndsWith('%'))
            return Share(actual.Real, printed, result);
        bool isCount = Scales.ByteLevel(result.Unit) == 0
            && printed.Text.Count(char.IsAsciiDigit) >= FewestDigits && printed.Unit == 1;
        return Scales.IsTime(result.Unit) || isCount ? Converted(actual.Real, printed) : null;
    }

    private static Ruling Bytes(
        Quantity actual, PrintedNumber printed, (int Inside, int Result) levels, string unit)
    {
        double nearest = double.PositiveInfinity;
        for (int binary = 0; binary <= levels.Result; binary++)
        {
            for (int inside = 0; inside <= levels.Inside; inside++)
            {
                double value = actual.Real * Math.Pow(1.024, inside) / Math.Pow(1000, levels.Result - binary)
                    / Math.Pow(1024, binary);
                Verdict verdict = Judgement.Of(value, printed);
                string shown = Judgement.Show(value, printed);
                if (verdict is Verdict.Right or Verdict.RightAfterRounding)
                    return new Ruling(verdict,
                        $"it is {shown} {unit}{(binary > 0 ? ", with 1024 bytes to the KB" : "")}", shown);
                nearest = Math.Min(nearest, Math.Abs(value / printed.Value - 1));
            }
        }
        string plain = Judgement.Show(actual.Real / Math.Pow(1000, levels.Result), printed);
        bool isCertain = nearest > Loose && !printed.IsApproximate || nearest > 4 * Loose || levels is (0, 0);
        return isCertain ? new Ruling(Verdict.Wrong, $"it is {plain} {unit}, not {printed.Text} {unit}", plain)
            : new Ruling(Verdict.NotCheckable, "the unit may have 1000 or 1024 bytes, and neither gives it exactly");
    }

    private static Ruling Share(double actual, PrintedNumber printed, EquationSide result)
    {
        string shown = Judgement.Show(actual * 100, printed.Unit * 100) + "%";
        bool isChange = new[] { 1 - actual, actual - 1, 1 / actual - 1, 1 - 1 / actual }.Any(other =>
            Judgement.Of(Math.Abs(other), printed with { IsApproximate = true }) != Verdict.Wrong);
        return isChange || Changes.Contains(result.Following, StringComparer.OrdinalIgnoreCase) || actual > 1.5
            ? new Ruling(Verdict.NotCheckable, "the percentage may be that of a change")
            : new Ruling(Verdict.Wrong, $"it is {shown}, not {printed.Text}", shown);
    }

    private static Ruling Converted(double actual, PrintedNumber printed)
    {
        PrintedNumber exact = printed with { IsApproximate = false };
        foreach (double factor in Factors)
            foreach (double value in new[] { actual * factor, actual / factor })
                if (Judgement.Of(value, exact) != Verdict.Wrong)
                    return new Ruling(Verdict.NotCheckable, string.Create(CultureInfo.InvariantCulture,
                        $"it is {Judgement.Show(actual, printed)}; the unit can be read in more than one way"));
        string shown = Judgement.Show(actual, printed);
        return new Ruling(Verdict.Wrong, $"it is {shown}, not {printed.Text}", shown);
    }
}
