namespace Nabla.Tensors.Ops;

/// <summary>Reductions along several dimensions: these are brought to the end and taken as one.</summary>
internal static class ManyDimensions
{
    /// <summary>Reduces the dimensions together with a function that reduces the last.</summary>
    public static Tensor Reduce(
        Tensor x, ReadOnlySpan<int> dims, bool keepDim, Func<Tensor, Tensor> reduceLast, string operation)
    {
        int[] reduced = [.. dims];
        for (int i = 0; i < reduced.Length; i++)
        {
            reduced[i] = x.Shape.Dimension(reduced[i], operation);
            if (Array.IndexOf(reduced, reduced[i]) < i)
                throw new ArgumentException(
                    $"{operation}: dimension {dims[i]} of {x.Shape} is named twice; name each once.");
        }
        Array.Sort(reduced);
        int[] kept = [.. Enumerable.Range(0, x.Rank).Where(d => !reduced.Contains(d))];
        int[] front = [.. kept.Select(d => x.Shape[d])];
        int length = reduced.Aggregate(1, (product, d) => product * x.Shape[d]);
        Tensor y = reduceLast(x.Permute([.. kept, .. reduced]).Reshape([.. front, length]));
        return keepDim ? y.Reshape([.. x.Shape.Select((size, d) => reduced.Contains(d) ? 1 : size)]) : y;
    }
}
