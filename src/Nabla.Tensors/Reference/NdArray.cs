using Nabla.Numerics;

namespace Nabla.Tensors.Reference;

/// <summary>
/// A dense row-major array of any number type, as plain as can be: what op references compute on. Speed is no concern
/// here, being obviously right is.
/// </summary>
/// <typeparam name="V">The number type: <c>Real64</c>, <c>Dual&lt;Real64&gt;</c>, …</typeparam>
public sealed class NdArray<V> where V : struct, IReal<V>
{
    /// <summary>An array of zeros.</summary>
    public NdArray(Shape shape)
    {
        Shape = shape;
        Values = new V[shape.ElementCount];
    }

    /// <summary>The sizes, outermost first.</summary>
    public Shape Shape { get; }

    /// <summary>The elements in row-major order.</summary>
    public V[] Values { get; }

    /// <summary>The element at these indices; negative ones count from the end.</summary>
    public ref V this[params ReadOnlySpan<int> indices]
    {
        get
        {
            int at = 0;
            for (int d = 0; d < indices.Length; d++)
                at = at * Shape[d] + (indices[d] < 0 ? indices[d] + Shape[d] : indices[d]);
            return ref Values[at];
        }
    }

    /// <summary>An array whose element at each index is computed from the index.</summary>
    public static NdArray<V> Build(Shape shape, Func<int[], V> element)
    {
        var result = new NdArray<V>(shape);
        int at = 0;
        foreach (int[] index in Indices(shape))
            result.Values[at++] = element(index);
        return result;
    }

    /// <summary>The values of a tensor.</summary>
    public static NdArray<V> From(Tensor tensor)
    {
        var result = new NdArray<V>(tensor.Shape);
        float[] values = tensor.ToArray();
        for (int i = 0; i < values.Length; i++)
            result.Values[i] = (double)values[i];
        return result;
    }

    /// <summary>The element that broadcasting puts at an index of a larger shape.</summary>
    public V Broadcast(ReadOnlySpan<int> index)
    {
        int at = 0;
        for (int d = 0; d < Shape.Rank; d++)
            at = at * Shape[d] + (Shape[d] == 1 ? 0 : index[index.Length - Shape.Rank + d]);
        return Values[at];
    }

    /// <summary>
    /// Applies <paramref name="line"/> to every line along <paramref name="dim"/>; each line may come back longer or
    /// shorter.
    /// </summary>
    public NdArray<V> MapLines(int dim, Func<V[], V[]> line)
    {
        int d = Shape.Dimension(dim, nameof(MapLines));
        int n = Shape[d], inner = 1;
        for (int i = d + 1; i < Shape.Rank; i++)
            inner *= Shape[i];
        int outer = Shape.Without(d).ElementCount / Math.Max(1, inner);
        int length = line(new V[n]).Length;
        var result = new NdArray<V>(Shape.With(d, length));
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                var values = new V[n];
                for (int k = 0; k < n; k++)
                    values[k] = Values[(o * n + k) * inner + i];
                V[] mapped = line(values);
                for (int k = 0; k < length; k++)
                    result.Values[(o * length + k) * inner + i] = mapped[k];
            }
        return result;
    }

    /// <summary>The same elements under another shape.</summary>
    public NdArray<V> Reshape(Shape shape)
    {
        var result = new NdArray<V>(shape);
        Values.CopyTo(result.Values, 0);
        return result;
    }

    /// <summary>All indices of a shape in row-major order.</summary>
    public static IEnumerable<int[]> Indices(Shape shape)
    {
        for (int at = 0; at < shape.ElementCount; at++)
        {
            var index = new int[shape.Rank];
            int rest = at;
            for (int d = shape.Rank - 1; d >= 0; d--)
            {
                index[d] = rest % shape[d];
                rest /= shape[d];
            }
            yield return index;
        }
    }
}
