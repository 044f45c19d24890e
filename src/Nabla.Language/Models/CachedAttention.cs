using Nabla.Numerics.Kernels;
using Nabla.Tensors;

namespace Nabla.Language.Models;

/// <summary>
/// Attention of one new position of each sequence over the keys and values in a cache: what decoders share. Queries,
/// keys and values of a sequence may lie among other numbers.
/// </summary>
internal sealed class CachedAttention(KeyValueCache cache, ModelDimensions sizes)
{
    private readonly float[] logSums = new float[cache.Batch * sizes.Heads];

    /// <summary>Appends the position to the layer's cache and attends to all of it: → [B, H, D].</summary>
    public void Run(int layer, in NewPosition position, Span<float> output)
    {
        GrowingTensor keys = cache.Keys(layer), values = cache.Values(layer);
        keys.AppendPosition(position.Keys, position.KeyStride);
        values.AppendPosition(position.Values, position.KeyStride);
        int dim = sizes.HeadDim;
        var shape = new AttentionShape(cache.Batch, sizes.Heads, sizes.KeyValueHeads, 1, keys.Length, dim)
        {
            Causal = true,
        };
        var strides = new AttentionStrides(
            new HeadStrides(position.QueryStride, dim, sizes.Dim), keys.Strides, values.Strides,
            new HeadStrides(sizes.Dim, dim, sizes.Dim));
        AttentionKernel.Forward(
            shape, strides, new AttentionInputs(position.Queries, keys.Memory, values.Memory), output, logSums);
    }
}

/// <summary>
/// Queries [H, D], keys and values [Hkv, D] of one position, of each sequence a stride after the one before.
/// </summary>
internal readonly ref struct NewPosition(
    ReadOnlySpan<float> queries, ReadOnlySpan<float> keys, ReadOnlySpan<float> values)
{
    public ReadOnlySpan<float> Queries { get; } = queries;

    public ReadOnlySpan<float> Keys { get; } = keys;

    public ReadOnlySpan<float> Values { get; } = values;

    public required int QueryStride { get; init; }

    public required int KeyStride { get; init; }
}
