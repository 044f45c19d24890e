using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>What a bag of vectors becomes.</summary>
public enum BagMode
{
    /// <summary>The vectors' mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The largest number of each place.</summary>
    Max,
}

/// <summary>
/// One vector for a bag of ids: y_b = the mean (or sum, or maximum) of W[id] over the bag's ids; [B, L] ids → [B, Dim].
/// </summary>
/// <example><code>
/// var bag = new EmbeddingBag(new Parameter(new Tensor([1, 2, 6], [3, 1])));
/// bag.Forward([0, 2], bags: 1).Item();   // = 3.5
/// (1 + 6) / 2.0;                         // = 3.5
/// </code></example>
[Formula("y_j = 1/n·Σ_k W_{p_k,j}")]
public sealed class EmbeddingBag : Module
{
    private readonly BagMode mode;

    /// <summary>A table of <paramref name="count"/> vectors of <paramref name="dim"/> numbers, N(0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or there is no such mode.</exception>
    public EmbeddingBag(int count, int dim, Rng rng, BagMode mode = BagMode.Mean)
        : this(new Embedding(count, dim, rng).Weight, mode)
    {
    }

    /// <summary>A table with these vectors, [Count, Dim].</summary>
    /// <exception cref="ArgumentException">The weight is no matrix, or there is no such mode.</exception>
    public EmbeddingBag(Parameter weight, BagMode mode = BagMode.Mean)
    {
        Weight = new Embedding(weight).Weight;
        this.mode = Enum.IsDefined(mode)
            ? mode
            : throw new ArgumentOutOfRangeException(nameof(mode), $"EmbeddingBag: there is no mode {mode}.");
    }

    /// <summary>The vectors, [Count, Dim].</summary>
    [StoredAs("weight")]
    public Parameter Weight { get; }

    /// <summary>As many vectors as bags, of ids that stand bag after bag, as many in each; [B, Dim].</summary>
    /// <exception cref="ArgumentException">The bags do not divide the ids, or an id is not in the table.</exception>
    public Tensor Forward(ReadOnlySpan<int> ids, int bags)
    {
        int length = bags > 0 ? ids.Length / bags : 0;
        if (bags < 0 || ids.Length != length * bags || (bags > 0 && length == 0))
            throw new ArgumentException(
                $"EmbeddingBag: {ids.Length} ids do not make {bags} bags of as many ids each, one at least.");
        if (bags == 0)
            return Weight.Embedding(ids, [0]);
        Tensor vectors = Weight.Embedding(ids, [bags, length]);
        return mode switch
        {
            BagMode.Mean => vectors.Mean(1),
            BagMode.Sum => vectors.Sum(1),
            _ => vectors.Max(1),
        };
    }
}
