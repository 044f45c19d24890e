namespace Nabla.Numerics.Lanes;

/// <summary>Reductions of one row that sits in cache.</summary>
internal static unsafe class LaneRow
{
    /// <summary>The largest element; NaN if any is NaN, −∞ for an empty row.</summary>
    public static float Max<L>(float* x, int length) where L : struct, ILane<L>, IReal<L>
    {
        L lowest = double.NegativeInfinity, even = lowest, odd = lowest;
        int i = 0;
        for (int last = length - 2 * L.Count; i <= last; i += 2 * L.Count)
        {
            even = L.Max(even, L.Load(x + i, L.Count));
            odd = L.Max(odd, L.Load(x + i + L.Count, L.Count));
        }
        for (; i < length; i += L.Count)
        {
            int count = Math.Min(L.Count, length - i);
            even = L.Max(even, L.First(L.Load(x + i, count), count, lowest));
        }
        return L.MaxAcross(L.Max(even, odd));
    }
}
