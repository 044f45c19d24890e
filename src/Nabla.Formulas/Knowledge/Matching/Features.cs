using Nabla.Formulas.Knowledge.Gists;

namespace Nabla.Formulas.Knowledge.Matching;

/// <summary>
/// What a reading has in common with others like it: hashes of its subtrees, and of who stands above whom.
/// </summary>
internal static class Features
{
    private const int Pair = 1, Whole = 2;

    public static HashSet<int> Of(Reading reading)
    {
        var features = new HashSet<int>();
        Collect(reading.Right, features);
        if (reading.Left is { IsLeaf: false } left)
            Collect(left, features);
        features.Add(HashCode.Combine(Whole, reading.Right.Shape));
        return features;
    }

    private static void Collect(Gist gist, HashSet<int> features)
    {
        if (gist.Children.Length == 0)
        {
            if (!gist.IsLeaf)
                features.Add(gist.Shape);
            return;
        }
        features.Add(gist.Shape);
        int op = StringComparer.Ordinal.GetHashCode(gist.Op);
        foreach (Gist child in gist.Children)
        {
            features.Add(HashCode.Combine(Pair, op, StringComparer.Ordinal.GetHashCode(child.Op)));
            Collect(child, features);
        }
    }
}
