using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning;

public static partial class Initialize
{
    /// <summary>
    /// Uniform in ±gain·√(6/(In + Out)) for a weight [Out, In, …]: numbers and gradients keep their variance. Glorot
    /// and Bengio 2010, AISTATS, equation 16.
    /// </summary>
    /// <example><code>
    /// var weight = Initialize.XavierUniform(new Parameter([100, 50]), new Rng(1));
    /// Math.Round(weight.ToArray().Max(), 2);   // = 0.2
    /// Math.Sqrt(6.0 / (50 + 100));             // = 0.2
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The weight has fewer than two dimensions, or the gain is negative.
    /// </exception>
    public static Parameter XavierUniform(Parameter weight, Rng rng, double gain = 1)
    {
        (int inputs, int outputs) = Fans(weight, nameof(XavierUniform));
        float bound = (float)(Require.NotNegative(gain, nameof(XavierUniform)) * Math.Sqrt(6.0 / (inputs + outputs)));
        return weight.Count == 0 ? weight : Uniform(weight, -bound, bound, rng);
    }

    /// <summary>
    /// N(0, gain²·2/(In + Out)) for a weight [Out, In, …]. Glorot and Bengio 2010, AISTATS, equation 12.
    /// </summary>
    /// <example><code>
    /// var weight = Initialize.XavierNormal(new Parameter([300, 500]), new Rng(1));
    /// Math.Sqrt(weight.Variance().Item());   // = 0.05
    /// Math.Sqrt(2.0 / (500 + 300));          // = 0.05
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The weight has fewer than two dimensions, or the gain is negative.
    /// </exception>
    public static Parameter XavierNormal(Parameter weight, Rng rng, double gain = 1)
    {
        (int inputs, int outputs) = Fans(weight, nameof(XavierNormal));
        double deviation = Require.NotNegative(gain, nameof(XavierNormal)) * Math.Sqrt(2.0 / (inputs + outputs));
        return weight.Count == 0 ? weight : Normal(weight, (float)deviation, rng);
    }
}
