using System.Text.Json.Nodes;
using Nabla.Learning;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Models;

/// <summary>A model of p(next token | tokens so far).</summary>
public abstract class LanguageModel : Module
{
    /// <summary>The sizes that all families have.</summary>
    public abstract ModelDimensions Dimensions { get; }

    /// <summary>
    /// Whether training keeps each block's input only and computes the block again in the backward pass: one more
    /// forward pass, much less memory, the same bits.
    /// </summary>
    public bool ActivationCheckpointing { get; set; }

    /// <summary>The configuration as it stands in <c>config.json</c>, with the keys that Hugging Face uses.</summary>
    public abstract JsonObject ToConfigJson();

    /// <summary>The last layer's output for every position, normalised: [B, T, C].</summary>
    /// <param name="tokens">Ids, [B, T]. With a cache, only those that follow what it holds.</param>
    /// <param name="cache">Keys and values of earlier positions; this call adds its own.</param>
    /// <param name="dropout">Source of dropout masks while training; null otherwise.</param>
    /// <exception cref="ArgumentException">
    /// The text is longer than the context, or an id is not in the vocabulary.
    /// </exception>
    public abstract Tensor Hidden(TokenBatch tokens, KeyValueCache? cache = null, Rng? dropout = null);

    /// <summary>Scores for the next token from hidden states: [..., C] → [..., V].</summary>
    public abstract Tensor Logits(Tensor hidden);

    /// <summary>Scores for the next token at every position: [B, T, V].</summary>
    public Tensor Forward(TokenBatch tokens, KeyValueCache? cache = null, Rng? dropout = null) =>
        Logits(Hidden(tokens, cache, dropout));

    /// <summary>Scores for the token after the last: [B, V].</summary>
    public Tensor NextLogits(TokenBatch tokens, KeyValueCache? cache = null)
    {
        Tensor last = Hidden(tokens, cache).Slice(1, tokens.Length - 1, 1);
        return Logits(last).Squeeze(1);
    }

    /// <summary>
    /// Mean cross-entropy in nats a token of predicting <paramref name="targets"/>, B·T ids; −1 does not count.
    /// </summary>
    public Tensor Loss(TokenBatch tokens, ReadOnlySpan<int> targets, Rng? dropout = null) =>
        Learning.Losses.Loss.CrossEntropy(Forward(tokens, cache: null, dropout), targets);

    /// <summary>
    /// Reads one token at a time without allocating; null for a family that has no such decoder, whose tokens
    /// <see cref="NextLogits"/> reads.
    /// </summary>
    /// <param name="cache">Keys and values of earlier positions, which the decoder appends to.</param>
    /// <exception cref="ArgumentException">The cache is of a model of other sizes.</exception>
    public virtual TokenDecoder? NewDecoder(KeyValueCache cache) => null;

    /// <summary>An empty cache for this model.</summary>
    /// <param name="batch">B, the number of sequences.</param>
    /// <param name="capacity">The largest number of positions; by default the context.</param>
    public KeyValueCache NewCache(int batch = 1, int? capacity = null) =>
        new(Dimensions.Layers, batch, Dimensions.KeyValueHeads, capacity ?? Dimensions.Context, Dimensions.HeadDim);

    /// <summary>A block's output; it is computed again in the backward pass if activations are checkpointed.</summary>
    protected Tensor Through(Func<Tensor, LayerContext, Tensor> block, Tensor x, LayerContext context) =>
        ActivationCheckpointing && context.Cache is null
            ? ActivationCheckpoint.Run((x, dropout) => block(x, context with { Dropout = dropout }), x, context.Dropout)
            : block(x, context);

    /// <summary>Throws unless these tokens fit the context after what the cache holds.</summary>
    protected void CheckLength(TokenBatch tokens, KeyValueCache? cache)
    {
        int total = tokens.Length + (cache?.Length ?? 0);
        if (tokens.Length == 0)
            throw new ArgumentException("LanguageModel: there are no tokens to read; give at least one.");
        if (total > Dimensions.Context)
            throw new ArgumentException(
                $"LanguageModel: {total} tokens are more than the context of {Dimensions.Context}. " +
                $"Keep the last {Dimensions.Context}.");
    }
}
