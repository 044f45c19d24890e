using Nabla.Learning.Layers;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Models.Llama;

/// <summary>
/// Reads one token at a time with a <see cref="LlamaModel"/>: the arithmetic of its Forward, line by line.
/// </summary>
internal sealed class LlamaDecoder(LlamaModel model, LlamaConfig config, KeyValueCache cache)
    : TokenDecoder(cache, config.Dimensions)
{
    private readonly RotaryTable positions = model.Positions;
    private readonly ModelDimensions sizes = config.Dimensions;
    private readonly CachedAttention attention = new(cache, config.Dimensions);
    private readonly Linear output = model.Head ?? new Linear(model.TokenEmbedding.Weight, bias: null);
    private readonly float[] x = new float[cache.Batch * config.Dimensions.Dim];          // [B, C]
    private readonly float[] normed = new float[cache.Batch * config.Dimensions.Dim];
    private readonly float[] mixed = new float[cache.Batch * config.Dimensions.Dim];
    private readonly float[] q = new float[cache.Batch * config.Dimensions.Dim];          // [B, H, D]
    private readonly float[] k = new float[cache.Batch * LlamaModel.KeyValueDim(config)]; // [B, Hkv, D]
    private readonly float[] v = new float[cache.Batch * LlamaModel.KeyValueDim(config)];
    private readonly float[] gate = new float[cache.Batch * config.Intermediate];         // [B, I]
    private readonly float[] up = new float[cache.Batch * config.Intermediate];

    /// <inheritdoc/>
    protected override void Append(ReadOnlySpan<int> ids, Span<float> scores)
    {
        int position = Position;
        for (int b = 0; b < ids.Length; b++)
            model.TokenEmbedding.Vector(ids[b]).CopyTo(x.AsSpan(b * sizes.Dim));
        for (int layer = 0; layer < model.Blocks.Count; layer++)
        {
            Attend(model.Blocks[layer], layer, position);
            FeedForward(model.Blocks[layer]);
        }
        model.FinalNorm.Apply(x, normed);
        output.Apply(normed, scores);
    }

    private void Attend(LlamaBlock block, int layer, int position)
    {
        block.AttentionNorm.Apply(x, normed);
        block.Attention.Query.Apply(normed, q);
        block.Attention.Key.Apply(normed, k);
        block.Attention.Value.Apply(normed, v);
        Rotate(q, sizes.Heads, position);
        Rotate(k, sizes.KeyValueHeads, position);
        int stride = sizes.KeyValueHeads * sizes.HeadDim;
        attention.Run(layer, new NewPosition(q, k, v) { QueryStride = sizes.Dim, KeyStride = stride }, mixed);
        block.Attention.Output.Apply(mixed, normed);
        Elementwise.Zip<Add>(x, normed, x);
    }

    private void FeedForward(LlamaBlock block)
    {
        block.MlpNorm.Apply(x, normed);
        block.Mlp.Gate.Apply(normed, gate);
        block.Mlp.Up.Apply(normed, up);
        Elementwise.Map<Silu>(gate, gate);
        Elementwise.Zip<Multiply>(gate, up, gate);
        block.Mlp.Down.Apply(gate, mixed);
        Elementwise.Zip<Add>(x, mixed, x);
    }

    private void Rotate(Span<float> heads, int count, int position)
    {
        var shape = new RotaryShape(Batch, count, 1, sizes.HeadDim) { Offset = position };
        var angles = new RotaryAngles(positions.Cosines, positions.Sines);
        RotaryKernel.Forward(shape, angles, heads, heads);
    }
}
