using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning;

/// <summary>How parameters start.</summary>
public static class Initialize
{
    /// <summary>Independent samples of N(0, <paramref name="standardDeviation"/>²).</summary>
    public static Parameter Normal(Shape shape, float standardDeviation, Rng rng)
    {
        var parameter = new Parameter(shape);
        foreach (ref float value in parameter.Values)
            value = standardDeviation * (float)rng.NextNormal();
        return parameter;
    }

    /// <summary>Independent samples, uniform in [−<paramref name="bound"/>, <paramref name="bound"/>).</summary>
    public static Parameter Uniform(Shape shape, float bound, Rng rng) =>
        new(Tensor.Uniform(shape, -bound, bound, rng));

    /// <summary>Every number the same.</summary>
    public static Parameter Constant(Shape shape, float value)
    {
        var parameter = new Parameter(shape);
        parameter.Values.Fill(value);
        return parameter;
    }
}
