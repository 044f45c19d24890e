using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning;

/// <summary>Whose variance an initialisation keeps.</summary>
public enum FanMode
{
    /// <summary>That of the numbers on the way forward: the variance is divided by In.</summary>
    In,

    /// <summary>That of the gradients on the way back: the variance is divided by Out.</summary>
    Out,
}

public static partial class Initialize
{
    /// <summary>
    /// Uniform in ±gain·√(3/fan) for a weight [Out, In, …], gain √2 for ReLU: numbers keep their variance through
    /// layers of ReLUs. He et al. 2015, arXiv:1502.01852.
    /// </summary>
    /// <param name="weight">[Out, In, …].</param>
    /// <param name="rng">Where the numbers come from.</param>
    /// <param name="mode">Whether the fan is In or Out.</param>
    /// <param name="gain">See <see cref="Gain"/>; √2 if not given.</param>
    /// <example><code>
    /// var weight = Initialize.HeUniform(new Parameter([200, 150]), new Rng(1));
    /// Math.Round(weight.ToArray().Max(), 2);    // = 0.2
    /// Math.Sqrt(2) * Math.Sqrt(3.0 / 150);      // = 0.2
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The weight has fewer than two dimensions, or the gain is negative.
    /// </exception>
    public static Parameter HeUniform(Parameter weight, Rng rng, FanMode mode = FanMode.In, double? gain = null)
    {
        float bound = (float)(Math.Sqrt(3) * HeDeviation(weight, mode, gain, nameof(HeUniform)));
        return weight.Count == 0 ? weight : Uniform(weight, -bound, bound, rng);
    }

    /// <summary>
    /// N(0, gain²/fan) for a weight [Out, In, …], gain √2 for ReLU. He et al. 2015, arXiv:1502.01852.
    /// </summary>
    /// <param name="weight">[Out, In, …].</param>
    /// <param name="rng">Where the numbers come from.</param>
    /// <param name="mode">Whether the fan is In or Out.</param>
    /// <param name="gain">See <see cref="Gain"/>; √2 if not given.</param>
    /// <example><code>
    /// var weight = Initialize.HeNormal(new Parameter([200, 800]), new Rng(1));
    /// Math.Sqrt(weight.Variance().Item());   // = 0.05
    /// Math.Sqrt(2.0 / 800);                  // = 0.05
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The weight has fewer than two dimensions, or the gain is negative.
    /// </exception>
    public static Parameter HeNormal(Parameter weight, Rng rng, FanMode mode = FanMode.In, double? gain = null)
    {
        double deviation = HeDeviation(weight, mode, gain, nameof(HeNormal));
        return weight.Count == 0 ? weight : Normal(weight, (float)deviation, rng);
    }

    private static double HeDeviation(Parameter weight, FanMode mode, double? gain, string owner)
    {
        (int inputs, int outputs) = Fans(weight, owner);
        int fan = mode switch
        {
            FanMode.In => inputs,
            FanMode.Out => outputs,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), $"{owner}: mode {mode} is neither In nor Out."),
        };
        return Require.NotNegative(gain ?? Math.Sqrt(2), owner, nameof(gain)) / Math.Sqrt(fan);
    }
}
