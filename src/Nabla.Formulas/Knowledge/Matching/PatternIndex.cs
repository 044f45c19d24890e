namespace Nabla.Formulas.Knowledge.Matching;

/// <summary>
/// Finds the patterns that a reading may be: those that share its rare features, and those all of whose features it
/// has.
/// </summary>
internal sealed class PatternIndex
{
    private const int Whole = 8, Parts = 4;

    // Below these a closer look has never found anything.
    private const double LeastAlike = 0.2, LeastCovered = 0.6;

    private readonly Pattern[] patterns;
    private readonly Dictionary<ulong, Posting> postings = [];
    private readonly double[] lengths;
    private readonly ILookup<string, int> named, lettered, spoken;

    public PatternIndex(IEnumerable<Pattern> patterns)
    {
        this.patterns = [.. patterns];
        var features = Array.ConvertAll(this.patterns, pattern => Features.Of(pattern.Reading));
        foreach (ulong feature in features.SelectMany(each => each))
        {
            if (!postings.TryGetValue(feature, out Posting? posting))
                postings[feature] = posting = new Posting();
            posting.Count++;
        }
        named = this.patterns.SelectMany((pattern, i) => pattern.Names.Own.Select(name => (name, i)))
            .ToLookup(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        lettered = this.patterns.SelectMany((pattern, i) => pattern.Reading.Letters.Select(letter => (letter, i)))
            .ToLookup(pair => pair.letter, pair => pair.i, StringComparer.Ordinal);
        spoken = this.patterns.SelectMany((pattern, i) => pattern.Reading.Spoken.Select(word => (word, i)))
            .ToLookup(pair => pair.word, pair => pair.i, StringComparer.Ordinal);
        lengths = new double[this.patterns.Length];
        for (int i = 0; i < this.patterns.Length; i++)
        {
            foreach (ulong feature in features[i])
            {
                Posting posting = postings[feature];
                posting.Rarity = Math.Log(1 + (double)this.patterns.Length / posting.Count);
                posting.Patterns.Add(i);
                lengths[i] += posting.Rarity * posting.Rarity;
            }
        }
    }

    /// <summary>The few patterns that are worth a closer look.</summary>
    public IEnumerable<Pattern> Candidates(Reading reading)
    {
        var shared = new double[patterns.Length];
        var touched = new List<int>();
        double length = 0;
        double unknown = Math.Log(1 + patterns.Length);
        foreach (ulong feature in Features.Of(reading))
        {
            double rarity = unknown;
            if (postings.TryGetValue(feature, out Posting? posting))
            {
                rarity = posting.Rarity;
                foreach (int i in posting.Patterns)
                {
                    if (shared[i] == 0)
                        touched.Add(i);
                    shared[i] += rarity * rarity;
                }
            }
            length += rarity * rarity;
        }
        int[] letters = Common(reading.Letters, lettered), words = Common(reading.Spoken, spoken);
        var wholes = new BestFew(Whole);
        var parts = new BestFew(Parts);
        foreach (int i in touched)
        {
            double alike = shared[i] / Math.Sqrt(length * lengths[i]);
            if (alike >= LeastAlike)
                wholes.Add(i, alike + OfLetters(reading, i, letters[i]) + OfWords(reading, words[i]));
            if (shared[i] >= LeastCovered * lengths[i] && patterns[i].Reading.Right.Weight >= Comparison.LeastPart)
                parts.Add(i, shared[i] / lengths[i]);
        }
        return wholes.Items.Union(parts.Items).Union(reading.Titles.SelectMany(word => named[word]))
            .Select(i => patterns[i]);
    }

    // How many of the reading's letters or words each pattern has.
    private int[] Common(HashSet<string> mine, ILookup<string, int> theirs)
    {
        var common = new int[patterns.Length];
        foreach (string one in mine)
        {
            foreach (int i in theirs[one])
                common[i]++;
        }
        return common;
    }

    private static double OfWords(Reading reading, int common) =>
        common == 0 ? 0 : 0.3 * common / reading.Spoken.Count;

    // Of many patterns of one shape, y = Wx and F = ma, the letters decide.
    private double OfLetters(Reading reading, int i, int common)
    {
        int all = reading.Letters.Count + patterns[i].Reading.Letters.Count - common;
        double letters = all == 0 ? 0 : 0.3 * common / all;
        return patterns[i].IsNamed(reading.Words) ? letters + 0.5 : letters;
    }

    // The few with the highest scores, the best first.
    private sealed class BestFew(int most)
    {
        private readonly List<(int Item, double Score)> best = new(most + 1);

        public IEnumerable<int> Items => best.Select(pair => pair.Item);

        public void Add(int item, double score)
        {
            if (best.Count == most && score <= best[^1].Score)
                return;
            int place = best.Count;
            while (place > 0 && best[place - 1].Score < score)
                place--;
            best.Insert(place, (item, score));
            if (best.Count > most)
                best.RemoveAt(most);
        }
    }

    // Where a feature occurs. There are a hundred thousand places, so it is counted in place.
    private sealed class Posting
    {
        public int Count { get; set; }

        public double Rarity { get; set; }

        public List<int> Patterns { get; } = [];
    }
}
