using Nabla.Tensors;

namespace Nabla.Learning.Data.Transforms;

/// <summary>
/// Brings every feature into [0, 1]: y = (x − min)/(max − min), with the bounds of the data that it was made from;
/// other data may lie outside. A feature that does not vary becomes 0. scikit-learn's MinMaxScaler.
/// </summary>
/// <example><code>
/// MinMaxScaler s = MinMaxScaler.Of(new Tensor([1f, 10, 5, 30], [2, 2]));
/// s.Apply(new Tensor([2f, 20], [1, 2]));      // = [0.25, 0.5]
/// </code></example>
public sealed class MinMaxScaler
{
    private readonly float[] low, range;

    private MinMaxScaler(float[] low, float[] range) => (this.low, this.range) = (low, range);

    /// <summary>The smallest value of each feature.</summary>
    public IReadOnlyList<float> Low => low;

    /// <summary>The largest less the smallest value of each feature; 1 where they are the same.</summary>
    public IReadOnlyList<float> Range => range;

    /// <summary>The one for the columns of x [N, D].</summary>
    /// <exception cref="ArgumentException">x is no matrix, or has no rows.</exception>
    public static MinMaxScaler Of(Tensor x)
    {
        int columns = Standardizer.Matrix(x, nameof(MinMaxScaler)).Columns;
        float[] values = x.ToArray(), low = values[..columns], high = values[..columns];
        for (int i = 0; i < values.Length; i++)
        {
            low[i % columns] = Math.Min(low[i % columns], values[i]);
            high[i % columns] = Math.Max(high[i % columns], values[i]);
        }
        return new MinMaxScaler(low, [.. high.Zip(low, (h, l) => h > l ? h - l : 1)]);
    }

    /// <summary>(x − min)/(max − min), feature d being the last dimension of x.</summary>
    /// <exception cref="ArgumentException">The last dimension of x is not the number of features.</exception>
    public Tensor Apply(Tensor x) => Each(x, static (value, low, range) => (value - low) / range);

    /// <summary>What <see cref="Apply"/> was given.</summary>
    /// <exception cref="ArgumentException">The last dimension of y is not the number of features.</exception>
    public Tensor Invert(Tensor y) => Each(y, static (value, low, range) => value * range + low);

    private Tensor Each(Tensor x, Func<float, float, float, float> change)
    {
        if (x.Rank == 0 || x.Shape[-1] != low.Length)
            throw new ArgumentException(
                $"MinMaxScaler: x {x.Shape} must have {low.Length} numbers in its last dimension.");
        float[] values = x.ToArray();
        for (int i = 0; i < values.Length; i++)
            values[i] = change(values[i], low[i % low.Length], range[i % low.Length]);
        return new Tensor(values, x.Shape);
    }
}
