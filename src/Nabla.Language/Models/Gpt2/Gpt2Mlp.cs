using Nabla.Learning;
using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Models.Gpt2;

/// <summary>The feed-forward layer of a block: W₂·gelu(W₁·x + b₁) + b₂, with GELU by tanh.</summary>
public sealed class Gpt2Mlp(Gpt2Config config, Rng? rng) : Module
{
    /// <summary>W₁, b₁: [4C, C].</summary>
    [StoredAs("c_fc", Transposed = true)]
    public Linear Up { get; } = Gpt2Model.First(config, rng).Reading(config.Intermediate, bias: true);

    /// <summary>W₂, b₂: [C, 4C].</summary>
    [StoredAs("c_proj", Transposed = true)]
    public Linear Down { get; } = Gpt2Model.First(config, rng).Writing(config.Intermediate, bias: true);

    /// <summary>While training, on what goes back to the residual stream.</summary>
    public Dropout Dropout { get; } = new(config.Dropout);

    /// <summary>[B, T, C] → [B, T, C].</summary>
    public Tensor Forward(Tensor x, Rng? dropout) => Dropout.Forward(Down.Forward(Up.Forward<GeluTanh>(x)), dropout);
}
