using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla.Documentation.Tests;

/// <summary>
/// Compares a value with what a documentation comment says: <c>0.1269</c>, <c>[1, 2.5]</c>, <c>true</c> or
/// <c>"text"</c>. A number agrees when it is within one of the last digit shown, a whole one within a millionth.
/// </summary>
internal static partial class DocumentedValue
{
    public static void Check(ReadOnlySpan<float> value, string expected) => Check((object)value.ToArray(), expected);

    public static void Check(ReadOnlySpan<double> value, string expected) => Check((object)value.ToArray(), expected);

    public static void Check(ReadOnlySpan<int> value, string expected) => Check((object)value.ToArray(), expected);

    public static void Check(Span<float> value, string expected) => Check((object)value.ToArray(), expected);

    public static void Check(object? value, string expected)
    {
        if (!Agrees(value, expected))
            throw new Xunit.Sdk.XunitException($"The example says {expected}, the code {Show(value)}.");
    }

    private static bool Agrees(object? value, string expected)
    {
        if (value is string text)
            return expected == $"\"{text}\"";
        if (value is bool truth)
            return expected == (truth ? "true" : "false");
        string[] words = [.. Word().Matches(expected).Select(match => match.Value)];
        if (Numbers(value) is { } numbers)
            return numbers.Length == words.Length && numbers.Zip(words).All(pair => Agrees(pair.First, pair.Second));
        return expected == Show(value);
    }

    private static bool Agrees(double value, string word)
    {
        double expected = word switch
        {
            "∞" => double.PositiveInfinity,
            "-∞" => double.NegativeInfinity,
            _ => double.Parse(word, CultureInfo.InvariantCulture),
        };
        double tolerance = Math.Max(Unit(word) * 1.0001, 1e-6 * Math.Max(1, Math.Abs(expected)));
        return value.Equals(expected) || Math.Abs(value - expected) <= tolerance;
    }

    /// <summary>
    /// One of the last digit of a number as it is written: 0.01 for 1.25, 100 for 1.2e3; 0 for whole ones.
    /// </summary>
    private static double Unit(string word)
    {
        string[] parts = word.Split('e', 'E');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        if (point < 0 && parts.Length == 1)
            return 0;
        int digits = point < 0 ? 0 : parts[0].Length - point - 1;
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        return Math.Pow(10, exponent - digits);
    }

    private static double[]? Numbers(object? value) => value switch
    {
        string => null,
        Tensor tensor => Array.ConvertAll(tensor.ToArray(), number => (double)number),
        IEnumerable items => Numbers(items),
        IConvertible number => [number.ToDouble(CultureInfo.InvariantCulture)],
        _ => null,
    };

    private static double[]? Numbers(IEnumerable items)
    {
        var numbers = new List<double>();
        foreach (object? item in items)
        {
            if (Numbers(item) is not { } more)
                return null;
            numbers.AddRange(more);
        }
        return [.. numbers];
    }

    private static string Show(object? value) => Numbers(value) switch
    {
        null => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null",
        [double one] => one.ToString("R", CultureInfo.InvariantCulture),
        double[] numbers =>
            $"[{string.Join(", ", numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)))}]",
    };

    [GeneratedRegex(@"[+-]?(\d+\.?\d*([eE][+-]?\d+)?|∞|NaN)")]
    private static partial Regex Word();
}
