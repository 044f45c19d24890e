using Nabla.Tensors;

namespace Nabla.Learning.Data.Transforms;

/// <summary>Brings every example to length 1: y = x/‖x‖₂. scikit-learn's Normalizer.</summary>
public static class RowNormalizer
{
    /// <summary>Each row of the last dimension divided by its length; a row of zeros stays.</summary>
    /// <example><code>
    /// RowNormalizer.Apply(new Tensor([3f, 4], [1, 2]));      // = [0.6, 0.8]
    /// </code></example>
    /// <exception cref="ArgumentException">x is a scalar.</exception>
    public static Tensor Apply(Tensor x)
    {
        if (x.Rank == 0)
            throw new ArgumentException("RowNormalizer: x is a scalar; expected [..., D].");
        float[] values = x.ToArray();
        int width = x.Shape[-1];
        for (int at = 0; at < values.Length; at += width)
        {
            Span<float> row = values.AsSpan(at, width);
            double squares = 0;
            foreach (float value in row)
                squares += (double)value * value;
            float length = (float)Math.Sqrt(squares);
            foreach (ref float value in row)
                value = length > 0 ? value / length : value;
        }
        return new Tensor(values, x.Shape);
    }
}
