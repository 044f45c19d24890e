using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Losses;

/// <summary>Settings of connectionist temporal classification.</summary>
public sealed record CtcOptions
{
    /// <summary>The class that stands for nothing.</summary>
    public int Blank { get; init; }

    /// <summary>How many steps of each sequence count; all, if not given.</summary>
    public IReadOnlyList<int>? InputLengths { get; init; }

    /// <summary>Whether a target that is too long for its sequence counts as 0 instead of ∞.</summary>
    public bool ZeroInfinity { get; init; }

    /// <summary>
    /// What becomes of the losses of the sequences; before their mean each is divided by the length of its target.
    /// </summary>
    public LossReduction Reduction { get; init; }
}

public static partial class Loss
{
    /// <summary>
    /// −log of the probability that a sequence says its target, once blanks and repetitions are taken out, summed over
    /// all the ways to say it: learning to read or hear without knowing when each letter comes. From logarithms of
    /// probabilities [B, T, V], as <c>LogSoftmax</c> gives them. Graves et al. 2006, ICML.
    /// </summary>
    /// <example><code>
    /// Tensor logs = new Tensor([0.5f, 0.5f, 0.25f, 0.75f], [1, 2, 2]).Log();        // blank, a; twice
    /// Loss.Ctc(logs, [[1]], new() { Reduction = LossReduction.Sum }).Item();        // = 0.13353
    /// -Math.Log(0.5 * 0.75 + 0.5 * 0.25 + 0.5 * 0.75);                              // = 0.13353
    /// </code></example>
    /// <exception cref="ArgumentException">The lengths do not fit, or a target is no class or the blank.</exception>
    public static Tensor Ctc(Tensor logProbabilities, IReadOnlyList<int[]> targets, CtcOptions? options = null)
    {
        options ??= new();
        if (logProbabilities.Rank != 3 || logProbabilities.Shape[0] != targets.Count)
            throw new ArgumentException(
                $"Ctc: the logarithms of probabilities {logProbabilities.Shape} must be [{targets.Count}, T, V], one "
                + "sequence for each target.");
        if (options.InputLengths is { } given && given.Count != targets.Count)
            throw new ArgumentException($"Ctc: {given.Count} InputLengths for {targets.Count} sequences.");
        IEnumerable<int> steps = options.InputLengths ?? Enumerable.Repeat(logProbabilities.Shape[1], targets.Count);
        int[] lengths = [.. steps, .. targets.Select(target => target.Length)];
        Tensor losses = logProbabilities.Ctc(
            targets.SelectMany(target => target).ToArray(), lengths, options.Blank, options.ZeroInfinity);
        if (options.Reduction == LossReduction.Mean)
            losses /= new Tensor(targets.Select(target => (float)Math.Max(1, target.Length)).ToArray());
        return Reduce(losses, options.Reduction);
    }
}
