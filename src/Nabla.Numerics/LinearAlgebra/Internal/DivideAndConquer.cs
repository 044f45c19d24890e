using System.Numerics;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>
/// Eigenvalues or singular values by halves (Cuppen 1981; Gu and Eisenstat 1995): solve both halves, then what couples
/// them is D + z·zᵀ with a diagonal D, whose eigenvalues are the roots of a secular equation.
/// </summary>
/// <remarks>
/// <para>Slots start … end − 1 belong to a part: each has a number in <see cref="Values"/> and rows of vectors.</para>
/// <para>Most of the time goes into the products that turn the vectors of the halves into those of the whole, and a
/// good part of these is saved by deflation: where zᵢ is tiny, or two numbers are nearly equal, the vector of a half is
/// one of the whole.</para>
/// <para>Vectors stay orthogonal because they are not those of z but of the ẑ whose exact eigenvalues the computed
/// roots are (Gu and Eisenstat 1994).</para>
/// </remarks>
internal abstract class DivideAndConquer<T, TGap>(int count, double tolerance)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TGap : struct, IGap
{
    private const int MostInSubtree = 96; // solved by one thread each
    private readonly int[] order = new int[count];
    private readonly Merge<T, TGap> merge = new(count);

    /// <summary>The numbers by slot.</summary>
    public double[] Values { get; } = new double[count];

    /// <summary>The slots by ascending numbers.</summary>
    public ReadOnlySpan<int> Order => order;

    /// <summary>What is no more than this is taken as zero.</summary>
    protected double Tolerance => tolerance;

    /// <summary>zᵢ by slot, and whether it belongs to the first half, the second or both.</summary>
    protected Merge<T, TGap> Coupling => merge;

    /// <summary>Solves all.</summary>
    public void Solve()
    {
        List<IndexRange> subtrees = [];
        Collect(new IndexRange(0, count), subtrees);
        WorkerPool.Run(subtrees.Count, new Subtrees(this, [.. subtrees]));
        SolveAbove(new IndexRange(0, count));
    }

    /// <summary>The slots of the two halves; at most one slot lies between them.</summary>
    protected abstract (IndexRange First, IndexRange Second) Halves(IndexRange part);

    /// <summary>Whether a part is solved without halves, which it then is.</summary>
    protected abstract bool TrySolve(IndexRange part);

    /// <summary>
    /// Sets z of the part's slots, and the numbers that are no half's; returns below what |z| is zero.
    /// </summary>
    protected abstract double Couple(IndexRange part, IndexRange first, IndexRange second);

    /// <summary>Rotates two slots' vectors.</summary>
    protected abstract void Rotate(IndexRange part, (int X, int Y) slots, double c, double s);

    /// <summary>Takes out a slot whose number is next to zero, where that is special.</summary>
    protected virtual bool TryDeflateZero(IndexRange part, int slot) => false;

    /// <summary>Whether a slot stays in the equation however small its z is.</summary>
    protected virtual bool MustKeep(IndexRange part, int slot) => false;

    /// <summary>Turns the halves' vectors into the whole's, and leaves room for the roots in the first slots.</summary>
    protected abstract void Combine(IndexRange part, IndexRange first, IndexRange second);

    /// <summary>The number that a root stands for.</summary>
    protected abstract double Number(double pole, double offset);

    private void Collect(IndexRange part, List<IndexRange> subtrees)
    {
        if (part.Count <= MostInSubtree)
        {
            subtrees.Add(part);
            return;
        }
        (IndexRange first, IndexRange second) = Halves(part);
        Collect(first, subtrees);
        Collect(second, subtrees);
    }

    private void SolveAbove(IndexRange part)
    {
        if (part.Count <= MostInSubtree)
            return;
        (IndexRange first, IndexRange second) = Halves(part);
        SolveAbove(first);
        SolveAbove(second);
        Merge(part, first, second);
    }

    private void SolveSubtree(IndexRange part)
    {
        if (TrySolve(part))
        {
            if (part.Count > 0)
                order[part.Start] = part.Start;
            return;
        }
        (IndexRange first, IndexRange second) = Halves(part);
        SolveSubtree(first);
        SolveSubtree(second);
        Merge(part, first, second);
    }

    private void Merge(IndexRange part, IndexRange first, IndexRange second)
    {
        double smallest = Couple(part, first, second);
        SortTogether(part, first, second);
        Deflate(part, smallest);
        merge.FindRoots(part);
        Combine(part, first, second);
        for (int i = 0; i < merge.Kept(part).Length; i++)
        {
            SecularRoot root = merge.Roots(part)[i];
            Values[part.Start + i] = Number(merge.Poles(part)[root.Origin], root.Offset);
        }
        SortSlots(part);
    }

    /// <summary>The order of all the part's slots from the orders of its halves and the slot between.</summary>
    private void SortTogether(IndexRange part, IndexRange first, IndexRange second)
    {
        Span<int> sorted = merge.Sorted(part);
        int at = 0, i = first.Start, j = second.Start;
        if (first.End < second.Start)
            sorted[at++] = first.End;
        while (i < first.End || j < second.End)
            sorted[at++] = j == second.End || (i < first.End && Values[order[i]] <= Values[order[j]])
                ? order[i++] : order[j++];
    }

    /// <summary>
    /// Divides the slots into those that stay in the secular equation and those that are done: |zᵢ| ≤ smallest, or zᵢ
    /// rotated away into a neighbour whose number is so near that the rotation changes no more than the tolerance.
    /// </summary>
    private void Deflate(IndexRange part, double smallest)
    {
        merge.Begin(part);
        double[] z = merge.Z;
        int last = -1;
        foreach (int slot in merge.Sorted(part))
        {
            if (TryDeflateZero(part, slot))
                merge.Drop(part, slot, Values[slot]);
            else if (Math.Abs(z[slot]) <= smallest && !MustKeep(part, slot))
                merge.Drop(part, slot, Values[slot]);
            else if (last < 0 || MustKeep(part, last) || !TryRotateAway(part, last, slot))
            {
                if (last >= 0)
                    merge.Keep(part, last, Values[last]);
                last = slot;
            }
            else
            {
                merge.Drop(part, last, Values[last]);
                last = slot;
            }
        }
        if (last >= 0)
            merge.Keep(part, last, Values[last]);
    }

    private bool TryRotateAway(IndexRange part, int x, int y)
    {
        double[] z = merge.Z;
        double length = double.Hypot(z[x], z[y]), c = z[y] / length, s = -z[x] / length;
        if (Math.Abs((Values[y] - Values[x]) * c * s) > Tolerance)
            return false;
        (z[x], z[y]) = (0, length);
        Rotate(part, (x, y), c, s);
        merge.Mix(x, y);
        (Values[x], Values[y]) =
            (Values[x] * c * c + Values[y] * s * s, Values[x] * s * s + Values[y] * c * c);
        return true;
    }

    /// <summary>
    /// After a merge: roots stand in the first slots in ascending order, what was dropped after them.
    /// </summary>
    private void SortSlots(IndexRange part)
    {
        ReadOnlySpan<double> dropped = merge.DroppedValues(part);
        int roots = merge.Kept(part).Length;
        for (int i = 0; i < dropped.Length; i++)
            Values[part.Start + roots + i] = dropped[i];
        Span<int> slots = order.AsSpan(part.Start, part.Count);
        for (int i = 0; i < slots.Length; i++)
            slots[i] = part.Start + i;
        slots[roots..].Sort((a, b) => Values[a].CompareTo(Values[b]));
        Span<int> sorted = merge.Sorted(part);
        slots.CopyTo(sorted);
        for (int at = 0, i = 0, j = roots; at < slots.Length; at++)
            slots[at] = j == slots.Length || (i < roots && Values[sorted[i]] <= Values[sorted[j]])
                ? sorted[i++] : sorted[j++];
    }

    private readonly struct Subtrees(DivideAndConquer<T, TGap> all, IndexRange[] parts) : IParallelBody
    {
        public void Run(int piece) => all.SolveSubtree(parts[piece]);
    }
}
