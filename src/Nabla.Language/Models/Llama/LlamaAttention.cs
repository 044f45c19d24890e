using Nabla.Learning;
using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Models.Llama;

/// <summary>
/// Causal self-attention with rotary positions (Su et al. 2021, arXiv:2104.09864) in which several query heads share a
/// key and value head (Ainslie et al. 2023, arXiv:2305.13245).
/// </summary>
public sealed class LlamaAttention(LlamaConfig config, Rng? rng) : Module
{
    private readonly ModelDimensions sizes = config.Dimensions;

    /// <summary>Queries, [H·D, C].</summary>
    [StoredAs("q_proj")]
    public Linear Query { get; } = LlamaModel.First(config, rng).Reading(config.Dimensions.Dim);

    /// <summary>Keys, [Hkv·D, C].</summary>
    [StoredAs("k_proj")]
    public Linear Key { get; } = LlamaModel.First(config, rng).Reading(LlamaModel.KeyValueDim(config));

    /// <summary>Values, [Hkv·D, C].</summary>
    [StoredAs("v_proj")]
    public Linear Value { get; } = LlamaModel.First(config, rng).Reading(LlamaModel.KeyValueDim(config));

    /// <summary>What the heads found, mixed, [C, C].</summary>
    [StoredAs("o_proj")]
    public Linear Output { get; } = LlamaModel.First(config, rng).Writing(config.Dimensions.Dim);

    /// <summary>[B, T, C] → [B, T, C].</summary>
    public Tensor Forward(Tensor x, RotaryTable positions, LayerContext context)
    {
        int batch = x.Shape[0], length = x.Shape[1];
        int start = context.Cache?.LengthAt(context.Layer) ?? 0;
        Tensor q = Heads(Query.Forward(x), sizes.Heads).Rotary(positions, start);          // [B, H, T, D]
        Tensor k = Heads(Key.Forward(x), sizes.KeyValueHeads).Rotary(positions, start);    // [B, Hkv, T, D]
        Tensor v = Heads(Value.Forward(x), sizes.KeyValueHeads);                           // [B, Hkv, T, D]
        if (context.Cache is { } cache)
            (k, v) = cache.Append(context.Layer, k, v);
        Tensor y = q.Attention(k, v, causal: true);                                        // [B, H, T, D]
        return Output.Forward(y.Transpose(1, 2).Reshape(batch, length, sizes.Dim));

        Tensor Heads(Tensor all, int heads) => all.Reshape(batch, length, heads, sizes.HeadDim).Transpose(1, 2);
    }
}
