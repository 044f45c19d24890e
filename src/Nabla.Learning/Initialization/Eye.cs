using Nabla.Tensors;

namespace Nabla.Learning;

public static partial class Initialize
{
    /// <summary>The identity for a weight [Out, In]: 1 on the diagonal, 0 elsewhere; inputs pass unchanged.</summary>
    /// <example><code>
    /// Initialize.Eye(new Parameter([2, 3])).ToArray();   // = [1, 0, 0, 0, 1, 0]
    /// </code></example>
    /// <exception cref="ArgumentException">The weight is no matrix.</exception>
    public static Parameter Eye(Parameter weight)
    {
        if (weight.Rank != 2)
            throw new ArgumentException($"Eye: weight {weight.Shape} must be a matrix, [Out, In].", nameof(weight));
        weight.Values.Clear();
        for (int i = 0; i < Math.Min(weight.Shape[0], weight.Shape[1]); i++)
            weight.Values[i * weight.Shape[1] + i] = 1;
        return weight;
    }

    /// <summary>
    /// The identity for a convolution's weight [Out, In, K…]: output channel i of each group is input channel i,
    /// through a 1 in the kernel's middle.
    /// </summary>
    /// <example><code>
    /// Initialize.Dirac(new Parameter([1, 2, 3])).ToArray();   // = [0, 1, 0, 0, 0, 0]
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The weight has not three to five dimensions, or the groups do not divide Out.
    /// </exception>
    public static Parameter Dirac(Parameter weight, int groups = 1)
    {
        if (weight.Rank is not (3 or 4 or 5))
            throw new ArgumentException(
                $"Dirac: weight {weight.Shape} must be a convolution's, [Out, In, K], [Out, In, KH, KW] or larger.",
                nameof(weight));
        if (Require.Positive(groups, nameof(Dirac)) > 0 && weight.Shape[0] % groups != 0)
            throw new ArgumentException($"Dirac: {groups} groups do not divide {weight.Shape[0]} outputs evenly.");
        weight.Values.Clear();
        (int perGroup, int inputs) = (weight.Shape[0] / groups, weight.Shape[1]);
        int size = 1, middle = 0;
        foreach (int kernel in weight.Shape.AsSpan()[2..])
            (size, middle) = (size * kernel, middle * kernel + kernel / 2);
        for (int group = 0; group < groups && size > 0; group++)
            for (int i = 0; i < Math.Min(perGroup, inputs); i++)
                weight.Values[((group * perGroup + i) * inputs + i) * size + middle] = 1;
        return weight;
    }
}
