namespace Nabla.Formulas.Articles.Python;

/// <summary>Puts arrays together.</summary>
internal static class Joining
{
    /// <summary>np.stack.</summary>
    public static NdArray Stack(NdArray[] parts, int axis)
    {
        if (parts.Length == 0 || Array.Exists(parts, part => !part.Shape.AsSpan().SequenceEqual(parts[0].Shape)))
            throw new PythonException("the rows of an array differ in their shapes");
        int at = axis < 0 ? axis + parts[0].Rank + 1 : axis;
        if (at < 0 || at > parts[0].Rank)
            throw new PythonException($"there is no axis {axis}");
        int[] shape = [.. parts[0].Shape[..at], 1, .. parts[0].Shape[at..]];
        return Concatenate([.. parts.Select(part => part.Reshape(shape))], at);
    }

    /// <summary>np.concatenate.</summary>
    public static NdArray Concatenate(NdArray[] parts, int axis)
    {
        if (parts.Length == 0 || parts[0].Rank == 0)
            throw new PythonException("there is nothing to put together");
        Meter.Charge(parts.Length);
        int at = Reductions.Axis(axis, parts[0].Rank);
        int[] shape = [.. parts[0].Shape];
        shape[at] = 0;
        foreach (NdArray part in parts)
        {
            if (part.Rank != shape.Length || shape.Where((size, i) => i != at && size != part.Shape[i]).Any())
                throw new PythonException("arrays that are put together differ in their shapes");
            shape[at] += part.Shape[at];
        }
        var type = (DType)parts.Max(part => (int)part.Type);
        if (Array.Find(parts, part => !part.IsKnown) is { } unknown)
            return NdArray.OfShape(shape, unknown.Doubt!, type);
        if (shape.Aggregate(1L, (product, size) => product * size) > NdArray.MostNumbers)
            return NdArray.OfShape(shape, "an array is too large to compute", type);
        return new NdArray(Join(parts, shape, at), shape, type);
    }

    private static double[] Join(NdArray[] parts, int[] shape, int axis)
    {
        int outer = shape[..axis].Aggregate(1, (product, size) => product * size);
        int inner = shape[(axis + 1)..].Aggregate(1, (product, size) => product * size);
        Meter.Numbers(outer * shape[axis] * inner);
        var values = new double[outer * shape[axis] * inner];
        int at = 0;
        double[][] from = [.. parts.Select(part => part.Values())];
        for (int i = 0; i < outer; i++)
        {
            for (int p = 0; p < parts.Length; p++)
            {
                int length = parts[p].Shape[axis] * inner;
                from[p].AsSpan(i * length, length).CopyTo(values.AsSpan(at));
                at += length;
            }
        }
        return values;
    }
}
