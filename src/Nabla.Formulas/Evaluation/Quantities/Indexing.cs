using Nabla.Formulas.Evaluation.Graph;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Quantities;

/// <summary>One index of a table.</summary>
/// <param name="Dimension">Which of the table's own dimensions, from 0.</param>
/// <param name="Position">The position; it may depend on running indices.</param>
/// <param name="First">The number of the first element, mostly 1.</param>
internal readonly record struct TableIndex(int Dimension, Quantity Position, int First = 1);

/// <summary>Takes elements of tables by indices that may run.</summary>
internal static class Indexing
{
    /// <summary>
    /// The elements at the given indices; dimensions without an index stay. Where <paramref name="mask"/> is 0, an
    /// index outside of the table does not matter.
    /// </summary>
    /// <exception cref="FormulaException">An index is outside of the table or no whole number.</exception>
    public static Quantity Elements(
        this Algebra algebra, string name, Quantity table, IReadOnlyList<TableIndex> indices, Quantity? mask)
    {
        Axis[] axes = table.Axes;
        foreach (TableIndex index in indices)
            axes = Algebra.Union(axes, index.Position.Axes);
        int[] kept = [.. Enumerable.Range(0, table.Rank).Where(d => indices.All(index => index.Dimension != d))];
        int[] own = [.. kept.Select(d => table.Own[d])];
        Shape shape = [.. Algebra.Sizes(axes), .. own];
        algebra.Tape.Charge(shape.ElementCount, shape.ElementCount);
        int[] strides = Places.Strides(table.Node.Shape);
        int[] steps =
        [
            .. axes.Select(axis => table.Has(axis) ? strides[Array.IndexOf(table.Axes, axis)] : 0),
            .. kept.Select(d => strides[table.Axes.Length + d]),
        ];
        int[] places = Places.Map(shape, steps, 0);
        int inner = own.Aggregate(1, (product, size) => product * size);
        foreach (TableIndex index in indices)
            AddIndex(places, inner, axes, strides[table.Axes.Length + index.Dimension], index);

        void AddIndex(int[] at, int each, Axis[] around, int stride, TableIndex index)
        {
            int[] positions = Positions(algebra, name, table.Own[index.Dimension], index, mask);
            Node spread = algebra.Spread(index.Position, around, 0);
            Places where = Places.Of(spread.Shape, [.. Algebra.Sizes(around)]);
            for (int i = 0; i < at.Length; i++)
                at[i] += positions[where[i / each]] * stride;
        }

        return new(Rearranging.Gather(algebra.Tape, table.Node, places, shape), axes);
    }

    /// <summary>The positions as indices from 0.</summary>
    private static int[] Positions(Algebra algebra, string name, int size, TableIndex index, Quantity? mask)
    {
        double[] values = index.Position.Node.Values;
        if (index.Position.Rank != 0)
            throw new FormulaException($"an index of {name} is a list; an index must be a number.");
        var positions = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double at = values[i] - index.First;
            bool inside = at >= 0 && at < size && at == Math.Floor(at);
            if (!inside && !IsMasked(algebra, index.Position, i, mask))
                throw new FormulaException(
                    $"{name} has no element {values[i]:R}: its indices run from {index.First} to "
                    + $"{size - 1 + index.First}.");
            positions[i] = inside ? (int)at : 0;
        }
        if (size == 0 && positions.Length > 0)
            throw new FormulaException($"{name} is empty.");
        return positions;
    }

    /// <summary>Whether the mask is 0 wherever this place of the index is used.</summary>
    private static bool IsMasked(Algebra algebra, Quantity position, int at, Quantity? mask)
    {
        if (mask is not { Rank: 0 } where)
            return false;
        Axis[] axes = Algebra.Union(position.Axes, where.Axes);
        Shape shape = [.. Algebra.Sizes(axes)];
        Places ofIndex = Places.Of(algebra.Spread(position, axes, 0).Shape, shape);
        Node spread = algebra.Spread(where, axes, 0);
        Places ofMask = Places.Of(spread.Shape, shape);
        for (int i = 0; i < shape.ElementCount; i++)
            if (ofIndex[i] == at && spread.Values[ofMask[i]] != 0)
                return false;
        return true;
    }
}
