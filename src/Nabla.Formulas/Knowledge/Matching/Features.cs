using Nabla.Formulas.Knowledge.Gists;

namespace Nabla.Formulas.Knowledge.Matching;

/// <summary>
/// What a reading has in common with others like it: hashes of its subtrees, and of who stands above whom.
/// </summary>
internal static class Features
{
    private const ulong Pair = 1, Whole = 2;

    public static HashSet<ulong> Of(Reading reading)
    {
        var features = new HashSet<ulong>(2 * (reading.Size + reading.LeftSize));
        Collect(reading.Right, features);
        if (reading.Left is { IsLeaf: false } left)
            Collect(left, features);
        features.Add(StableHash.Of(Whole, reading.Right.Shape, 0));
        return features;
    }

    private static void Collect(Gist gist, HashSet<ulong> features)
    {
        if (gist.Children.Length == 0)
        {
            if (!gist.IsLeaf)
                features.Add(gist.Shape);
            return;
        }
        features.Add(gist.Shape);
        ulong op = StableHash.Of(gist.Op);
        foreach (Gist child in gist.Children)
        {
            features.Add(StableHash.Of(Pair, op, StableHash.Of(child.Op)));
            Collect(child, features);
        }
    }
}
