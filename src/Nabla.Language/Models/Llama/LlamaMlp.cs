using Nabla.Learning;
using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Models.Llama;

/// <summary>SwiGLU: W₂·(silu(W₁·x) ⊙ W₃·x). Shazeer 2020, arXiv:2002.05202.</summary>
public sealed class LlamaMlp(LlamaConfig config, Rng? rng) : Module
{
    /// <summary>W₁, [I, C].</summary>
    [StoredAs("gate_proj")]
    public Linear Gate { get; } = LlamaModel.First(config, rng).Reading(config.Intermediate);

    /// <summary>W₃, [I, C].</summary>
    [StoredAs("up_proj")]
    public Linear Up { get; } = LlamaModel.First(config, rng).Reading(config.Intermediate);

    /// <summary>W₂, [C, I].</summary>
    [StoredAs("down_proj")]
    public Linear Down { get; } = LlamaModel.First(config, rng).Writing(config.Intermediate);

    /// <summary>[B, T, C] → [B, T, C].</summary>
    public Tensor Forward(Tensor x) => Down.Forward(Gate.Forward(x).SwiGlu(Up.Forward(x)));
}
