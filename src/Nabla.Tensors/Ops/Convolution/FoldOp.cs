using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Numerics.Lanes;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Images from columns (col2im), the transpose of <see cref="UnfoldOp"/>: each number is added where Unfold takes it
/// from, x [B, C·U·V, OH·OW], y [B, C, H, W]. dL/dx = unfold(dy).
/// </summary>
public sealed class FoldOp : Op, ISampledOp
{
    private readonly Tensor x;
    private readonly PatchPlaces places;
    private SavedNumbers<int> targets;

    internal FoldOp(Tensor x, Shape image, Size2d kernel, ConvolutionOptions options) : base(x)
    {
        (this.x, places) = (x, PatchPlaces.Of("Fold", image, kernel, options));
        if (x.Shape != places.Patches)
            throw new ArgumentException(
                $"Fold: x {x.Shape} does not fit images {image} with a kernel of {kernel}; it must be " +
                $"{places.Patches}.");
    }

    /// <inheritdoc/>
    public override string Formula => "y = Σ_k x_k";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        var sources = Enumerable.Range(0, result.ElementCount).Select(_ => new List<int> { -1 }).ToArray();
        int at = 0;
        foreach (int[] index in NdArray<Real64>.Indices(places.Patches))
        {
            if (places.PlaceOf(index[0], index[1], index[2]) is var place and >= 0)
                sources[place].Add(at);
            at++;
        }
        return sources.Select((from, y) => new FormulaInstance(
            new("y", -1, [], [y]), [new("x", 0, [from.Count], [.. from])]));
    }

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach ((Shape image, Size2d kernel, ConvolutionOptions options) in UnfoldOp.Cases)
            yield return new FoldOp(
                Tensor.Randn(PatchPlaces.Of("Fold", image, kernel, options).Patches, rng), image, kernel, options);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) =>
        new FoldOp(inputs[0], places.Image, places.Kernel, places.Options);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        var y = new NdArray<V>(places.Image);
        foreach (int[] index in NdArray<V>.Indices(places.Patches))
            if (places.PlaceOf(index[0], index[1], index[2]) is var at and >= 0)
                y.Values[at] += inputs[0][index];
        return y;
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Zeros(places.Image);
        if (x.Count == 0)
            return y;
        targets = Save<int>(x.Count);
        places.Locate(targets.Writable);
        RearrangeKernel.Backward(x.Dense().AsSpan(), targets.Span, 1, y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        Tensor dx = Tensor.Uninitialized(x.Shape);
        if (x.Count > 0)
            RearrangeKernel.Forward(dy.AsSpan(), targets.Span, 1, 0, dx.Writable());
        gradients.Add(x, dx);
    }
}

/// <summary>Gives tensors the operation <see cref="FoldOp"/>.</summary>
public static class FoldExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// Images [B, C, H, W] of the size <paramref name="image"/>, in which each number of x [B, C·U·V, OH·OW] is
        /// added where <c>Unfold</c> takes it from.
        /// </summary>
        /// <exception cref="ArgumentException">x is not what Unfold gives of such images.</exception>
        /// <example><code>
        /// Tensor.Ones([1, 2, 2]).Fold([1, 1, 1, 3], (1, 2));   // = [1, 2, 1]
        /// </code></example>
        public Tensor Fold(Shape image, Size2d kernel, ConvolutionOptions? options = null) =>
            new FoldOp(x, image, kernel, options ?? new()).Apply();
    }
}
