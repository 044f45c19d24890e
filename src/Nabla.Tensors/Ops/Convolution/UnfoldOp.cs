using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// The patches of images as columns (im2col): y[b, (c·U + u)·V + v, i·OW + j] = x[b, c, is + ud − p, js + vd − p],
/// x [B, C, H, W], y [B, C·U·V, OH·OW]; 0 in the padding.
/// </summary>
public sealed class UnfoldOp : Rearrangement, ISampledOp
{
    private readonly PatchPlaces places;

    internal UnfoldOp(Tensor x, Size2d kernel, ConvolutionOptions options) : base(x) =>
        places = PatchPlaces.Of("Unfold", x.Shape, kernel, options);

    /// <inheritdoc/>
    public override string Formula => "y_k = x_{p_k}";

    private protected override Shape Result => places.Patches;

    /// <summary>Test cases, which Fold shares.</summary>
    internal static IEnumerable<(Shape Image, Size2d Kernel, ConvolutionOptions Options)> Cases =>
    [
        ([2, 2, 4, 3], 2, new()), ([1, 2, 5, 4], (2, 3), new() { Stride = (2, 1), Padding = (1, 0) }),
        ([1, 1, 5, 6], 2, new() { Dilation = (2, 3), Padding = 1 }), ([1, 1, 1, 1], 1, new()),
        ([0, 2, 3, 3], 2, new()),
    ];

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach ((Shape image, Size2d kernel, ConvolutionOptions options) in Cases)
            yield return new UnfoldOp(Tensor.Randn(image, rng), kernel, options);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new UnfoldOp(inputs[0], places.Kernel, places.Options);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => NdArray<V>.Build(
        places.Patches,
        index => places.PlaceOf(index[0], index[1], index[2]) is var at and >= 0 ? inputs[0].Values[at] : (V)0);

    private protected override void Locate(Span<int> sources) => places.Locate(sources);
}

/// <summary>Gives tensors the operation <see cref="UnfoldOp"/>.</summary>
public static class UnfoldExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The patches that a convolution's kernel sees, as columns: [B, C, H, W] → [B, C·U·V, OH·OW]. Groups and
        /// output padding are not used.
        /// </summary>
        /// <exception cref="ArgumentException">x is no batch of images, or the kernel does not fit.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [1, 1, 2, 2]).Unfold((1, 2));   // = [1, 3, 2, 4]
        /// </code></example>
        public Tensor Unfold(Size2d kernel, ConvolutionOptions? options = null) =>
            new UnfoldOp(x, kernel, options ?? new()).Apply();
    }
}
