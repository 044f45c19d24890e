using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Lanes;

/// <summary>
/// A running sum and what rounding took from it (Neumaier 1974; the branch-free two-sum is Knuth's), lane by lane.
/// </summary>
internal struct Compensated<L> where L : struct, ILane<L>, IReal<L>
{
    private L sum, lost;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(L x)
    {
        L next = sum + x;
        L taken = next - sum;
        lost += (sum - (next - taken)) + (x - taken);
        sum = next;
    }

    /// <summary>Takes another running sum in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Compensated<L> other)
    {
        Add(other.sum);
        lost += other.lost;
    }

    /// <summary>The sums lane by lane, rounded to float.</summary>
    public readonly L Rounded
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        // Once a sum is infinite or NaN, what was lost is NaN: lost − lost tells, and the sum alone is right.
        get => sum + L.WherePositive(1 + (lost - lost), lost, default);
    }

    /// <summary>The sum of all lanes in double, in order.</summary>
    public readonly unsafe double Total()
    {
        float* sums = stackalloc float[16], rests = stackalloc float[16];
        L.Store(sum, sums, L.Count);
        L.Store(lost, rests, L.Count);
        double total = 0;
        for (int i = 0; i < L.Count; i++)
            total += float.IsFinite(rests[i]) ? (double)sums[i] + rests[i] : sums[i];
        return total;
    }
}
