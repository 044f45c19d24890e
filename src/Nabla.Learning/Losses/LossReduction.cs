using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Losses;

/// <summary>What becomes of the losses of all elements or rows.</summary>
public enum LossReduction
{
    /// <summary>Their mean; losses with weights for classes divide by the sum of the weights.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Nothing: a tensor of losses.</summary>
    None,

    /// <summary>Their sum, divided by the size of the first dimension.</summary>
    BatchMean,
}

public static partial class Loss
{
    private static Tensor Reduce(Tensor losses, LossReduction reduction) => reduction switch
    {
        LossReduction.Mean => losses.Mean(),
        LossReduction.Sum => losses.Sum(),
        LossReduction.None => losses,
        LossReduction.BatchMean => losses.Rank > 0 && losses.Shape[0] > 0
            ? losses.Sum() * (1f / losses.Shape[0])
            : throw new ArgumentException($"Loss: losses {losses.Shape} are of no batch whose mean could be taken."),
        _ => throw new ArgumentOutOfRangeException(
            nameof(reduction), $"Loss: there is no reduction {reduction}."),
    };

    /// <summary>Throws unless the shapes are equal: broadcasting in a loss is nearly always a mistake.</summary>
    private static void SameShape(string loss, (string Name, Tensor Tensor) a, (string Name, Tensor Tensor) b)
    {
        if (a.Tensor.Shape != b.Tensor.Shape)
            throw new ArgumentException(
                $"{loss}: {a.Name} {a.Tensor.Shape} and {b.Name} {b.Tensor.Shape} differ; reshape one of them.");
    }

    /// <summary>Throws unless each number is 1 or −1.</summary>
    private static void PlusOrMinusOne(string loss, Tensor targets)
    {
        foreach (float target in targets.ToArray())
            if (target is not (1 or -1))
                throw new ArgumentException($"{loss}: target {target} must be 1 or −1.", nameof(targets));
    }

    /// <summary>Throws unless each number is in [0, 1].</summary>
    private static void Between0And1(string loss, string name, Tensor numbers)
    {
        foreach (float number in numbers.ToArray())
            if (number is not (>= 0 and <= 1))
                throw new ArgumentException($"{loss}: {name} {number} must be in [0, 1].", nameof(numbers));
    }

    /// <summary>
    /// The sizes of scores [..., V] with a class for each row, where a class may be <paramref name="ignored"/>.
    /// </summary>
    private static (int Rows, int Classes) Classes(
        string loss, Tensor scores, ReadOnlySpan<int> targets, int? ignored = null)
    {
        if (scores.Rank == 0 || scores.Shape.Without(-1).ElementCount != targets.Length)
            throw new ArgumentException(
                $"{loss}: {targets.Length} targets for scores {scores.Shape}; give one for each row of the last "
                + "dimension.");
        foreach (int target in targets)
            if (target != ignored && (uint)target >= (uint)scores.Shape[-1])
                throw new ArgumentException(
                    $"{loss}: target {target} is not in 0 … {scores.Shape[-1] - 1}; scores are {scores.Shape}.",
                    nameof(targets));
        return (targets.Length, scores.Shape[-1]);
    }

    /// <summary>The weights of the classes, if they are a constant [V].</summary>
    private static float[]? ClassWeights(string loss, Tensor? weights, int classes) =>
        weights is null ? null
        : weights.Shape == Shape.Create([classes]) ? weights.ToArray()
        : throw new ArgumentException($"{loss}: class weights {weights.Shape} must be [{classes}].", nameof(weights));

    /// <summary>The losses of rows times the weights of their targets, if classes have weights.</summary>
    private static Tensor Weighted(Tensor losses, float[]? weights, ReadOnlySpan<int> targets) =>
        weights is null ? losses : losses * new Tensor(Array.ConvertAll(targets.ToArray(), target => weights[target]));
}
