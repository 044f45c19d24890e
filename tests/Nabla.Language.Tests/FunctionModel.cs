using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Nabla.Language.Models;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Language.Tests;

/// <summary>A model without weights whose scores are any function of the tokens so far.</summary>
internal sealed class FunctionModel(int vocabulary, int context, FunctionModel.Function scores) : LanguageModel
{
    private readonly ConditionalWeakTable<KeyValueCache, List<int>[]> read = [];

    public delegate float[] Function(ReadOnlySpan<int> tokens);

    public override ModelDimensions Dimensions { get; } = new(vocabulary, context, 1, 1, 1, 1);

    /// <summary>The lengths of what was read in each pass.</summary>
    public List<int> Passes { get; } = [];

    /// <summary>Scores of one token, far above all others.</summary>
    public static float[] Certain(int id, int vocabulary)
    {
        var scores = new float[vocabulary];
        scores[id] = 50;
        return scores;
    }

    public override Tensor Hidden(TokenBatch tokens, KeyValueCache? cache = null, Rng? dropout = null)
    {
        CheckLength(tokens, cache);
        Passes.Add(tokens.Length);
        List<int>[] rows = Rows(tokens, cache);
        var all = new List<float>();
        for (int row = 0; row < tokens.Batch; row++)
        {
            int before = rows[row].Count;
            rows[row].AddRange(tokens.Ids.Span.Slice(row * tokens.Length, tokens.Length));
            for (int t = 1; t <= tokens.Length; t++)
                all.AddRange(scores(CollectionsMarshalSpan(rows[row])[..(before + t)]));
        }
        Tensor none = Tensor.Zeros([tokens.Batch, 1, tokens.Length, 1]);
        cache?.Append(0, none, none);
        return new Tensor(all.ToArray(), [tokens.Batch, tokens.Length, Dimensions.Vocabulary]);
    }

    public override Tensor Logits(Tensor hidden) => hidden;

    public override JsonObject ToConfigJson() => [];

    private static ReadOnlySpan<int> CollectionsMarshalSpan(List<int> list) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list);

    private List<int>[] Rows(TokenBatch tokens, KeyValueCache? cache)
    {
        List<int>[] fresh = [.. Enumerable.Range(0, tokens.Batch).Select(_ => new List<int>())];
        if (cache is null)
            return fresh;
        List<int>[] rows = read.GetValue(cache, _ => fresh);
        foreach (List<int> row in rows)
            row.RemoveRange(cache.Length, row.Count - cache.Length);
        return rows;
    }
}
