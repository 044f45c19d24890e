using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Numerics.Lanes;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Numbers added at places: y = x, then y[i, index[i, j, k], k] += s[i, j, k], here along dimension 1.
/// dL/dx = dy, dL/ds[i, j, k] = dy[i, index[i, j, k], k].
/// </summary>
public sealed class ScatterAddOp : Op, ISampledOp
{
    private readonly Tensor x, source;
    private readonly int dim;
    private readonly SavedNumbers<int> indices;
    private SavedNumbers<int> places;

    internal ScatterAddOp(Tensor x, int dim, ReadOnlySpan<int> indices, Tensor source) : base(x, source)
    {
        LinePlaces.Check("ScatterAdd", x.Shape, dim, indices, source.Shape);
        (this.x, this.source, this.dim) = (x, source, x.Shape.Dimension(dim, "ScatterAdd"));
        this.indices = Save(indices);
    }

    /// <inheritdoc/>
    public override string Formula => "y = x + Σ_k s_k";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        var landed = Enumerable.Range(0, result.ElementCount).Select(_ => new List<int> { -1 }).ToArray();
        int at = 0;
        foreach (int[] index in NdArray<Real64>.Indices(source.Shape))
            landed[FormulaPieces.PlaceOf(result, LinePlaces.Of(index, dim, indices.Span[at]))].Add(at++);
        return landed.Select((from, y) => new FormulaInstance(
            new("y", -1, [], [y]), [new("x", 0, [], [y]), new("s", 1, [from.Count], [.. from])]));
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
            ([3, 4], 1, [3, 0, 0, 1, 2, 2], [3, 2]), ([3, 4], 0, [2, 0, 0, 2, 2, 1], [2, 3]), ([1], 0, [0, 0, 0], [3]),
            ([2, 3, 2], 1, [2, 0, 0, 1, 1, 1, 2, 2], [2, 2, 2]), ([0, 3], 1, [], [0, 2]), ([2, 3], 1, [], [2, 0]),
        ];
        foreach ((Shape sizes, int dim, int[] indices, Shape source) in cases)
            yield return new ScatterAddOp(Tensor.Randn(sizes, rng), dim, indices, Tensor.Randn(source, rng));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new ScatterAddOp(inputs[0], dim, indices.Span, inputs[1]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        NdArray<V> y = inputs[0].Reshape(inputs[0].Shape);
        int at = 0;
        foreach (int[] index in NdArray<V>.Indices(source.Shape))
            y[LinePlaces.Of(index, dim, indices.Span[at])] += inputs[1].Values[at++];
        return y;
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(x.Shape);
        x.CopyTo(y.Writable());
        if (source.Count == 0)
            return y;
        places = Save<int>(source.Count);
        LinePlaces.Locate(x.Shape, dim, indices.Span, source.Shape, places.Writable);
        RearrangeKernel.Backward(source.Dense().AsSpan(), places.Span, 1, y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        gradients.Add(x, dy);
        if (!gradients.Wants(source))
            return;
        Tensor part = Tensor.Uninitialized(source.Shape);
        if (source.Count > 0)
            RearrangeKernel.Forward(dy.AsSpan(), places.Span, 1, 0, part.Writable());
        gradients.Add(source, part);
    }
}

/// <summary>Gives tensors the operation <see cref="ScatterAddOp"/>.</summary>
public static class ScatterAddExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// x with <paramref name="source"/> added: y[i, index[i, j, k], k] += source[i, j, k] (along dimension 1). The
        /// indices have the source's shape.
        /// </summary>
        /// <exception cref="ArgumentException">The indices' shape does not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index is not in 0 … size − 1.</exception>
        /// <example><code>
        /// Tensor x = new([1f, 2f, 3f]), s = new([10f, 20f]);
        /// x.ScatterAdd(0, [2, 2], s);   // = [1, 2, 33]
        /// </code></example>
        public Tensor ScatterAdd(int dim, ReadOnlySpan<int> indices, Tensor source) =>
            new ScatterAddOp(x, dim, indices, source).Apply();

        /// <summary>
        /// x with slices added: y[…, index[k], …] += source[…, k, …]; the source has x's sizes but for dimension
        /// <paramref name="dim"/>, which has one for each index.
        /// </summary>
        /// <exception cref="ArgumentException">The source's shape does not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index is not in 0 … size − 1.</exception>
        /// <example><code>
        /// Tensor x = Tensor.Zeros([2, 2]), s = new([1f, 2f, 3f, 4f], [2, 2]);
        /// x.IndexAdd(0, [1, 1], s);   // = [0, 0, 4, 6]
        /// </code></example>
        public Tensor IndexAdd(int dim, ReadOnlySpan<int> indices, Tensor source)
        {
            int d = x.Shape.Dimension(dim, "IndexAdd");
            if (source.Shape != x.Shape.With(d, indices.Length))
                throw new ArgumentException(
                    $"IndexAdd: the source {source.Shape} does not fit {indices.Length} indices along dimension " +
                    $"{dim} of {x.Shape}; it must be {x.Shape.With(d, indices.Length)}.");
            var lines = new DimensionLines(source.Shape, d);
            var all = new int[source.Count];
            for (int i = 0; i < all.Length; i++)
                all[i] = indices[i / lines.Inner % lines.Length];
            return x.ScatterAdd(d, all, source);
        }
    }
}
