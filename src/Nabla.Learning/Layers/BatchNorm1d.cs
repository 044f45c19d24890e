using Nabla.Tensors;

namespace Nabla.Learning.Layers;

/// <summary>Batch normalisation of x [B, C] or [B, C, L]; see <see cref="BatchNorm"/>.</summary>
/// <example><code>
/// Tensor x = new([1, 3], [2, 1]);
/// new BatchNorm1d(1, epsilon: 0).Forward(x, training: true);   // = [-1, 1]
/// </code></example>
public sealed class BatchNorm1d(int channels, float epsilon = 1e-5f, float momentum = 0.1f)
    : BatchNorm(channels, epsilon, momentum)
{
    /// <inheritdoc/>
    protected override void Check(Tensor x)
    {
        if (!(x.Rank is 2 or 3))
            throw new ArgumentException($"BatchNorm1d: x {x.Shape} must be [B, C] or [B, C, L].");
    }
}
