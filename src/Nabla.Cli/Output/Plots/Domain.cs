namespace Nabla.Cli.Output.Plots;

/// <summary>The interval of numbers that an axis shows.</summary>
internal static class Domain
{
    // Beyond, differences and squares of numbers would overflow.
    private const double Largest = 1e150, Margin = 0.03, Resolution = 1e-9;

    /// <summary>Whether there is a place for a number on paper.</summary>
    public static bool IsDrawable(double value) => Math.Abs(value) <= Largest;

    /// <summary>The least and the greatest number that can be drawn; [0, 1] where there is none.</summary>
    public static (double Low, double High) Span(IEnumerable<double> values)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values.Where(IsDrawable))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return low <= high ? (low, high) : (0, 1);
    }

    /// <summary>An interval around one number.</summary>
    public static (double Low, double High) Around(double value, bool isLog)
    {
        double room = value == 0 ? 0.5 : Math.Abs(value) * 0.1;
        return isLog ? (value / 2, value * 2) : (value - room, value + room);
    }

    /// <summary>The interval of an axis for the numbers along it.</summary>
    /// <param name="axis">Its ends, where given, are kept.</param>
    /// <param name="values">All numbers along it.</param>
    /// <param name="isTight">Whether it ends where the numbers do; bars end at 0 in any case.</param>
    /// <param name="hasBars">Whether bars grow along it from 0.</param>
    public static (double Low, double High) Of(Axis axis, IEnumerable<double> values, bool isTight, bool hasBars)
    {
        (double low, double high) = Span(axis.IsLog ? values.Where(value => value > 0) : values);
        if (axis.IsLog && low <= 0)
            low = Math.Min(0.1, high / 10);
        (double? from, double? to) = (Given(axis.From, axis), Given(axis.To, axis));
        // Labels could not tell apart what differs in the last digits only.
        if (high - low <= Resolution * Math.Max(Math.Abs(low), Math.Abs(high)))
            (low, high) = hasBars && low == 0 ? (0, 1) : Around(low, axis.IsLog);
        else if (!isTight)
            (low, high) = Widened(low, high, axis.IsLog, hasBars);
        (low, high) = (from ?? low, to ?? high);
        return low < high ? (low, high) : Around(from ?? to ?? low, axis.IsLog);
    }

    private static (double Low, double High) Widened(double low, double high, bool isLog, bool hasBars)
    {
        if (isLog)
        {
            double ratio = Math.Pow(high / low, Margin);
            return (low / ratio, high * ratio);
        }
        double margin = (high - low) * Margin;
        return (hasBars && low == 0 ? 0 : low - margin, hasBars && high == 0 ? 0 : high + margin);
    }

    private static double? Given(double? end, Axis axis) =>
        end is { } value && IsDrawable(value) && (!axis.IsLog || value > 0) ? value : null;
}
