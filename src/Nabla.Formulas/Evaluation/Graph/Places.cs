using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>Where broadcasting finds the element of an array for each place of a larger one.</summary>
internal readonly struct Places
{
    private readonly int[]? map;
    private readonly int step;

    private Places(int[]? map, int step) => (this.map, this.step) = (map, step);

    /// <summary>The place in the smaller array.</summary>
    public int this[int at] => map is null ? at * step : map[at];

    /// <summary>How an array of shape <paramref name="from"/> is stretched to <paramref name="to"/>.</summary>
    public static Places Of(Shape from, Shape to)
    {
        if (from.ElementCount == to.ElementCount)
            return new(null, 1);
        if (from.ElementCount == 1)
            return new(null, 0);
        var strides = new int[to.Rank];
        int stride = 1;
        for (int d = from.Rank - 1; d >= 0; d--)
        {
            strides[to.Rank - from.Rank + d] = from[d] == 1 ? 0 : stride;
            stride *= from[d];
        }
        return new(Map(to, strides, 0), 1);
    }

    /// <summary>The place of every element of a shape, given how far each dimension steps.</summary>
    public static int[] Map(Shape shape, ReadOnlySpan<int> strides, int start)
    {
        var map = new int[shape.ElementCount];
        Span<int> index = stackalloc int[shape.Rank];
        int place = start;
        for (int at = 0; at < map.Length; at++)
        {
            map[at] = place;
            for (int d = shape.Rank - 1; d >= 0; d--)
            {
                place += strides[d];
                if (++index[d] < shape[d])
                    break;
                place -= strides[d] * shape[d];
                index[d] = 0;
            }
        }
        return map;
    }

    /// <summary>The steps of a shape's dimensions in row-major order.</summary>
    public static int[] Strides(Shape shape)
    {
        var strides = new int[shape.Rank];
        int stride = 1;
        for (int d = shape.Rank - 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= shape[d];
        }
        return strides;
    }
}
