namespace Nabla.Tensors.Memory;

/// <summary>
/// The arrays behind shapes and strides. They never change and a training step makes the same ones again and again, so
/// equal ones are one array, as long as no other takes its place in the table.
/// </summary>
internal static class SharedInts
{
    private static readonly int[]?[] Known = new int[]?[4096];

    /// <summary>An array with these values, which must not be written to.</summary>
    public static int[] Of(ReadOnlySpan<int> values)
    {
        if (values.IsEmpty)
            return [];
        uint hash = 0;
        foreach (int value in values)
            hash = (hash ^ (uint)value) * 0x9E3779B1; // 2³²/φ: Knuth's multiplicative hashing
        ref int[]? place = ref Known[hash >> 20];
        int[]? known = Volatile.Read(ref place);
        if (known is not null && values.SequenceEqual(known))
            return known;
        known = values.ToArray();
        Volatile.Write(ref place, known);
        return known;
    }
}
