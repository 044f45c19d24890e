using Nabla.Learning.Layers;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

/// <summary>Settings of the triplet loss.</summary>
public sealed record TripletOptions
{
    /// <summary>By how much nearer the positive is to be than the negative, above 0.</summary>
    public float Margin { get; init; } = 1;

    /// <summary>The norm of the distance.</summary>
    public double P { get; init; } = 2;

    /// <summary>Added to each difference, so that the distance of equal vectors has a derivative.</summary>
    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>
    /// Whether the distance of positive and negative counts if it is smaller than that of anchor and negative. Balntas
    /// et al. 2016.
    /// </summary>
    public bool Swap { get; init; }

    /// <summary>What becomes of the losses of the triplets.</summary>
    public LossReduction Reduction { get; init; }
}

public static partial class Loss
{
    /// <summary>
    /// max(0, d(anchor, positive) − d(anchor, negative) + margin) of each triplet of vectors [..., D]: what belongs
    /// together is to lie nearer than what does not. Schroff et al. 2015, arXiv:1503.03832.
    /// </summary>
    /// <example><code>
    /// Tensor a = new([0, 0], [1, 2]), p = new([3, 4], [1, 2]), n = new([6, 8], [1, 2]);
    /// Loss.TripletMargin(a, p, n, new() { Margin = 7 }).Item();   // = 2.000
    /// Math.Max(0, 5 - 10 + 7);                                    // = 2.000
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ, or a setting is out of its range.</exception>
    [Formula("L = max(0, ‖a − p + ε‖ − ‖a − n + ε‖ + m)")]
    public static Tensor TripletMargin(
        Tensor anchor, Tensor positive, Tensor negative, TripletOptions? options = null)
    {
        options ??= new();
        var distance = new PairwiseDistance(options.P, options.Epsilon);
        return TripletMargin((anchor, positive, negative), distance.Forward, options);
    }

    /// <summary>
    /// The triplet loss with a distance of one's own, from two tensors of vectors to one number each.
    /// </summary>
    /// <example><code>
    /// Tensor a = new([0, 0], [1, 2]), p = new([3, 4], [1, 2]), n = new([6, 8], [1, 2]);
    /// Loss.TripletMargin((a, p, n), (x, y) => (x - y).Abs().Sum(-1), new() { Margin = 8 }).Item();   // = 1
    /// Math.Max(0, 7 - 14 + 8);                                                                       // = 1
    /// </code></example>
    /// <exception cref="ArgumentException">The shapes differ, or the margin is not positive.</exception>
    public static Tensor TripletMargin(
        (Tensor Anchor, Tensor Positive, Tensor Negative) triplets, Func<Tensor, Tensor, Tensor> distance,
        TripletOptions? options = null)
    {
        options ??= new();
        (Tensor anchor, Tensor positive, Tensor negative) = triplets;
        SameShape(nameof(TripletMargin), (nameof(anchor), anchor), (nameof(positive), positive));
        SameShape(nameof(TripletMargin), (nameof(anchor), anchor), (nameof(negative), negative));
        if (!(options.Margin > 0 && float.IsFinite(options.Margin)))
            throw new ArgumentException($"TripletMargin: Margin = {options.Margin} must be above 0.");
        Tensor far = distance(anchor, negative);
        if (options.Swap)
            far = far.Minimum(distance(positive, negative));
        return Reduce((distance(anchor, positive) - far + options.Margin).Relu(), options.Reduction);
    }
}
