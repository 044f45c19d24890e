namespace Nabla.Tensors;

/// <summary>What stretching a tensor to a larger shape means for memory, and for gradients.</summary>
internal static class Broadcasting
{
    /// <summary>
    /// Strides with which a dense tensor of shape <paramref name="from"/> reads as one of shape <paramref name="to"/>:
    /// 0 where stretched.
    /// </summary>
    public static void Strides(Shape from, Shape to, Span<int> strides)
    {
        ReadOnlySpan<int> dense = from.DenseStrides();
        strides[..(to.Rank - from.Rank)].Clear();
        for (int d = 1; d <= from.Rank; d++)
            strides[^d] = from[-d] == 1 ? 0 : dense[^d];
    }

    /// <summary>
    /// The sum over all stretched dimensions: how a gradient of the large shape becomes one of the small.
    /// </summary>
    /// <remarks>Dimensions are summed one at a time, the outermost first, each in order.</remarks>
    public static Tensor SumTo(Tensor large, Shape small)
    {
        Tensor sum = large;
        while (sum.Rank > small.Rank)
            sum = SumDimension(sum, 0, sum.Shape.Without(0));
        for (int d = 0; d < small.Rank; d++)
            if (small[d] == 1 && sum.Shape[d] != 1)
                sum = SumDimension(sum, d, sum.Shape.With(d, 1));
        return sum;
    }

    private static Tensor SumDimension(Tensor x, int dim, Shape result)
    {
        Tensor sum = Tensor.Uninitialized(result);
        new DimensionLines(x.Shape, dim).Sum(x.Dense().AsSpan(), sum.Writable());
        return sum;
    }
}
