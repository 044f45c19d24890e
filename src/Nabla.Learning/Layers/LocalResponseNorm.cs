using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Each channel divided by what its n neighbours say: y_c = x_c/(k + α/n·Σ x²)^β over the channels
/// c − ⌊n/2⌋ … c + ⌊(n − 1)/2⌋ that there are. Krizhevsky et al. 2012, section 3.3.
/// </summary>
/// <param name="size">n, at least 1.</param>
/// <param name="alpha">α.</param>
/// <param name="beta">β.</param>
/// <param name="k">k, above 0.</param>
/// <example><code>
/// new LocalResponseNorm(1, alpha: 0.5).Forward(new Tensor([2], [1, 1, 1])).Item();   // = 0.8774
/// 2 / Math.Pow(1 + 0.5 * 2 * 2, 0.75);                                               // = 0.8774
/// </code></example>
[Formula("y_c = x_c/(k + α/n·Σ_j 𝟙[j ≥ c − ⌊n/2⌋]·𝟙[j ≤ c + ⌊(n − 1)/2⌋]·x_j²)^β")]
public sealed class LocalResponseNorm(int size, double alpha = 1e-4, double beta = 0.75, double k = 1)
    : Module, ILayer
{
    private readonly int size = Require.Positive(size, nameof(LocalResponseNorm));

    /// <summary>[B, C, …] → the same shape.</summary>
    /// <exception cref="ArgumentException">x has no channels, or no numbers in them.</exception>
    public Tensor Forward(Tensor x)
    {
        if (x.Rank < 3)
            throw new ArgumentException($"LocalResponseNorm: x {x.Shape} must be [B, C, …].");
        if (x.Count == 0)
            return x;
        int[] around = [.. new int[2 * (x.Rank - 2)], size / 2, (size - 1) / 2]; // of the channels only
        Tensor squares = x.Square().Pad(around), sums = squares.Slice(1, 0, x.Shape[1]);
        for (int neighbour = 1; neighbour < size; neighbour++)
            sums += squares.Slice(1, neighbour, x.Shape[1]);
        return x / (sums * (float)(alpha / size) + (float)k).Pow(beta);
    }
}
