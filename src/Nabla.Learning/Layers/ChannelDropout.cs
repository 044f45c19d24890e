using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Dropout of whole channels: while training, each channel of each image is set to 0 with probability p and the others
/// are divided by 1 − p, because neighbouring numbers of a channel say nearly the same. Tompson et al. 2015,
/// arXiv:1411.4280.
/// </summary>
[Formula("y = m ⊙ x/(1 − p)")]
public abstract class ChannelDropout : Module, ILayer
{
    private readonly float probability;

    private protected ChannelDropout(float probability) => this.probability =
        Require.Probability(probability, GetType().Name);

    private protected abstract int Rank { get; }

    /// <summary>Drops channels drawn from <paramref name="rng"/>; without one, as in evaluation, x itself.</summary>
    /// <exception cref="ArgumentException">x has other dimensions.</exception>
    public Tensor Forward(Tensor x, Rng? rng = null)
    {
        if (x.Rank != Rank)
            throw new ArgumentException(
                $"{GetType().Name}: x {x.Shape} must be [B, C, {(Rank == 3 ? "L" : "H, W")}].");
        if (rng is null || probability == 0)
            return x;
        var channels = new int[Rank];
        channels.AsSpan().Fill(1);
        (channels[0], channels[1]) = (x.Shape[0], x.Shape[1]);
        return x * Tensor.Ones(channels).Dropout(probability, rng);
    }

    /// <inheritdoc/>
    Tensor ILayer.Forward(Tensor x) => Forward(x);
}

/// <summary>Dropout of whole channels of lines [B, C, L]; see <see cref="ChannelDropout"/>.</summary>
/// <param name="probability">p, in [0, 1).</param>
/// <example><code>
/// Tensor y = new Dropout1d(0.5f).Forward(Tensor.Ones([1, 1, 3]), new Rng(1));
/// y[0, 0, 0] == y[0, 0, 1] &amp;&amp; y[0, 0, 1] == y[0, 0, 2];   // = true
/// </code></example>
public sealed class Dropout1d(float probability = 0.5f) : ChannelDropout(probability)
{
    private protected override int Rank => 3;
}

/// <summary>Dropout of whole channels of images [B, C, H, W]; see <see cref="ChannelDropout"/>.</summary>
/// <param name="probability">p, in [0, 1).</param>
/// <example><code>
/// Tensor y = new Dropout2d(0.5f).Forward(Tensor.Ones([1, 1, 1, 2]), new Rng(1));
/// y[0, 0, 0, 0] == y[0, 0, 0, 1];   // = true
/// </code></example>
public sealed class Dropout2d(float probability = 0.5f) : ChannelDropout(probability)
{
    private protected override int Rank => 4;
}
