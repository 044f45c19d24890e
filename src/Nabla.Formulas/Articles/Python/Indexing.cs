using System.Numerics;

namespace Nabla.Formulas.Articles.Python;

/// <summary>x[…] of arrays: numbers, slices, …, None, masks and lists of indices.</summary>
internal static class Indexing
{
    /// <summary>Reads a part of an array: a view where NumPy gives one.</summary>
    public static NdArray Get(NdArray a, object index)
    {
        object[] parts = Parts(index, a.Rank);
        if (!Array.Exists(parts, IsFancy))
            return Basic(a, parts);
        return parts is [var single] ? ByArray(a, NdArray.From(single)) : ByArrays(a, parts);
    }

    /// <summary>The same, where a single number is a view too, as in PyTorch.</summary>
    public static NdArray View(NdArray a, object index)
    {
        object[] parts = Parts(index, a.Rank);
        return Array.Exists(parts, IsFancy) ? Get(a, index) : Basic(a, parts, keepsView: true);
    }

    /// <summary>Writes into a part of an array.</summary>
    public static void Set(NdArray a, object index, NdArray value)
    {
        object[] parts = Parts(index, a.Rank);
        if (!a.IsKnown)
            return;
        if (!value.IsKnown)
        {
            a.Doubt = value.Doubt;
            return;
        }
        if (!Array.Exists(parts, IsFancy))
        {
            NdArray part = Basic(a, parts, keepsView: true);
            part.Write(Elementwise.Expand(value, part.Shape).Values());
            return;
        }
        if (parts is [var single] && NdArray.From(single) is { Type: DType.Bool, IsKnown: true } mask
            && mask.Shape.AsSpan().SequenceEqual(a.Shape))
        {
            a.Write(Masked(a, mask, value));
            return;
        }
        foreach ((int row, int i) in Rows(parts, a).Select((row, i) => (row, i)))
        {
            Meter.Charge(a.Rank + 4);
            NdArray part = Basic(a, [(BigInteger)row], keepsView: true);
            NdArray from = value.Rank > part.Rank ? value.Row(value.Shape[0] == 1 ? 0 : i) : value;
            part.Write(Elementwise.Expand(from, part.Shape).Values());
        }
    }

    private static double[] Masked(NdArray a, NdArray mask, NdArray value)
    {
        double[] values = (double[])a.Charged().Clone(), truth = mask.Values();
        int count = truth.Count(t => t != 0), at = 0;
        double[] from = Elementwise.Expand(value, [count]).Values();
        for (int i = 0; i < values.Length; i++)
            if (truth[i] != 0)
                values[i] = from[at++];
        return values;
    }

    private static IEnumerable<int> Rows(object[] parts, NdArray a)
    {
        if (parts.Length != 1 || NdArray.From(parts[0]) is not { Rank: 1, IsKnown: true } rows)
            throw PythonException.NotKnown("writing with such an index");
        return rows.Type == DType.Bool
            ? rows.Charged().Index().Where(item => item.Item != 0).Select(item => item.Index)
            : rows.Values().Select(row => Place((int)row, a.Shape[0]));
    }

    private static object[] Parts(object index, int rank)
    {
        object[] parts = index is PyTuple tuple ? tuple.Items : [index];
        foreach (object part in parts)
            if (part is Unknown unknown)
                throw new PythonException(unknown.Why);
        int ellipsis = Array.FindIndex(parts, part => part is Ellipsis);
        if (ellipsis < 0)
            return parts;
        int missing = rank - parts.Count(part => part is not (None or Ellipsis));
        return [.. parts[..ellipsis], .. Enumerable.Repeat<object>(PySlice.Whole, Math.Max(0, missing)),
            .. parts[(ellipsis + 1)..]];
    }

    private static bool IsFancy(object part) => part is PyList || part is NdArray { Rank: > 0 } || part is bool;

    private static int Place(int index, int size) => index >= -size && index < size
        ? (index + size) % size : throw new PythonException($"index {index} is outside of an axis of size {size}");

    private static NdArray Basic(NdArray a, object[] parts, bool keepsView = false)
    {
        List<int> shape = [], steps = [];
        int start = 0, axis = 0;
        foreach (object part in parts)
        {
            if (part is None)
            {
                shape.Add(1);
                steps.Add(0);
                continue;
            }
            if (axis == a.Rank)
                throw new PythonException("there are more indices than axes");
            if (part is PySlice slice)
            {
                (int from, int count, int step) = slice.Resolve(a.Shape[axis]);
                start += from * a.Stride(axis);
                shape.Add(count);
                steps.Add(step * a.Stride(axis));
            }
            else
            {
                start += Place(Operators.Index(part), a.Shape[axis]) * a.Stride(axis);
            }
            axis++;
        }
        for (; axis < a.Rank; axis++)
        {
            shape.Add(a.Shape[axis]);
            steps.Add(a.Stride(axis));
        }
        NdArray view = a.View([.. shape], [.. steps], start);
        return view.Rank == 0 && view.IsKnown && !keepsView ? NdArray.Scalar(view.Value, view.Type) : view;
    }

    private static NdArray ByArray(NdArray a, NdArray index)
    {
        if (!index.IsKnown)
            throw new PythonException(index.Doubt!);
        if (index.Type == DType.Float && index.Count > 0)
            throw new PythonException("indices must be whole numbers");
        if (index.Type != DType.Bool)
            return Gather(a, index.Values(), index.Shape);
        if (index.Rank > a.Rank || !index.Shape.AsSpan().SequenceEqual(a.Shape.AsSpan(0, index.Rank)))
            throw new PythonException("the mask has another shape than the array");
        NdArray flat = a.Reshape([(int)index.Count, .. a.Shape[index.Rank..]]);
        double[] chosen = [.. index.Charged().Index().Where(item => item.Item != 0).Select(item => (double)item.Index)];
        return Gather(flat, chosen, [chosen.Length]);
    }

    private static NdArray Gather(NdArray a, double[] rows, int[] shape)
    {
        if (a.Rank == 0)
            throw new PythonException("a number has no elements");
        int[] target = [.. shape, .. a.Shape[1..]];
        int size = a.Shape[1..].Aggregate(1, (product, next) => product * next);
        Meter.Objects(rows.Length);
        int[] places = [.. rows.Select(row => Place((int)row, a.Shape[0]))];
        if (!a.IsKnown)
            return NdArray.OfShape(target, a.Doubt!, a.Type);
        double[] values = a.Values();
        return NdArray.Fill(target, a.Type, i => values[places[i / size] * size + i % size]);
    }

    // x[rows, columns] with lists, and x[:, columns].
    private static NdArray ByArrays(NdArray a, object[] parts)
    {
        if (parts is [PySlice { IsWhole: true }, var columns] && a.Rank == 2)
            return ByArray(a.Transpose([1, 0]), NdArray.From(columns)) is { Rank: 2 } picked
                ? picked.Transpose([1, 0]) : throw PythonException.NotKnown("such an index");
        if (parts is [var rows, PySlice { IsWhole: true }])
            return ByArray(a, NdArray.From(rows));
        if (parts.Length != a.Rank || parts.Any(part => part is PySlice or None or bool))
            throw PythonException.NotKnown("such an index");
        NdArray[] indices = [.. parts.Select(NdArray.From)];
        if (Array.Exists(indices, index => index.Type != DType.Int || !index.IsKnown))
            throw PythonException.NotKnown("such an index");
        int[] shape = indices.Aggregate(Array.Empty<int>(), (all, index) => Elementwise.Broadcast(all, index.Shape));
        Meter.Charge(shape.Aggregate(1L, (product, size) => product * size) * (a.Rank + 4));
        double[][] places = [.. indices.Select(index => Elementwise.Expand(index, shape).Values())];
        return a.IsKnown
            ? NdArray.Fill(shape, a.Type, i => Basic(a, [.. places.Select(p => (object)(BigInteger)p[i])]).Value)
            : NdArray.OfShape(shape, a.Doubt!, a.Type);
    }
}
