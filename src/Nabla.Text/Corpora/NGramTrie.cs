namespace Nabla.Text.Corpora;

/// <summary>
/// The n-grams of a text as a tree: a node's children are the tokens that followed it. Children are found in one hash
/// table (open addressing) under (node, token), so the vocabulary may have any size. Node 0 is the empty n-gram.
/// </summary>
internal sealed class NGramTrie(int order, bool countsOccurrences)
{
    private const ulong Golden = 0x9E3779B97F4A7C15; // 2⁶⁴/φ: Knuth's multiplicative hash

    private ulong[] keys = new ulong[1 << 12];
    private int[] slots = new int[1 << 12]; // the node, 0 for an empty slot: the root is nobody's child
    private int[] parents = new int[1 << 11];
    private int[] adjusted = new int[1 << 11];
    private byte[] depths = new byte[1 << 11];

    /// <summary>Nodes, the root included.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>The n-gram without its last token.</summary>
    public int Parent(int node) => parents[node];

    /// <summary>The n of the n-gram.</summary>
    public int Depth(int node) => depths[node];

    /// <summary>
    /// How often the n-gram occurs, if it has the highest order or the trie counts occurrences; otherwise how many
    /// different tokens stand before it, the beginning of the text counting as one.
    /// </summary>
    public int Adjusted(int node) => adjusted[node];

    /// <summary>The n-gram with one token more, or −1 if it does not occur.</summary>
    public int Child(int node, int token)
    {
        int slot = FindSlot(Key(node, token));
        return slots[slot] == 0 ? -1 : slots[slot];
    }

    /// <summary>
    /// Counts all n-grams that end with <paramref name="token"/>. Before, <c>path[k]</c> is the node of the k tokens
    /// before it, for k = 0 … <paramref name="known"/> − 1; afterwards that of the k tokens up to and with it.
    /// </summary>
    public void Add(Span<int> path, int known, int token)
    {
        int shorter = 0;
        for (int k = 0; k < known; k++)
        {
            int node = GetOrAdd(path[k], token, out bool isNew);
            if (k > 0 && (isNew || countsOccurrences))
                adjusted[shorter]++; // one more token that stands before it
            path[k] = shorter;
            shorter = node;
        }
        adjusted[shorter]++; // an occurrence at the highest order; below it, the beginning of the text stands before it
        if (known < order)
            path[known] = shorter;
    }

    private int GetOrAdd(int node, int token, out bool isNew)
    {
        ulong key = Key(node, token);
        int slot = FindSlot(key);
        isNew = slots[slot] == 0;
        if (!isNew)
            return slots[slot];
        if (Count == parents.Length)
        {
            Array.Resize(ref parents, 2 * Count);
            Array.Resize(ref adjusted, 2 * Count);
            Array.Resize(ref depths, 2 * Count);
        }
        int child = Count++;
        (keys[slot], slots[slot]) = (key, child);
        (parents[child], depths[child]) = (node, (byte)(depths[node] + 1));
        if (2 * Count > slots.Length)
            Grow();
        return child;
    }

    private void Grow()
    {
        (ulong[] oldKeys, int[] oldSlots) = (keys, slots);
        keys = new ulong[2 * oldKeys.Length];
        slots = new int[2 * oldSlots.Length];
        for (int i = 0; i < oldSlots.Length; i++)
        {
            if (oldSlots[i] == 0)
                continue;
            int slot = FindSlot(oldKeys[i]);
            (keys[slot], slots[slot]) = (oldKeys[i], oldSlots[i]);
        }
    }

    private static ulong Key(int node, int token) => ((ulong)(uint)node << 32) | (uint)token;

    private int FindSlot(ulong key)
    {
        int mask = slots.Length - 1;
        ulong mixed = (key ^ (key >> 29)) * Golden;
        int slot = (int)(mixed >> 32) & mask;
        while (slots[slot] != 0 && keys[slot] != key)
            slot = (slot + 1) & mask;
        return slot;
    }
}
