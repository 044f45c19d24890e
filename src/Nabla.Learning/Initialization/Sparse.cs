using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning;

public static partial class Initialize
{
    /// <summary>
    /// N(0, σ²) with a share of zeros: in each column of a weight [Out, In], ⌈sparsity·Out⌉ numbers drawn at random are
    /// 0. Martens 2010, ICML.
    /// </summary>
    /// <example><code>
    /// var weight = Initialize.Sparse(new Parameter([10, 4]), 0.25, 0.01f, new Rng(1));
    /// weight.ToArray().Count(w => w == 0);   // = 12
    /// Math.Ceiling(0.25 * 10) * 4;           // = 12
    /// </code></example>
    /// <exception cref="ArgumentException">The weight is no matrix, the share not in [0, 1], or σ negative.</exception>
    public static Parameter Sparse(Parameter weight, double sparsity, float standardDeviation, Rng rng)
    {
        if (weight.Rank != 2)
            throw new ArgumentException($"Sparse: weight {weight.Shape} must be a matrix, [Out, In].", nameof(weight));
        if (sparsity is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(sparsity), $"Sparse: sparsity = {sparsity} must be in [0, 1].");
        Normal(weight, standardDeviation, rng);
        (int rows, int columns) = (weight.Shape[0], weight.Shape[1]);
        int zeros = (int)Math.Ceiling(sparsity * rows);
        int[] order = [.. Enumerable.Range(0, rows)];
        for (int column = 0; column < columns; column++)
        {
            rng.Shuffle<int>(order);
            foreach (int row in order.AsSpan(0, zeros))
                weight.Values[row * columns + column] = 0;
        }
        return weight;
    }
}
