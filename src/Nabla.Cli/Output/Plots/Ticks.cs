using System.Globalization;

namespace Nabla.Cli.Output.Plots;

/// <summary>A mark on an axis; one without a label is a small one.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>Round numbers for the ticks of an axis, and how they are written.</summary>
internal static class Ticks
{
    private const double LargestPlain = 1e6, SmallestPlain = 1e-4;

    /// <summary>Multiples of 1, 2 or 5 times a power of ten, at most <paramref name="most"/> and a few.</summary>
    public static IReadOnlyList<Tick> Linear(double low, double high, int most)
    {
        double step = Step((high - low) / Math.Max(1, most));
        double first = Math.Ceiling(low / step - 1e-9), last = Math.Floor(high / step + 1e-9);
        double largest = Math.Max(Math.Abs(first), Math.Abs(last)) * step;
        List<Tick> ticks = [];
        // Where the numbers differ in their last bits only, adding 1 may lead nowhere.
        for (int i = 0; i <= Math.Min(last - first, 100); i++)
            ticks.Add(new Tick((first + i) * step, Text(first + i, step, largest)));
        return ticks;
    }

    /// <summary>Powers of ten and their multiples, thinned out until they fit.</summary>
    public static IReadOnlyList<Tick> Log(double low, double high, int most)
    {
        int first = (int)Math.Floor(Math.Log10(low) + 1e-9), last = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        double decades = Math.Log10(high / low);
        int every = (int)Math.Max(1, Math.Ceiling(decades / Math.Max(1, most)));
        bool names25 = decades * 3 <= most && decades < 2;
        List<Tick> ticks = [];
        for (int exponent = first; exponent <= last; exponent++)
            foreach (int digit in Enumerable.Range(1, every == 1 && decades <= 12 ? 9 : 1))
            {
                double value = digit * Math.Pow(10, exponent);
                bool named = (digit == 1 && (exponent % every) == 0) || (names25 && digit is 2 or 5);
                if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9) && (named || every == 1))
                    ticks.Add(new Tick(value, named ? Power(digit, exponent) : ""));
            }
        return ticks.Count(tick => tick.Label.Length > 0) >= 2 ? ticks : Linear(low, high, most);
    }

    /// <summary>Every so many-th name.</summary>
    public static IReadOnlyList<Tick> OfNames(IReadOnlyList<string> names, int most)
    {
        int every = (int)Ladder.AtLeast((double)names.Count / Math.Max(1, most));
        return [.. names.Select((name, i) => new Tick(i, name)).Where((_, i) => i % every == 0)];
    }

    /// <summary>A number rounded to two digits.</summary>
    public static double TwoDigits(double value) => double.Parse(
        value.ToString("E1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A number in four digits, as people write it: 0.1235, 1,235, 1.235×10⁻⁷.</summary>
    public static string Number(double value)
    {
        double size = Math.Abs(value);
        if (size == 0 || !double.IsFinite(value))
            return size == 0 ? "0" : value.ToString(CultureInfo.InvariantCulture);
        int exponent = (int)Math.Floor(Math.Log10(size));
        return size is >= LargestPlain or < SmallestPlain
            ? $"{Digits(value / Math.Pow(10, exponent), 3)}×10{Raised(exponent)}"
            : Digits(value, Math.Clamp(3 - exponent, 0, 8));
    }

    // The least of 1, 2, 5, 10, 20, … times a power of ten that is not below.
    private static double Step(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (int digit in new[] { 1, 2, 5 })
            if (digit * power >= least * (1 - 1e-9))
                return digit * power;
        return 10 * power;
    }

    // All ticks of an axis are written alike: with as many decimals, or with the same power of ten.
    private static string Text(double count, double step, double largest)
    {
        if (count == 0)
            return "0";
        int exponent = (int)Math.Floor(Math.Log10(step) + 1e-9);
        int power = (int)Math.Floor(Math.Log10(largest) + 1e-9);
        bool isPlain = largest < LargestPlain && step >= SmallestPlain;
        int decimals = Math.Clamp(isPlain ? -exponent : power - exponent, 0, 15);
        double shown = isPlain ? count * step : count * (step / Math.Pow(10, power));
        string digits = shown.ToString($"N{decimals}", CultureInfo.InvariantCulture);
        return Minus(digits) + (isPlain ? "" : $"×10{Raised(power)}");
    }

    private static string Power(int digit, int exponent) => exponent is >= -3 and <= 4
        ? (digit * Math.Pow(10, exponent)).ToString("#,0.#######", CultureInfo.InvariantCulture)
        : digit == 1 ? $"10{Raised(exponent)}" : $"{digit}×10{Raised(exponent)}";

    private static string Raised(int exponent) => string.Concat(exponent.ToString(CultureInfo.InvariantCulture)
        .Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));

    private static string Digits(double value, int decimals) =>
        Minus(value.ToString("#,0." + new string('#', decimals), CultureInfo.InvariantCulture));

    private static string Minus(string digits) => digits.Replace('-', '−');
}
