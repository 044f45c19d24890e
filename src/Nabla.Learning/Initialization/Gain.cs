namespace Nabla.Learning;

/// <summary>What follows a layer, and so how much larger its weights must start.</summary>
public enum Nonlinearity
{
    /// <summary>Nothing.</summary>
    Linear,

    /// <summary>1/(1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x, or a·x below 0.</summary>
    LeakyRelu,

    /// <summary>The self-normalising exponential unit.</summary>
    Selu,
}

public static partial class Initialize
{
    /// <summary>
    /// What the standard deviation of weights is multiplied by so that numbers keep their size through the layers: 1
    /// for none and sigmoid, 5/3 for tanh, √2 for ReLU, √(2/(1 + a²)) for leaky ReLU with slope a, 3/4 for SELU; the
    /// table of PyTorch's <c>calculate_gain</c>.
    /// </summary>
    /// <example><code>
    /// Initialize.Gain(Nonlinearity.LeakyRelu, slope: 0.2);   // = 1.3868
    /// Math.Sqrt(2 / (1 + 0.2 * 0.2));                        // = 1.3868
    /// </code></example>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such nonlinearity, or the slope is not finite.
    /// </exception>
    public static double Gain(Nonlinearity nonlinearity, double slope = 0.01) => nonlinearity switch
    {
        Nonlinearity.Linear or Nonlinearity.Sigmoid => 1,
        Nonlinearity.Tanh => 5.0 / 3,
        Nonlinearity.Relu => Math.Sqrt(2),
        Nonlinearity.LeakyRelu => Math.Sqrt(2 / (1 + Require.Finite(slope, nameof(Gain)) * slope)),
        Nonlinearity.Selu => 0.75,
        _ => throw new ArgumentOutOfRangeException(
            nameof(nonlinearity), $"Gain: there is no nonlinearity {nonlinearity}."),
    };
}
