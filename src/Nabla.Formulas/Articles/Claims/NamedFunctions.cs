using System.Numerics;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Functions that articles name in words or formulas, of numbers and of lists.</summary>
internal static class NamedFunctions
{
    private static readonly Dictionary<string, Func<double, double>> OfNumbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sqrt"] = Math.Sqrt,
        ["exp"] = Math.Exp,
        ["ln"] = Math.Log,
        ["log2"] = Math.Log2,
        ["log10"] = Math.Log10,
        ["log_2"] = Math.Log2,
        ["log_10"] = Math.Log10,
        ["log₂"] = Math.Log2,
        ["log₁₀"] = Math.Log10,
        ["tanh"] = Math.Tanh,
        ["sin"] = Math.Sin,
        ["cos"] = Math.Cos,
        ["tan"] = Math.Tan,
        ["abs"] = Math.Abs,
        ["sigmoid"] = Sigmoid,
        ["σ"] = Sigmoid,
        ["relu"] = x => Math.Max(0, x),
        ["softplus"] = x => Math.Log(1 + Math.Exp(x)),
        ["silu"] = x => x * Sigmoid(x),
        ["swish"] = x => x * Sigmoid(x),
        ["square"] = x => x * x,
    };

    private static readonly Dictionary<string, Func<double[], double[]>> OfLists = new(StringComparer.OrdinalIgnoreCase)
    {
        ["softmax"] = Softmax,
        ["sum"] = x => [x.Sum()],
        ["mean"] = x => [x.Average()],
        ["average"] = x => [x.Average()],
        ["avg"] = x => [x.Average()],
        ["max"] = x => [x.Max()],
        ["min"] = x => [x.Min()],
        ["argmax"] = x => [Array.IndexOf(x, x.Max())],
        ["norm"] = x => [Math.Sqrt(x.Sum(v => v * v))],
        ["median"] = x => [Median(x)],
    };

    // Several definitions are in use; only what none of them gives is wrong.
    private static readonly HashSet<string> Open = new(StringComparer.OrdinalIgnoreCase) { "argmax", "median" };

    public static bool Exists(string name) => OfNumbers.ContainsKey(name) || OfLists.ContainsKey(name) || name == "log";

    public static double? Constant(string name) => name switch
    {
        "e" => Math.E,
        "π" or "pi" or "PI" => Math.PI,
        _ => null,
    };

    /// <summary>Whether it is a function of an angle.</summary>
    public static bool TakesAngle(string name) => name.ToLowerInvariant() is "sin" or "cos" or "tan";

    /// <summary>Whether a number may follow without brackets: ln 2.</summary>
    public static bool TakesBareNumber(string name) =>
        name is "ln" or "log" or "log2" or "log10" or "log_2" or "log_10" or "log₂" or "log₁₀" or "exp" or "sqrt"
            or "tanh";

    public static Quantity? Call(string name, IReadOnlyList<Quantity> arguments)
    {
        if (OfNumbers.TryGetValue(name, out Func<double, double>? function) && arguments.Count == 1)
            return ArithmeticRules.Apply(function, arguments[0]);
        if (name is "pow" or "POW" && arguments.Count == 2)
            return ArithmeticRules.Power(arguments[0], arguments[1]);
        if (!OfLists.TryGetValue(name, out Func<double[], double[]>? ofList))
            return null;
        IReadOnlyList<Quantity> items = arguments is [{ Items: { } inner }] ? inner : arguments;
        if (items.Count < 2 || items.Any(item => item.IsList))
            return null;
        double[] values = ofList([.. items.Select(item => item.Real)]);
        bool isWhole = items.All(item => item.Whole is not null) && values is [var single]
            && single == Math.Floor(single);
        return values.Length > 1 ? Quantity.Of([.. values.Select(value => new Quantity(value))])
            : new Quantity(values[0])
            {
                Whole = isWhole ? new BigInteger(values[0]) : null,
                IsOpen = Open.Contains(name) || items.Any(item => item.IsOpen),
                Slack = items.Sum(item => item.Slack),
            };
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double[] Softmax(double[] x)
    {
        double[] e = [.. x.Select(v => Math.Exp(v - x.Max()))];
        return [.. e.Select(v => v / e.Sum())];
    }

    private static double Median(double[] x)
    {
        double[] sorted = [.. x.Order()];
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
