using System.Globalization;

namespace Nabla.Numerics.Calculus;

/// <summary>Asks a function, and says where it gives no number.</summary>
internal static class Finite
{
    /// <summary>f(x), which must be finite.</summary>
    public static double Value(string operation, Func<double, double> f, double x) =>
        Value(operation, f(x), string.Create(CultureInfo.InvariantCulture, $"x = {x}"));

    /// <summary>A value that must be finite, with the place where it was taken for the error.</summary>
    public static double Value(string operation, double value, string place) => double.IsFinite(value)
        ? value
        : throw new NotFiniteNumberException(
            string.Create(CultureInfo.InvariantCulture, $"{operation}: the function is {value} at {place}. ") +
            "Leave such points out, or divide the range there.", value);

    /// <summary>Throws unless an argument is finite.</summary>
    public static void Argument(string operation, string name, double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(
                name, string.Create(CultureInfo.InvariantCulture, $"{operation}: {name} = {value} must be finite."));
    }

    /// <summary>Throws unless there are numbers, all finite.</summary>
    public static void Arguments(string operation, string name, ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            throw new ArgumentException($"{operation}: {name} is empty; give at least one number.", name);
        for (int i = 0; i < values.Length; i++)
            Argument(operation, $"{name}[{i}]", values[i]);
    }
}
