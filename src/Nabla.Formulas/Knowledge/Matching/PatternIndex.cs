namespace Nabla.Formulas.Knowledge.Matching;

/// <summary>
/// Finds the patterns that a reading may be: those that share its rare features, and those all of whose features it
/// has.
/// </summary>
internal sealed class PatternIndex
{
    private const int Whole = 5, Parts = 3;

    private readonly Pattern[] patterns;
    private readonly Dictionary<int, Posting> postings = [];
    private readonly double[] lengths;

    public PatternIndex(IEnumerable<Pattern> patterns)
    {
        this.patterns = [.. patterns];
        var features = Array.ConvertAll(this.patterns, pattern => Features.Of(pattern.Reading));
        foreach (int feature in features.SelectMany(each => each))
        {
            if (!postings.TryAdd(feature, new Posting(1, 0, [])))
                postings[feature] = postings[feature] with { Count = postings[feature].Count + 1 };
        }
        lengths = new double[this.patterns.Length];
        for (int i = 0; i < this.patterns.Length; i++)
        {
            foreach (int feature in features[i])
            {
                Posting posting = postings[feature];
                double rarity = Math.Log(1 + (double)this.patterns.Length / posting.Count);
                postings[feature] = posting with { Rarity = rarity };
                posting.Patterns.Add(i);
                lengths[i] += rarity * rarity;
            }
        }
    }

    /// <summary>The few patterns that are worth a closer look.</summary>
    public IEnumerable<Pattern> Candidates(Reading reading)
    {
        var shared = new double[patterns.Length];
        double length = 0;
        double unknown = Math.Log(1 + patterns.Length);
        foreach (int feature in Features.Of(reading))
        {
            double rarity = unknown;
            if (postings.TryGetValue(feature, out Posting? posting))
            {
                rarity = posting.Rarity;
                foreach (int i in posting.Patterns)
                    shared[i] += rarity * rarity;
            }
            length += rarity * rarity;
        }
        return Best(shared, i => shared[i] / Math.Sqrt(length * lengths[i]) + Letters(reading, i), Whole)
            .Union(Best(shared, i => shared[i] / lengths[i], Parts)).Select(i => patterns[i]);
    }

    // Of many patterns of one shape, y = Wx and F = ma, the letters decide.
    private double Letters(Reading reading, int i)
    {
        ulong theirs = patterns[i].Reading.Letters;
        int all = System.Numerics.BitOperations.PopCount(reading.Letters | theirs);
        double letters = all == 0 ? 0 : 0.3 * System.Numerics.BitOperations.PopCount(reading.Letters & theirs) / all;
        return patterns[i].Names.Overlaps(reading.Words) ? letters + 0.5 : letters;
    }

    private static List<int> Best(double[] shared, Func<int, double> score, int count)
    {
        var queue = new PriorityQueue<int, double>();
        for (int i = 0; i < shared.Length; i++)
        {
            if (shared[i] <= 0)
                continue;
            if (queue.Count < count)
                queue.Enqueue(i, score(i));
            else
                queue.EnqueueDequeue(i, score(i));
        }
        var best = new List<int>();
        while (queue.TryDequeue(out int i, out _))
            best.Add(i);
        best.Reverse();
        return best;
    }

    private sealed record Posting(int Count, double Rarity, List<int> Patterns);
}
