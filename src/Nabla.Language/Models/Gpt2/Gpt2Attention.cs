using Nabla.Learning;
using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Models.Gpt2;

/// <summary>
/// Causal self-attention: softmax(q·kᵀ/√d + mask)·v for each head, then a linear layer. Vaswani et al. 2017,
/// arXiv:1706.03762, section 3.2.
/// </summary>
public sealed class Gpt2Attention(Gpt2Config config, Rng? rng) : Module
{
    private readonly int heads = config.Dimensions.Heads;

    /// <summary>Queries, keys and values of all heads at once, [3C, C].</summary>
    [StoredAs("c_attn", Transposed = true)]
    public Linear QueryKeyValue { get; } = Gpt2Model.First(config, rng).Reading(3 * config.Dimensions.Dim, bias: true);

    /// <summary>What the heads found, mixed, [C, C].</summary>
    [StoredAs("c_proj", Transposed = true)]
    public Linear Output { get; } = Gpt2Model.First(config, rng).Writing(config.Dimensions.Dim, bias: true);

    /// <summary>While training, on what goes back to the residual stream.</summary>
    public Dropout Dropout { get; } = new(config.Dropout);

    /// <summary>[B, T, C] → [B, T, C].</summary>
    public Tensor Forward(Tensor x, LayerContext context)
    {
        int batch = x.Shape[0], length = x.Shape[1], dim = x.Shape[2];
        Tensor all = QueryKeyValue.Forward(x);                                      // [B, T, 3C]
        Tensor q = Heads(0), k = Heads(1), v = Heads(2);                            // [B, H, T, D]
        if (context.Cache is { } cache)
            (k, v) = cache.Append(context.Layer, k, v);
        Tensor y = q.Attention(k, v, causal: true);                                 // [B, H, T, D]
        y = y.Transpose(1, 2).Reshape(batch, length, dim);
        return Dropout.Forward(Output.Forward(y), context.Dropout);

        Tensor Heads(int part) =>
            all.Slice(2, part * dim, dim).Reshape(batch, length, heads, dim / heads).Transpose(1, 2);
    }
}
