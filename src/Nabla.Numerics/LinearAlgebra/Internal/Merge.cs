using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>Which half a vector lies in.</summary>
internal enum Side : byte
{
    First,
    Both,
    Second,
}

/// <summary>
/// The work of one merge: which slots take part, the roots, and the coefficients of the new vectors in the old ones. It
/// has room for all parts, each at its own indices, so that several parts can be merged at once.
/// </summary>
internal sealed class Merge<T, TGap>(int count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TGap : struct, IGap
{
    private const int RootsInPiece = 16;
    private readonly Side[] sides = new Side[count];
    private readonly int[] sorted = new int[count], kept = new int[count], dropped = new int[count];
    private readonly int[] grouped = new int[count]; // positions of kept slots, first half's first
    private readonly int[] keptCount = new int[count], droppedCount = new int[count];
    private readonly double[] poles = new double[count], weights = new double[count], refined = new double[count];
    private readonly double[] groupedPoles = new double[count], groupedZ = new double[count];
    private readonly double[] droppedValues = new double[count];
    private readonly SecularRoot[] roots = new SecularRoot[count];

    /// <summary>The coupling by slot.</summary>
    public double[] Z { get; } = new double[count];

    public Span<int> Sorted(IndexRange part) => sorted.AsSpan(part.Start, part.Count);

    /// <summary>The slots in the secular equation, by ascending poles.</summary>
    public ReadOnlySpan<int> Kept(IndexRange part) => kept.AsSpan(part.Start, keptCount[part.Start]);

    public ReadOnlySpan<int> Dropped(IndexRange part) => dropped.AsSpan(part.Start, droppedCount[part.Start]);

    public ReadOnlySpan<double> DroppedValues(IndexRange part) =>
        droppedValues.AsSpan(part.Start, droppedCount[part.Start]);

    public ReadOnlySpan<double> Poles(IndexRange part) => poles.AsSpan(part.Start, keptCount[part.Start]);

    public ReadOnlySpan<SecularRoot> Roots(IndexRange part) => roots.AsSpan(part.Start, keptCount[part.Start]);

    public void SetSide(int slot, Side side) => sides[slot] = side;

    public void Begin(IndexRange part) => (keptCount[part.Start], droppedCount[part.Start]) = (0, 0);

    /// <summary>Notes that the vectors of two slots were rotated into each other.</summary>
    public void Mix(int x, int y)
    {
        if (sides[x] != sides[y])
            (sides[x], sides[y]) = (Side.Both, Side.Both);
    }

    public void Drop(IndexRange part, int slot, double value)
    {
        int at = part.Start + droppedCount[part.Start]++;
        (dropped[at], droppedValues[at]) = (slot, value);
    }

    public void Keep(IndexRange part, int slot, double pole)
    {
        int at = part.Start + keptCount[part.Start]++;
        (kept[at], poles[at], weights[at]) = (slot, pole, Z[slot] * Z[slot]);
    }

    /// <summary>The roots, and ẑ.</summary>
    public void FindRoots(IndexRange part)
    {
        int start = part.Start, number = keptCount[start];
        WorkerPool.RunChunks(number, RootsInPiece, new RootPieces(this, start, number));
        WorkerPool.RunChunks(number, RootsInPiece, new RefinedPieces(this, start, number));
        int at = start;
        for (Side side = Side.First; side <= Side.Second; side++)
            for (int i = 0; i < number; i++)
                if (sides[kept[start + i]] == side)
                {
                    grouped[at] = i;
                    (groupedPoles[at], groupedZ[at]) = (poles[start + i], refined[start + i]);
                    at++;
                }
    }

    /// <summary>Kept slots by half: those with a share in the first, those with one in the second.</summary>
    public (int[] First, int[] Second) SlotsByHalf(IndexRange part)
    {
        int number = keptCount[part.Start];
        int[] slots = new int[number];
        int inFirst = 0, notInSecond = 0;
        for (int i = 0; i < number; i++)
        {
            slots[i] = kept[part.Start + grouped[part.Start + i]];
            inFirst += sides[slots[i]] != Side.Second ? 1 : 0;
            notInSecond += sides[slots[i]] == Side.First ? 1 : 0;
        }
        return (slots[..inFirst], slots[notInSecond..]);
    }

    /// <summary>
    /// Row j: the unit vector with components ∝ ẑᵢ / (pᵢ − λⱼ) over the kept slots in the order of their halves.
    /// </summary>
    /// <param name="part">Which part.</param>
    /// <param name="left">
    /// Left singular vectors: ∝ pᵢ·ẑᵢ / (pᵢ² − λⱼ), and −1 for the first pole, which is 0.
    /// </param>
    /// <param name="memory">Room for all rows.</param>
    public Block<T> Coefficients(IndexRange part, bool left, T[] memory)
    {
        int number = keptCount[part.Start], offset = part.Start * count;
        WorkerPool.RunChunks(number, RootsInPiece, new CoefficientPieces(this, part.Start, left, memory));
        return new Block<T>(memory.AsSpan(offset, number * number), number, number);
    }

    private readonly struct RootPieces(Merge<T, TGap> merge, int start, int number) : IChunkBody
    {
        public void Run(int first, int end)
        {
            double[] scratch = ArrayPool<double>.Shared.Rent(number);
            Span<double> distances = scratch.AsSpan(0, number);
            for (int i = first; i < end; i++)
                merge.roots[start + i] = SecularEquation<TGap>.Root(
                    merge.poles.AsSpan(start, number), merge.weights.AsSpan(start, number), i, distances);
            ArrayPool<double>.Shared.Return(scratch);
        }
    }

    /// <summary>ẑᵢ² = Πⱼ (λⱼ − pᵢ) / Π_{j≠i} (pⱼ − pᵢ) (Löwner), with the sign of zᵢ.</summary>
    private readonly struct RefinedPieces(Merge<T, TGap> merge, int start, int number) : IChunkBody
    {
        public void Run(int first, int end)
        {
            ReadOnlySpan<double> poles = merge.poles.AsSpan(start, number);
            ReadOnlySpan<SecularRoot> roots = merge.roots.AsSpan(start, number);
            int i = first;
            for (; i + Vector<double>.Count <= end; i += Vector<double>.Count)
            {
                var own = new Vector<double>(poles[i..]);
                Vector<double> product = Vector<double>.One;
                for (int j = 0; j < poles.Length; j++)
                {
                    Vector<double> toPole = TGap.Between(own, new Vector<double>(poles[j]));
                    Vector<double> toOrigin = TGap.Between(own, new Vector<double>(poles[roots[j].Origin]));
                    Vector<double> toRoot = toOrigin - new Vector<double>(roots[j].Offset);
                    product *= toRoot / Vector.ConditionalSelect(
                        Vector.Equals(toPole, Vector<double>.Zero), Vector<double>.One, toPole);
                }
                for (int lane = 0; lane < Vector<double>.Count; lane++)
                    Set(i + lane, product[lane]);
            }
            for (; i < end; i++)
            {
                double product = 1;
                for (int j = 0; j < poles.Length; j++)
                    product *= (TGap.Between(poles[i], poles[roots[j].Origin]) - roots[j].Offset)
                        / (j == i ? 1 : TGap.Between(poles[i], poles[j]));
                Set(i, product);
            }
        }

        private void Set(int i, double square) => merge.refined[start + i] =
            Math.CopySign(Math.Sqrt(Math.Abs(square)), merge.Z[merge.kept[start + i]]);
    }

    private readonly struct CoefficientPieces(Merge<T, TGap> merge, int start, bool left, T[] memory) : IChunkBody
    {
        public void Run(int first, int end)
        {
            int number = merge.keptCount[start];
            double[] scratch = ArrayPool<double>.Shared.Rent(number);
            Span<double> row = scratch.AsSpan(0, number);
            for (int j = first; j < end; j++)
            {
                SecularRoot root = merge.roots[start + j];
                Fill(row, merge.poles[start + root.Origin], root.Offset);
                double scale = 1 / Math.Sqrt(Vectors.Dot<double>(row, row));
                Span<T> target = memory.AsSpan((start * merge.Z.Length) + j * number, number);
                for (int i = 0; i < number; i++)
                    target[i] = T.CreateTruncating(row[i] * scale);
            }
            ArrayPool<double>.Shared.Return(scratch);
        }

        private void Fill(Span<double> row, double origin, double offset)
        {
            Span<double> poles = merge.groupedPoles.AsSpan(start, row.Length);
            Span<double> z = merge.groupedZ.AsSpan(start, row.Length);
            Span<Vector<double>> target = MemoryMarshal.Cast<double, Vector<double>>(row);
            ReadOnlySpan<Vector<double>> p = MemoryMarshal.Cast<double, Vector<double>>(poles);
            ReadOnlySpan<Vector<double>> numerators = MemoryMarshal.Cast<double, Vector<double>>(z);
            for (int i = 0; i < target.Length; i++)
                target[i] = numerators[i]
                    / (TGap.Between(p[i], new Vector<double>(origin)) - new Vector<double>(offset));
            for (int i = target.Length * Vector<double>.Count; i < row.Length; i++)
                row[i] = z[i] / (TGap.Between(poles[i], origin) - offset);
            if (!left)
                return;
            for (int i = 0; i < row.Length; i++)
                row[i] *= poles[i];
            row[merge.grouped.AsSpan(start, row.Length).IndexOf(0)] = -1;
        }
    }
}
