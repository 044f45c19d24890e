using Nabla.Tensors;

namespace Nabla.Learning.Data.Transforms;

/// <summary>Classes as vectors with a single 1.</summary>
public static class OneHotLabels
{
    /// <summary>
    /// [B, K]: row i is 1 at labels[i] and else 0; with a smoothing s, 1 − s + s/K and s/K (Szegedy et al. 2016).
    /// </summary>
    /// <example><code>
    /// OneHotLabels.Encode([1, 0], 3);                    // = [0, 1, 0, 1, 0, 0]
    /// OneHotLabels.Encode([1], 2, smoothing: 0.1f);      // = [0.05, 0.95]
    /// </code></example>
    /// <exception cref="ArgumentException">A label is none of the classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is not in [0, 1].</exception>
    public static Tensor Encode(ReadOnlySpan<int> labels, int classes, float smoothing = 0)
    {
        Require.Positive(classes, nameof(OneHotLabels));
        if (!(smoothing is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(smoothing), $"OneHotLabels: smoothing = {smoothing} must be in [0, 1].");
        var values = new float[labels.Length * classes];
        values.AsSpan().Fill(smoothing / classes);
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
                throw new ArgumentException(
                    $"OneHotLabels: label {i} is {labels[i]}; expected 0 to {classes - 1}.", nameof(labels));
            values[i * classes + labels[i]] += 1 - smoothing;
        }
        return new Tensor(values, [labels.Length, classes]);
    }
}
