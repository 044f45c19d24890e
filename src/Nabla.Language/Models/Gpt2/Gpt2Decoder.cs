using Nabla.Learning.Layers;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Models.Gpt2;

/// <summary>
/// Reads one token at a time with a <see cref="Gpt2Model"/>: the arithmetic of its Forward, line by line.
/// </summary>
internal sealed class Gpt2Decoder(Gpt2Model model, Gpt2Config config, KeyValueCache cache)
    : TokenDecoder(cache, config.Dimensions)
{
    private readonly int dim = config.Dimensions.Dim;
    private readonly CachedAttention attention = new(cache, config.Dimensions);
    private readonly Linear output = new(model.TokenEmbedding.Weight, bias: null);
    // [B, C], as all but the next two
    private readonly float[] x = new float[cache.Batch * config.Dimensions.Dim];
    private readonly float[] all = new float[cache.Batch * 3 * config.Dimensions.Dim];    // [B, 3C]
    private readonly float[] inner = new float[cache.Batch * config.Intermediate];
    private readonly float[] normed = new float[cache.Batch * config.Dimensions.Dim];
    private readonly float[] mixed = new float[cache.Batch * config.Dimensions.Dim];

    /// <inheritdoc/>
    protected override void Append(ReadOnlySpan<int> ids, Span<float> scores)
    {
        ReadOnlySpan<float> position = model.PositionEmbedding.Vector(Position);
        for (int b = 0; b < ids.Length; b++)
            Elementwise.Zip<Add>(model.TokenEmbedding.Vector(ids[b]), position, x.AsSpan(b * dim, dim));
        for (int layer = 0; layer < model.Blocks.Count; layer++)
            Read(model.Blocks[layer], layer);
        model.FinalNorm.Apply(x, normed);
        output.Apply(normed, scores);
    }

    private void Read(Gpt2Block block, int layer)
    {
        block.AttentionNorm.Apply(x, normed);
        block.Attention.QueryKeyValue.Apply(normed, all);
        var position = new NewPosition(all, all.AsSpan(dim), all.AsSpan(2 * dim))
        {
            QueryStride = 3 * dim,
            KeyStride = 3 * dim,
        };
        attention.Run(layer, position, mixed);
        block.Attention.Output.Apply(mixed, normed);
        Elementwise.Zip<Add>(x, normed, x);

        block.MlpNorm.Apply(x, normed);
        block.Mlp.Up.Apply(normed, inner);
        Elementwise.Map<GeluTanh>(inner, inner);
        block.Mlp.Down.Apply(inner, mixed);
        Elementwise.Zip<Add>(x, mixed, x);
    }
}
