using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning;

/// <summary>
/// How parameters start. What takes a shape makes a new parameter; what takes a parameter, such as
/// <c>layer.Weight</c>, fills it and returns it.
/// </summary>
public static partial class Initialize
{
    /// <summary>Independent samples of N(0, <paramref name="standardDeviation"/>²).</summary>
    public static Parameter Normal(Shape shape, float standardDeviation, Rng rng) =>
        Normal(new Parameter(shape), standardDeviation, rng);

    /// <summary>Independent samples of N(<paramref name="mean"/>, <paramref name="standardDeviation"/>²).</summary>
    /// <exception cref="ArgumentOutOfRangeException">σ is negative, or a number is not finite.</exception>
    public static Parameter Normal(Parameter parameter, float standardDeviation, Rng rng, float mean = 0)
    {
        Require.NotNegative(standardDeviation, nameof(Normal));
        Require.Finite(mean, nameof(Normal));
        foreach (ref float value in parameter.Values)
            value = standardDeviation * (float)rng.NextNormal() + mean;
        return parameter;
    }

    /// <summary>Independent samples, uniform in [−<paramref name="bound"/>, <paramref name="bound"/>).</summary>
    public static Parameter Uniform(Shape shape, float bound, Rng rng) =>
        new(Tensor.Uniform(shape, -bound, bound, rng));

    /// <summary>Independent samples, uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is not finite, or low is above high.</exception>
    public static Parameter Uniform(Parameter parameter, float low, float high, Rng rng)
    {
        Tensor.Uniform(parameter.Shape, low, high, rng).CopyTo(parameter.Values);
        return parameter;
    }

    /// <summary>Every number the same.</summary>
    public static Parameter Constant(Shape shape, float value) => Constant(new Parameter(shape), value);

    /// <inheritdoc cref="Constant(Shape, float)"/>
    public static Parameter Constant(Parameter parameter, float value)
    {
        parameter.Values.Fill(value);
        return parameter;
    }

    /// <summary>
    /// How many numbers an output is made of and an input goes into: In·K and Out·K of a weight [Out, In, …] with K
    /// numbers in the dimensions behind.
    /// </summary>
    private static (int In, int Out) Fans(Parameter weight, string owner)
    {
        if (weight.Rank < 2)
            throw new ArgumentException(
                $"{owner}: weight {weight.Shape} needs two dimensions at least, [Out, In, …].", nameof(weight));
        int size = 1;
        foreach (int kernel in weight.Shape.AsSpan()[2..])
            size *= kernel;
        return (weight.Shape[1] * size, weight.Shape[0] * size);
    }
}
