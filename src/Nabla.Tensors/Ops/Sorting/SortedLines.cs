namespace Nabla.Tensors.Ops;

/// <summary>
/// Orders of the lines of a tensor. A number and its index are packed into one whole number whose order is the one that
/// is wanted, so that equal numbers keep theirs; NaN is larger than any number.
/// </summary>
internal static class SortedLines
{
    /// <summary>
    /// For each line along a dimension the indices of its elements in order, in the layout of x with that dimension of
    /// size <paramref name="keep"/>.
    /// </summary>
    public static int[] Order(Tensor x, int dim, bool descending, int keep)
    {
        var lines = new DimensionLines(x.Shape, dim);
        ReadOnlySpan<float> numbers = x.Dense().AsSpan();
        var order = new int[lines.Outer * keep * lines.Inner];
        var keys = new ulong[lines.Length];
        for (int outer = 0; outer < lines.Outer; outer++)
            for (int inner = 0; inner < lines.Inner; inner++)
            {
                for (int i = 0; i < keys.Length; i++)
                    keys[i] = Key(numbers[outer * lines.Block + i * lines.Inner + inner], i, descending);
                Array.Sort(keys);
                for (int i = 0; i < keep; i++)
                    order[(outer * keep + i) * lines.Inner + inner] = (int)(uint)keys[i];
            }
        return order;
    }

    /// <summary>For each line the index of the first element that is largest, or smallest; NaN is both.</summary>
    public static int[] Extreme(Tensor x, int dim, bool largest)
    {
        var lines = new DimensionLines(x.Shape, dim);
        ReadOnlySpan<float> numbers = x.Dense().AsSpan();
        var places = new int[lines.Outer * lines.Inner];
        for (int line = 0; line < places.Length; line++)
        {
            int first = line / lines.Inner * lines.Block + line % lines.Inner, best = 0;
            float extreme = numbers[first];
            for (int i = 1; i < lines.Length && !float.IsNaN(extreme); i++)
            {
                float value = numbers[first + i * lines.Inner];
                if (float.IsNaN(value) || (largest ? value > extreme : value < extreme))
                    (best, extreme) = (i, value);
            }
            places[line] = best;
        }
        return places;
    }

    private static ulong Key(float value, int index, bool descending)
    {
        // Flipping bits makes the bits of floats order as unsigned numbers; + 0 makes one zero of two.
        int bits = BitConverter.SingleToInt32Bits(float.IsNaN(value) ? float.NaN : value + 0f);
        uint rank = float.IsNaN(value) ? uint.MaxValue : bits < 0 ? (uint)~bits : (uint)bits | 0x80000000;
        return (ulong)(descending ? ~rank : rank) << 32 | (uint)index;
    }
}
