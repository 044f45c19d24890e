using System.Globalization;
using Nabla.Formulas.Configurations.Models;

namespace Nabla.Formulas.Configurations;

/// <summary>What a model takes, as rows of tables: memory at each precision, the cache, operations.</summary>
public static class ModelTables
{
    private static readonly (string Name, double Bits)[] Precisions =
    [
        ("float32", 32), ("bfloat16 or float16", 16), ("int8", 8), ("4 bits, a 16-bit scale for each 32", 4.5),
    ];

    /// <summary>Bytes of the weights and of the cache of one text of the model's context, at each precision.</summary>
    public static IEnumerable<(string Precision, double Weights, double Cache)> Memory(ModelSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        return Precisions.Select(precision => (precision.Name, size.WeightBytes(precision.Bits),
            size.Cache.Bytes(Math.Max(1, size.Context), precision.Bits)));
    }

    /// <summary>
    /// Bytes to train with AdamW in mixed precision: 2 for the weight, 2 for its gradient, 12 for the 32-bit weight and
    /// Adam's two means. Rajbhandari et al. 2020, arXiv:1910.02054, section 3.1.
    /// </summary>
    public static double TrainingBytes(ModelSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        return 16 * (double)size.Parameters;
    }

    /// <summary>A number of bytes in the largest unit that fits: <c>13.5 GB</c>, of 10⁹ bytes.</summary>
    public static string Bytes(double bytes) => $"{Digits(bytes)} {Unit(bytes)}B";

    /// <summary>A number in three digits with its thousands: <c>6.74 G</c>.</summary>
    public static string Short(double value) => $"{Digits(value)} {Unit(value)}".TrimEnd();

    private static string Digits(double value)
    {
        double scaled = value / Unit(value) switch { "T" => 1e12, "G" => 1e9, "M" => 1e6, "k" => 1e3, _ => 1 };
        return scaled >= 999.5 ? scaled.ToString("N0", CultureInfo.InvariantCulture)
            : scaled.ToString("G3", CultureInfo.InvariantCulture);
    }

    private static string Unit(double value) => value switch
    {
        >= 1e12 => "T",
        >= 1e9 => "G",
        >= 1e6 => "M",
        >= 1e3 => "k",
        _ => "",
    };
}
