using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning;

public static partial class Initialize
{
    /// <summary>
    /// Independent samples of N(0, σ²), given that they lie within [<paramref name="low"/>, <paramref name="high"/>]:
    /// no weight starts far out. Robert 1995, Statistics and Computing 5.
    /// </summary>
    /// <param name="parameter">What is filled.</param>
    /// <param name="standardDeviation">σ before the ends are cut off, above 0.</param>
    /// <param name="rng">Where the numbers come from.</param>
    /// <param name="low">The smallest number; not in units of σ.</param>
    /// <param name="high">The largest number.</param>
    /// <example><code>
    /// var weight = Initialize.TruncatedNormal(new Parameter([1000, 200]), 1, new Rng(1));
    /// weight.ToArray().Max(Math.Abs) &lt;= 2;                                              // = true
    /// Math.Round(weight.Variance().Item(), 2);                                         // = 0.77
    /// 1 - 2 * 2 * (Math.Exp(-2) / Math.Sqrt(2 * Math.PI)) / 0.9544997;                 // = 0.77
    /// </code></example>
    /// <exception cref="ArgumentOutOfRangeException">σ is not positive, or low is not below high.</exception>
    public static Parameter TruncatedNormal(
        Parameter parameter, float standardDeviation, Rng rng, float low = -2, float high = 2)
    {
        if (!(Require.NotNegative(standardDeviation, nameof(TruncatedNormal)) > 0))
            throw new ArgumentOutOfRangeException(
                nameof(standardDeviation), "TruncatedNormal: standardDeviation = 0 must be positive.");
        if (!(low < high))
            throw new ArgumentOutOfRangeException(
                nameof(low), $"TruncatedNormal: low = {low} must be below high = {high}.");
        (double a, double b) = ((double)low / standardDeviation, (double)high / standardDeviation);
        foreach (ref float value in parameter.Values)
        {
            double sample = a > 0 ? InTail(a, b, rng) : b < 0 ? -InTail(-b, -a, rng) : Around0(a, b, rng);
            value = Math.Clamp((float)(standardDeviation * sample), low, high);
        }
        return parameter;
    }

    /// <summary>
    /// A standard normal number in a … b, a ≤ 0 ≤ b: tried normal, or uniform if the range is narrow.
    /// </summary>
    private static double Around0(double a, double b, Rng rng)
    {
        bool narrow = b - a < Math.Sqrt(2 * Math.PI);
        while (true)
        {
            double x = narrow ? a + (b - a) * rng.NextDouble() : rng.NextNormal();
            if (narrow ? rng.NextDouble() <= Math.Exp(-x * x / 2) : x >= a && x <= b)
                return x;
        }
    }

    /// <summary>A standard normal number in a … b, 0 &lt; a: tried exponential with the tail's slope at a.</summary>
    private static double InTail(double a, double b, Rng rng)
    {
        while (true)
        {
            // of an exponential distribution with rate a, cut off at b − a
            double excess = -Math.Log(1 - rng.NextDouble() * -Expm1(-a * (b - a))) / a;
            if (rng.NextDouble() <= Math.Exp(-excess * excess / 2))
                return a + excess;
        }
    }

    /// <summary>eˣ − 1 without loss of digits near 0.</summary>
    private static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x + x * x / 2 : Math.Exp(x) - 1;
}
