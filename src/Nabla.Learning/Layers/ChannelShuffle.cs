using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Layers;

/// <summary>
/// Channels of G groups mixed, [B, G·n, …]: channel g·n + k goes to k·G + g, so that a convolution in groups after it
/// sees all groups. Zhang et al. 2018, arXiv:1707.01083.
/// </summary>
/// <param name="groups">G, at least 1.</param>
/// <example><code>
/// new ChannelShuffle(2).Forward(new Tensor([1, 2, 3, 4], [1, 4, 1])).ToArray();   // = [1, 3, 2, 4]
/// </code></example>
public sealed class ChannelShuffle(int groups) : Module, ILayer
{
    private readonly int groups = Require.Positive(groups, nameof(ChannelShuffle));

    /// <summary>The same channels in another order.</summary>
    /// <exception cref="ArgumentException">x has no channels, or the groups do not divide them.</exception>
    public Tensor Forward(Tensor x)
    {
        if (x.Rank < 2 || x.Shape[1] % groups != 0)
            throw new ArgumentException(
                $"ChannelShuffle: x {x.Shape} must be [B, C, …] with C a multiple of {groups}.");
        ReadOnlySpan<int> sizes = x.Shape.AsSpan();
        return x.Reshape([sizes[0], groups, sizes[1] / groups, .. sizes[2..]])
            .Transpose(1, 2).Reshape([.. sizes]);
    }
}
