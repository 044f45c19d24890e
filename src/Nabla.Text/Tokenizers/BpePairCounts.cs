using System.Runtime.InteropServices;

namespace Nabla.Text.Tokenizers;

/// <summary>
/// The words of a text as lists of ids, how often each pair of neighbours occurs in them, and where. The most frequent
/// pair comes from a heap whose entries may be out of date: one that is gets its count of now and goes back.
/// </summary>
internal sealed class BpePairCounts
{
    private readonly List<Word> words = [];
    private readonly Dictionary<(int Left, int Right), Pair> pairs = [];
    private PriorityQueue<(int Left, int Right), (long Count, int Left, int Right)>? heap;

    private struct Word
    {
        public int[] Ids;
        public int Length;
        public long Count;
    }

    private sealed class Pair
    {
        public readonly List<int> Words = []; // may name a word that has lost the pair since
        public long Count;
    }

    public void AddWord(int[] ids, long count)
    {
        for (int i = 0; i + 1 < ids.Length; i++)
            Change(ids[i], ids[i + 1], count, words.Count);
        words.Add(new Word { Ids = ids, Length = ids.Length, Count = count });
    }

    /// <summary>
    /// The pair with the highest count, of those with the lowest ids; null if none occurs often enough.
    /// </summary>
    public (int Left, int Right)? TakeMostFrequent(long minimumCount)
    {
        heap ??= Heap();
        while (heap.TryDequeue(out (int Left, int Right) pair, out (long Count, int Left, int Right) entry))
        {
            long count = pairs.TryGetValue(pair, out Pair? found) ? found.Count : 0; // 0: merged already
            if (count < Math.Max(1, minimumCount))
                continue;
            if (count == entry.Count)
                return pair;
            heap.Enqueue(pair, (count, pair.Left, pair.Right));
        }
        return null;
    }

    /// <summary>Replaces the pair by a new token in every word, from left to right.</summary>
    public void Merge(int left, int right, int id)
    {
        pairs.Remove((left, right), out Pair? merged);
        var grown = new HashSet<(int Left, int Right)>();
        Span<Word> span = CollectionsMarshal.AsSpan(words);
        foreach (int w in merged!.Words)
            MergeIn(ref span[w], w, (left, right, id), grown);
        pairs.Remove((left, right));
        foreach ((int Left, int Right) pair in grown)
            if (pairs.TryGetValue(pair, out Pair? found) && found.Count > 0)
                heap!.Enqueue(pair, (found.Count, pair.Left, pair.Right));
    }

    private void MergeIn(
        ref Word word, int index, (int Left, int Right, int Id) merge, HashSet<(int Left, int Right)> grown)
    {
        int[] ids = word.Ids;
        int kept = 0;
        for (int i = 0; i < word.Length; i++)
        {
            if (i + 1 == word.Length || ids[i] != merge.Left || ids[i + 1] != merge.Right)
            {
                ids[kept++] = ids[i];
                continue;
            }
            if (kept > 0)
            {
                Change(ids[kept - 1], merge.Left, -word.Count, index);
                Change(ids[kept - 1], merge.Id, word.Count, index);
                grown.Add((ids[kept - 1], merge.Id));
            }
            if (i + 2 < word.Length)
            {
                Change(merge.Right, ids[i + 2], -word.Count, index);
                Change(merge.Id, ids[i + 2], word.Count, index);
                grown.Add((merge.Id, ids[i + 2]));
            }
            ids[kept++] = merge.Id;
            i++;
        }
        word.Length = kept;
    }

    private void Change(int left, int right, long by, int word)
    {
        ref Pair? pair = ref CollectionsMarshal.GetValueRefOrAddDefault(pairs, (left, right), out _);
        pair ??= new Pair();
        pair.Count += by;
        if (by > 0 && (pair.Words.Count == 0 || pair.Words[^1] != word))
            pair.Words.Add(word);
    }

    private PriorityQueue<(int Left, int Right), (long Count, int Left, int Right)> Heap()
    {
        var order = Comparer<(long Count, int Left, int Right)>.Create((a, b) =>
            a.Count != b.Count ? b.Count.CompareTo(a.Count)
            : a.Left != b.Left ? a.Left.CompareTo(b.Left)
            : a.Right.CompareTo(b.Right));
        return new(pairs.Select(p => (p.Key, (p.Value.Count, p.Key.Left, p.Key.Right))), order);
    }
}
