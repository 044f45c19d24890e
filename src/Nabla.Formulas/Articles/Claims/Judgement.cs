using System.Globalization;
using System.Numerics;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Compares a number with what it is printed as.</summary>
internal static class Judgement
{
    // What different orders of adding doubles may change.
    private const double Noise = 1e-11, SmallNoise = 1e-12;

    // "about 100" may be 98.5; what is farther off than both of these is wrong. Three digits are more of a promise.
    private const double ApproximateUnits = 2, ApproximateShare = 0.02, PreciseShare = 0.01;

    /// <summary>Whether a printed number is the true one.</summary>
    public static Verdict Of(double actual, PrintedNumber printed)
    {
        double off = Math.Abs(actual - printed.Value);
        if (double.IsNaN(actual) || double.IsInfinity(actual))
            return Verdict.NotCheckable;
        if (off <= Noise * Math.Abs(actual) || off < SmallNoise && Math.Abs(printed.Value) < 1e-9)
            return Verdict.Right;
        if (off <= printed.Unit * (0.5 + 1e-9))
            return Verdict.RightAfterRounding;
        if (IsCut(actual, printed))
            return Verdict.RightAfterRounding;
        if (!printed.IsApproximate)
            return Verdict.Wrong;
        double unit = SignificantUnit(printed);
        bool isPrecise = Math.Abs(printed.Value) >= 100 * unit;
        double share = (isPrecise ? PreciseShare : ApproximateShare) * Math.Abs(actual);
        return off <= unit / 2 * (1 + 1e-9) || !isPrecise && off <= share / 2 ? Verdict.RightAfterRounding
            : off > ApproximateUnits * unit && off > share ? Verdict.Wrong : Verdict.NotCheckable;
    }

    /// <summary>Whether the digits behind the last one are only left out: 2/3 = 0.66.</summary>
    public static bool IsCut(double actual, PrintedNumber printed)
    {
        double off = Math.Abs(actual - printed.Value);
        bool isFirst = Math.Abs(printed.Value) < Math.Abs(actual) && off < printed.Unit * (1 - Noise / printed.Unit)
            && off > printed.Unit * (0.5 + 1e-9) && printed.Unit < Math.Max(1, printed.Factor);
        return isFirst && (printed.GoesOn || Math.Sign(printed.Value) == Math.Sign(actual));
    }

    /// <summary>What was done to a number so that it is what is printed.</summary>
    public static string HowRounded(double actual, PrintedNumber? printed) =>
        printed is null || !IsCut(actual, printed) ? "which rounds to what is printed"
            : $"which is cut off to what is printed; rounded it would be {Show(actual / printed.Factor,
                printed.Unit / printed.Factor)}{printed.Suffix}";

    /// <summary>Whether two whole numbers are the same, exactly.</summary>
    public static Verdict Of(BigInteger actual, PrintedNumber printed) =>
        printed.Whole is { } whole && whole == actual ? Verdict.Right
        : printed.Whole is { } other && BigInteger.Abs(other) > BigInteger.Pow(10, 15) && !printed.IsApproximate
            && printed.Unit <= 1
            ? Verdict.Wrong : Of((double)actual, printed);

    /// <summary>The worst of several verdicts.</summary>
    public static Verdict Worst(IEnumerable<Verdict> verdicts)
    {
        var worst = Verdict.Right;
        foreach (Verdict verdict in verdicts)
        {
            if (verdict == Verdict.Wrong)
                return verdict;
            if (verdict > worst)
                worst = verdict;
        }
        return worst;
    }

    /// <summary>A number with the digits that the printed one has; with two more where those would hide the
    /// difference, or the number is another one.</summary>
    public static string Show(double actual, PrintedNumber printed)
    {
        string text = Show(actual, printed.Unit);
        if (printed.IsApproximate && text.TrimStart('-') != printed.Text.TrimStart('-'))
            return Show(actual, printed.Unit / 100);
        return Of(actual, printed) == Verdict.Wrong ? ShowTrue(actual, printed.Unit) : text;
    }

    /// <summary>A number with up to two digits more than one that is wrong.</summary>
    public static string ShowTrue(double actual, double unit)
    {
        string text = Show(actual, unit);
        if (!text.Contains('.', StringComparison.Ordinal))
            return text;
        string longer = Show(actual, unit / 100).TrimEnd('0');
        return longer.Length > text.Length ? longer : text;
    }

    /// <summary>A number down to a digit that is worth so much.</summary>
    public static string Show(double actual, double unit)
    {
        if (!double.IsFinite(actual))
            return actual.ToString(CultureInfo.InvariantCulture);
        double magnitude = Math.Abs(actual);
        if (magnitude is >= 1e15 or < 1e-6 && magnitude > 0)
            return actual.ToString("0.######e+0", CultureInfo.InvariantCulture);
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(unit) - 1e-9), 0, 12);
        string text = actual.ToString((magnitude >= 10_000 ? "N" : "F") + decimals, CultureInfo.InvariantCulture);
        bool hidesAll = magnitude > 0 && text.AsSpan().IndexOfAnyInRange('1', '9') < 0;
        return hidesAll || decimals == 0 && actual != Math.Floor(actual)
            ? actual.ToString("0.######", CultureInfo.InvariantCulture) : text;
    }

    // Trailing zeros of "about 1000" say nothing.
    private static double SignificantUnit(PrintedNumber printed)
    {
        double unit = printed.Unit;
        if (printed.Unit < 1 || printed.Value == 0)
            return unit;
        while (Math.Abs(printed.Value / (unit * 10)) is var scaled && scaled >= 1 && scaled == Math.Floor(scaled))
            unit *= 10;
        return unit;
    }
}
