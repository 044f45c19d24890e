using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// A rearrangement that treats each dimension for itself: y[i, j, …] = x[p(i), q(j), …], with a table for each
/// dimension that changes; an entry of −1 stands for a constant.
/// </summary>
public abstract class DimensionMaps : Rearrangement
{
    private readonly int[]?[] maps;
    private readonly Shape result;
    private readonly int mapped; // dimensions from the first to the last that has a table

    /// <summary>Checks nothing: the tables hold −1 … size − 1.</summary>
    private protected DimensionMaps(Tensor x, int[]?[] maps) : base(x)
    {
        this.maps = maps;
        mapped = Array.FindLastIndex(maps, map => map is not null) + 1;
        result = Shape.Create([.. x.Shape.Select((size, d) => maps[d]?.Length ?? size)]);
    }

    private protected sealed override Shape Result => result;

    private protected sealed override int Block => new DimensionLines(X.Shape, mapped - 1).Inner;

    /// <summary>The indices of x that those of y stand for.</summary>
    /// <returns>Null where the constant stands.</returns>
    private protected abstract int[]? Source(int[] index);

    /// <inheritdoc/>
    public sealed override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => NdArray<V>.Build(
        result, index => Source([.. index]) is { } source ? inputs[0][source] : (double)Fill);

    private protected sealed override void Locate(Span<int> sources)
    {
        int at = 0;
        Locate(0, 0, sources, ref at);
    }

    /// <summary>Tables with one entry each for the dimensions that change.</summary>
    private protected static int[]?[] Tables(Tensor x, params ReadOnlySpan<(int Dim, int[] Table)> changed)
    {
        var maps = new int[]?[x.Rank];
        foreach ((int dim, int[] table) in changed)
            maps[dim] = table;
        if (changed.IsEmpty && x.Rank > 0)
            maps[^1] = [.. Enumerable.Range(0, x.Shape[-1])];
        return maps;
    }

    private void Locate(int d, int offset, Span<int> sources, ref int at)
    {
        if (d == mapped)
        {
            sources[at++] = offset;
            return;
        }
        int[]? map = maps[d];
        for (int i = 0; i < result[d]; i++)
        {
            int source = map is null ? i : map[i];
            Locate(d + 1, offset < 0 || source < 0 ? -1 : offset * X.Shape[d] + source, sources, ref at);
        }
    }
}
