using Nabla.Numerics;

namespace Nabla.Learning.Data;

/// <summary>What can be done where some classes are rare.</summary>
public static class ClassBalance
{
    /// <summary>How many examples each class has.</summary>
    /// <example><code>
    /// ClassBalance.Counts([0, 0, 2, 0], 3);      // = [3, 0, 1]
    /// </code></example>
    /// <exception cref="ArgumentException">A label is none of the classes.</exception>
    public static int[] Counts(ReadOnlySpan<int> labels, int classes)
    {
        var counts = new int[classes];
        foreach (int label in labels)
            counts[(uint)label < (uint)classes ? label : throw new ArgumentException(
                $"ClassBalance: label {label} is none of {classes} classes, 0 to {classes - 1}.")]++;
        return counts;
    }

    /// <summary>
    /// A weight for each class that makes all count the same in a loss: w_c = N/(K·n_c), K the number of classes that
    /// occur; 0 for one that does not. scikit-learn's "balanced" (King and Zeng 2001).
    /// </summary>
    /// <example><code>
    /// ClassBalance.Weights([0, 0, 1, 0], 2);      // = [0.6667, 2]
    /// 4.0 / (2 * 3);                              // = 0.6667
    /// </code></example>
    /// <exception cref="ArgumentException">A label is none of the classes.</exception>
    public static float[] Weights(ReadOnlySpan<int> labels, int classes)
    {
        int[] counts = Counts(labels, classes);
        int occurring = counts.Count(count => count > 0), all = labels.Length;
        return Array.ConvertAll(counts, count => count == 0 ? 0 : (float)((double)all / occurring / count));
    }

    /// <summary>
    /// Examples with all classes equally frequent, in a random order: every example once, and of the rarer classes some
    /// again, drawn without preference.
    /// </summary>
    public static int[] Oversampled(ReadOnlySpan<int> labels, Rng rng)
    {
        int[] all = labels.ToArray();
        IGrouping<int, int>[] classes =
            [.. Enumerable.Range(0, all.Length).GroupBy(i => all[i]).OrderBy(group => group.Key)];
        int most = classes.Length == 0 ? 0 : classes.Max(group => group.Count());
        Rng draws = rng.Copy();
        var chosen = new List<int>();
        foreach (IGrouping<int, int> group in classes)
            chosen.AddRange(Enlarged([.. group], most, draws));
        int[] result = [.. chosen];
        draws.Shuffle<int>(result);
        return result;
    }

    // Whole copies first, so that two examples of a class never differ by more than one occurrence.
    private static IEnumerable<int> Enlarged(int[] members, int count, Rng draws)
    {
        for (int done = 0; done < count; done += members.Length)
        {
            draws.Shuffle<int>(members);
            foreach (int member in members.Take(count - done))
                yield return member;
        }
    }
}
