using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Channels of G groups mixed, [B, G·n, …]: channel g·n + k goes to k·G + g, so that a convolution in groups after it
/// sees all groups. Zhang et al. 2018, arXiv:1707.01083.
/// </summary>
/// <param name="groups">G, at least 1.</param>
/// <example><code>
/// new ChannelShuffle(2).Forward(new Tensor([1, 2, 3, 4], [1, 4, 1])).ToArray();   // = [1, 3, 2, 4]
/// </code></example>
[Formula("y_k = x_{p_k}")]
public sealed class ChannelShuffle(int groups) : Module, ILayer
{
    private readonly int groups = Require.Positive(groups, nameof(ChannelShuffle));

    /// <summary>The same channels in another order.</summary>
    /// <exception cref="ArgumentException">x has no channels, or the groups do not divide them.</exception>
    public Tensor Forward(Tensor x) => x.ChannelShuffle(groups);
}
