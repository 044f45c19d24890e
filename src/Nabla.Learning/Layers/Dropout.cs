using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Dropout: while training, each number is set to 0 with probability p and the others are divided by 1 − p.
/// Srivastava et al. 2014, JMLR 15.
/// </summary>
/// <example><code>
/// var layer = new Dropout(0.75f);
/// layer.Forward(Tensor.Ones([1000]), new Rng(1)).ToArray().Distinct().Order();   // = [0, 4]
/// layer.Forward(Tensor.Ones([2]));                                               // = [1, 1]
/// </code></example>
[Formula("y = m ⊙ x/(1 − p)")]
public sealed class Dropout(float probability) : Module, ILayer
{
    /// <summary>p, in [0, 1).</summary>
    public float Probability { get; } = probability is >= 0 and < 1
        ? probability
        : throw new ArgumentOutOfRangeException(
            nameof(probability), $"Dropout: probability {probability} is not in [0, 1).");

    /// <summary>Drops numbers drawn from <paramref name="rng"/>; without one, as in evaluation, x itself.</summary>
    public Tensor Forward(Tensor x, Rng? rng = null) =>
        rng is null || Probability == 0 ? x : x.Dropout(Probability, rng);

    /// <inheritdoc/>
    Tensor ILayer.Forward(Tensor x) => Forward(x);
}
