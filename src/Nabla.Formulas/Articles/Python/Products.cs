namespace Nabla.Formulas.Articles.Python;

/// <summary>Matrix products as NumPy has them.</summary>
internal static class Products
{
    private const long MostMultiplications = 20_000_000;

    /// <summary>a @ b.</summary>
    public static NdArray MatMul(NdArray a, NdArray b)
    {
        if (a.Rank == 0 || b.Rank == 0)
            throw new PythonException("@ takes arrays, not numbers");
        NdArray left = a.Rank == 1 ? a.View([1, a.Shape[0]], [0, a.Stride(0)], 0) : a;
        NdArray right = b.Rank == 1 ? b.View([b.Shape[0], 1], [b.Stride(0), 0], 0) : b;
        NdArray product = Batched(left, right);
        if (a.Rank > 1 && b.Rank > 1)
            return product;
        List<int> shape = [.. product.Shape];
        if (b.Rank == 1)
            shape.RemoveAt(shape.Count - 1);
        if (a.Rank == 1)
            shape.RemoveAt(b.Rank == 1 ? shape.Count - 1 : shape.Count - 2);
        return product.Reshape([.. shape]);
    }

    /// <summary>np.dot.</summary>
    public static NdArray Dot(NdArray a, NdArray b)
    {
        if (a.Rank == 0 || b.Rank == 0)
            return Elementwise.Binary("*", a, b);
        return a.Rank <= 2 && b.Rank <= 2 ? MatMul(a, b)
            : throw PythonException.NotKnown("np.dot of more than two axes");
    }

    /// <summary>np.outer.</summary>
    public static NdArray Outer(NdArray a, NdArray b) =>
        Elementwise.Binary("*", a.Reshape([(int)a.Count, 1]), b.Reshape([1, (int)b.Count]));

    private static NdArray Batched(NdArray a, NdArray b)
    {
        int rows = a.Shape[^2], inner = a.Shape[^1], columns = b.Shape[^1];
        if (inner != b.Shape[^2])
            throw new PythonException($"matmul: the inner sizes differ: {ShapeText(a)} @ {ShapeText(b)}");
        int[] batch = Elementwise.Broadcast(a.Shape[..^2], b.Shape[..^2]);
        int[] shape = [.. batch, rows, columns];
        DType type = a.Type == DType.Float || b.Type == DType.Float ? DType.Float : DType.Int;
        long count = shape.Aggregate(1L, (product, size) => product * size);
        if (!a.IsKnown || !b.IsKnown)
            return NdArray.OfShape(shape, (a.Doubt ?? b.Doubt)!, type);
        if (count > NdArray.MostNumbers || count * inner > MostMultiplications)
            return NdArray.OfShape(shape, "a matrix product is too large to compute", type);
        Meter.Multiplications(count * inner);
        double[] x = Elementwise.Expand(a, [.. batch, rows, inner]).Values();
        double[] y = Elementwise.Expand(b, [.. batch, inner, columns]).Values();
        return NdArray.Fill(shape, type, at => Entry(x, y, at, (rows, inner, columns)));
    }

    private static double Entry(double[] x, double[] y, int at, (int Rows, int Inner, int Columns) size)
    {
        int column = at % size.Columns, row = at / size.Columns, batch = row / size.Rows;
        double sum = 0;
        for (int k = 0; k < size.Inner; k++)
            sum += x[row * size.Inner + k] * y[(batch * size.Inner + k) * size.Columns + column];
        return sum;
    }

    public static string ShapeText(NdArray a) =>
        a.Rank == 1 ? $"({a.Shape[0]},)" : $"({string.Join(", ", a.Shape)})";
}
