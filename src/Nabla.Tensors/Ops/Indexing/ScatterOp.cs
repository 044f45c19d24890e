using Nabla.Numerics;
using Nabla.Numerics.Lanes;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Numbers put at places: y = x, then y[i, index[i, j, k], k] = s[i, j, k], here along dimension 1; where a place is
/// named twice, the last number stays. dL/ds is dy at the place of each number that stayed, dL/dx dy at the others.
/// </summary>
public sealed class ScatterOp : Op, ISampledOp
{
    private readonly Tensor x, source;
    private readonly int dim;
    private readonly SavedNumbers<int> indices;
    private SavedNumbers<int> owners; // for each element of y the number that it is, or −1

    internal ScatterOp(Tensor x, int dim, ReadOnlySpan<int> indices, Tensor source) : base(x, source)
    {
        LinePlaces.Check("Scatter", x.Shape, dim, indices, source.Shape);
        (this.x, this.source, this.dim) = (x, source, x.Shape.Dimension(dim, "Scatter"));
        this.indices = Save(indices);
    }

    /// <inheritdoc/>
    public override string Formula => "y = (m ≠ 0 ? s : x)";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        var landed = Enumerable.Range(0, result.ElementCount).Select(_ => new List<int> { -1 }).ToArray();
        int at = 0;
        foreach (int[] index in NdArray<Real64>.Indices(source.Shape))
            landed[FormulaPieces.PlaceOf(result, LinePlaces.Of(index, dim, indices.Span[at]))].Add(at++);
        return landed.Select((from, y) => new FormulaInstance(
            new("y", -1, [], [y]), [new("x", 0, [], [y]), new("s", 1, [], [from[^1]])])
            .With("m", from.Count > 1 ? 1 : 0));
    }

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        (Shape X, int Dim, int[] Indices, Shape Source)[] cases =
        [
            ([3, 4], 1, [3, 0, 0, 1, 2, 1], [3, 2]), ([3, 4], 0, [2, 0, 0, 2, 2, 1], [2, 3]), ([1], 0, [0, 0, 0], [3]),
            ([2, 3, 2], 1, [2, 0, 0, 1, 1, 1, 2, 2], [2, 2, 2]), ([0, 3], 1, [], [0, 2]), ([2, 3], 1, [], [2, 0]),
        ];
        foreach ((Shape sizes, int dim, int[] indices, Shape source) in cases)
            yield return new ScatterOp(Tensor.Randn(sizes, rng), dim, indices, Tensor.Randn(source, rng));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new ScatterOp(inputs[0], dim, indices.Span, inputs[1]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        NdArray<V> y = inputs[0].Reshape(inputs[0].Shape);
        int at = 0;
        foreach (int[] index in NdArray<V>.Indices(source.Shape))
            y[LinePlaces.Of(index, dim, indices.Span[at])] = inputs[1].Values[at++];
        return y;
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(x.Shape);
        owners = Save<int>(x.Count);
        Span<int> owner = owners.Writable;
        owner.Fill(-1);
        Span<int> places = new SavedNumbers<int>(source.Count).Writable; // not saved: only to look them up
        LinePlaces.Locate(x.Shape, dim, indices.Span, source.Shape, places);
        x.CopyTo(y.Writable());
        ReadOnlySpan<float> from = source.Dense().AsSpan();
        Span<float> to = y.Writable();
        for (int i = 0; i < places.Length; i++)
            (to[places[i]], owner[places[i]]) = (from[i], i);
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        Tensor forX = Tensor.Uninitialized(x.Shape), forSource = Tensor.Zeros(source.Shape);
        Span<float> dx = forX.Writable(), ds = forSource.Writable();
        ReadOnlySpan<float> upstream = dy.AsSpan();
        ReadOnlySpan<int> owner = owners.Span;
        for (int i = 0; i < owner.Length; i++)
        {
            dx[i] = owner[i] < 0 ? upstream[i] : 0;
            if (owner[i] >= 0)
                ds[owner[i]] = upstream[i];
        }
        gradients.Add(x, forX);
        gradients.Add(source, forSource);
    }
}

/// <summary>Gives tensors the operation <see cref="ScatterOp"/>.</summary>
public static class ScatterExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// x with <paramref name="source"/> put in: y[i, index[i, j, k], k] = source[i, j, k] (along dimension 1). The
        /// indices have the source's shape.
        /// </summary>
        /// <exception cref="ArgumentException">The indices' shape does not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index is not in 0 … size − 1.</exception>
        /// <example><code>
        /// Tensor x = new([1f, 2f, 3f]), s = new([10f, 20f]);
        /// x.Scatter(0, [2, 0], s);   // = [20, 2, 10]
        /// </code></example>
        public Tensor Scatter(int dim, ReadOnlySpan<int> indices, Tensor source) =>
            new ScatterOp(x, dim, indices, source).Apply();
    }
}
