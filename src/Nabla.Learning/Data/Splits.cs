using Nabla.Numerics;

namespace Nabla.Learning.Data;

/// <summary>Parts of a data set, as the numbers of their examples, each part in a random order.</summary>
public static class Splits
{
    /// <summary>
    /// Parts of <paramref name="count"/> examples, whose sizes are these shares of it; the shares add up to 1, and what
    /// rounding leaves over goes to the parts that lost most.
    /// </summary>
    /// <example><code>
    /// int[][] parts = Splits.Random(10, [0.7, 0.3], new Rng(1));
    /// parts[0].Length;                                  // = 7
    /// parts[0].Concat(parts[1]).Order();                // = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    /// </code></example>
    /// <exception cref="ArgumentException">A share is negative, or they do not add up to 1.</exception>
    public static int[][] Random(int count, ReadOnlySpan<double> shares, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int[] order = [.. Enumerable.Range(0, count)];
        rng.Copy().Shuffle<int>(order);
        return Cut(order, shares);
    }

    /// <summary>The same for each class by itself, so that the classes have the same shares in every part.</summary>
    /// <exception cref="ArgumentException">A share is negative, or they do not add up to 1.</exception>
    public static int[][] Stratified(ReadOnlySpan<int> labels, ReadOnlySpan<double> shares, Rng rng)
    {
        var parts = new List<int>[shares.Length];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = [];
        Rng draws = rng.Copy();
        foreach (int[] members in ByClass(labels, draws))
            foreach ((int part, int[] some) in Cut(members, shares).Index())
                parts[part].AddRange(some);
        return Array.ConvertAll(parts, part => Shuffled(part, draws));
    }

    /// <summary>
    /// <paramref name="folds"/> ways to hold out a part: every example is held out once, and the parts' sizes differ by
    /// one at most.
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer than 2 folds, or fewer examples than folds.</exception>
    public static IReadOnlyList<Fold> KFold(int count, int folds, Rng rng)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        rng.Copy().Shuffle<int>(order);
        return Folds(order, folds, rng.Copy());
    }

    /// <summary>The same with the classes' shares equal in all parts, but for one example.</summary>
    /// <exception cref="ArgumentException">There are fewer than 2 folds, or fewer examples than folds.</exception>
    public static IReadOnlyList<Fold> StratifiedKFold(ReadOnlySpan<int> labels, int folds, Rng rng)
    {
        Rng draws = rng.Copy();
        // One class after the other: dealing them out in turn gives each part its share of each.
        int[] order = [.. ByClass(labels, draws).SelectMany(members => members)];
        return Folds(order, folds, draws);
    }

    private static List<Fold> Folds(int[] order, int folds, Rng draws)
    {
        if (folds < 2 || folds > order.Length)
            throw new ArgumentException(
                $"Splits: {folds} folds of {order.Length} examples; expected 2 folds or more, and no more "
                + "than examples.");
        return [.. Enumerable.Range(0, folds).Select(fold => new Fold(
            Shuffled(order.Where((_, place) => place % folds != fold), draws),
            Shuffled(order.Where((_, place) => place % folds == fold), draws)))];
    }

    private static List<int[]> ByClass(ReadOnlySpan<int> labels, Rng draws)
    {
        int[] all = labels.ToArray();
        return [.. Enumerable.Range(0, all.Length).GroupBy(i => all[i]).OrderBy(group => group.Key)
            .Select(group => Shuffled(group, draws))];
    }

    private static int[] Shuffled(IEnumerable<int> items, Rng draws)
    {
        int[] order = [.. items];
        draws.Shuffle<int>(order);
        return order;
    }

    private static int[][] Cut(int[] order, ReadOnlySpan<double> shares)
    {
        double sum = 0;
        foreach (double share in shares)
            sum += share >= 0 ? share : double.NaN;
        if (!(Math.Abs(sum - 1) < 1e-6))
            throw new ArgumentException(
                $"Splits: shares [{string.Join(", ", shares.ToArray())}] must be 0 or more and add up to 1.");
        double[] exact = Array.ConvertAll(shares.ToArray(), share => share * order.Length);
        int[] sizes = Array.ConvertAll(exact, size => (int)Math.Floor(size + 1e-9));
        int left = order.Length - sizes.Sum();
        foreach (int part in Enumerable.Range(0, sizes.Length).OrderByDescending(i => exact[i] - sizes[i]).Take(left))
            sizes[part]++;
        var parts = new int[sizes.Length][];
        for (int part = 0, at = 0; part < parts.Length; at += sizes[part++])
            parts[part] = order[at..(at + sizes[part])];
        return parts;
    }
}

/// <summary>A way to hold out a part of the examples.</summary>
/// <param name="Training">The examples to learn from.</param>
/// <param name="HeldOut">The examples to be tested on.</param>
public sealed record Fold(int[] Training, int[] HeldOut);
