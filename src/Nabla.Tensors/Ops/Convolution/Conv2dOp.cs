using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Numerics.Lanes;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Convolution of images, as the field calls it (a cross-correlation): y_oij = b_o + Σ_cuv w_ocuv ·
/// x_c(is+ud−p)(js+vd−p) with stride s, dilation d and padding p, x being 0 outside. x [B, C, H, W], w [O, C/G, KH,
/// KW], b [O], y [B, O, OH, OW], OH = ⌊(H + 2p − d(KH − 1) − 1)/s⌋ + 1. LeCun et al. 1998, "Gradient-based learning
/// applied to document recognition".
/// </summary>
/// <remarks>
/// Kernels of 3×3 with stride 1 and at least 16 channels on both sides use Winograd's products, whose rounding errors
/// are about twice those of the plain sum. An infinity or NaN in x then makes NaN of some neighbouring outputs too, and
/// an infinity may come out as NaN.
/// </remarks>
public sealed class Conv2dOp : Op, ISampledOp
{
    private readonly Tensor x, weight;
    private readonly Tensor? bias;
    private readonly ConvolutionOptions options;

    internal Conv2dOp(Tensor x, Tensor weight, Tensor? bias, ConvolutionOptions options)
        : base(new ConvolutionInputs(x, weight, bias).ToArray())
    {
        if (x.Rank != 4 || weight.Rank != 4)
            throw new ArgumentException(
                $"Conv2d: x {x.Shape} must be [B, C, H, W] and the weight {weight.Shape} [O, C/G, KH, KW].");
        options.Validate("Conv2d", x.Shape[1], weight.Shape[0]);
        if (weight.Count == 0)
            throw new ArgumentException($"Conv2d: the weight {weight.Shape} is empty; every size must be at least 1.");
        if (weight.Shape[1] * options.Groups != x.Shape[1])
            throw new ArgumentException(
                $"Conv2d: x {x.Shape} does not fit weight {weight.Shape} with {options.Groups} groups; x must have " +
                $"{weight.Shape[1] * options.Groups} channels.");
        if (bias is not null && bias.Shape != Shape.Create([weight.Shape[0]]))
            throw new ArgumentException(
                $"Conv2d: bias {bias.Shape} does not fit weight {weight.Shape}; it must be [{weight.Shape[0]}].");
        if (options.OutputPadding != 0)
            throw new ArgumentException("Conv2d: output padding is for transposed convolutions; use Padding.");
        (this.x, this.weight, this.bias, this.options) = (x, weight, bias, options);
        if (Sizes.Output.Height == 0 || Sizes.Output.Width == 0)
            throw new ArgumentException(
                $"Conv2d: a kernel of {Sizes.Kernel} with dilation {options.Dilation} is larger than the image of " +
                $"{Sizes.Image} with padding {options.Padding}.");
    }

    /// <inheritdoc/>
    public override string Formula => bias is null
        ? "y_o = Σ_{c,u,v} w_{o,c,u,v}·x_{c,u,v}" : "y_o = b_o + Σ_{c,u,v} w_{o,c,u,v}·x_{c,u,v}";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        var patches = new PatchPlaces(x.Shape, Sizes.Kernel, options);
        int inGroup = weight.Shape[1] * Sizes.Kernel.Area, outGroup = weight.Shape[0] / options.Groups;
        foreach (int[] use in NdArray<Real64>.Indices([x.Shape[0], options.Groups, patches.Count.Area]))
        {
            (int b, int first, int place) = (use[0], use[1] * outGroup, use[2]);
            int[] outputs = [.. Enumerable.Range(first, outGroup)];
            FormulaPart patch = new("x", 0, weight.Shape.Without(0),
                [.. Enumerable.Range(use[1] * inGroup, inGroup).Select(row => patches.PlaceOf(b, row, place))]);
            FormulaPart kernels = new("w", 1, weight.Shape.With(0, outGroup),
                [.. Enumerable.Range(first * inGroup, outGroup * inGroup)]);
            yield return new(
                new("y", -1, [outGroup], [.. outputs.Select(o => (b * weight.Shape[0] + o) * patches.Count.Area
                    + place)]),
                bias is null ? [patch, kernels] : [patch, kernels, new("b", 2, [outGroup], outputs)]);
        }
    }

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    private ConvolutionShape Sizes =>
        new(x.Shape[0], x.Shape[1], weight.Shape[0], (x.Shape[2], x.Shape[3]), (weight.Shape[2], weight.Shape[3]))
        {
            Stride = options.Stride,
            Padding = options.Padding,
            Dilation = options.Dilation,
            Groups = options.Groups,
        };

    private Shape Result => [x.Shape[0], weight.Shape[0], Sizes.Output.Height, Sizes.Output.Width];

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        (Shape X, Shape W, ConvolutionOptions Options)[] cases =
        [
            ([2, 2, 4, 5], [3, 2, 3, 3], new()),
            ([1, 2, 4, 3], [3, 2, 3, 3], new() { Padding = 1 }),
            ([1, 1, 7, 6], [2, 1, 3, 2], new() { Stride = (2, 3), Padding = (1, 0) }),
            ([2, 4, 5, 5], [2, 2, 2, 3], new() { Groups = 2, Dilation = (1, 2), Padding = 1 }),
            ([1, 4, 4, 5], [4, 1, 3, 3], new() { Groups = 4, Padding = 1, Stride = 2 }),
            ([3, 5, 2, 3], [4, 5, 1, 1], new()),
            ([17, 7, 5, 9], [6, 7, 1, 1], new()),
            ([2, 3, 1, 9], [2, 3, 1, 3], new() { Padding = (0, 2) }),
            ([1, 1, 1, 1], [1, 1, 1, 1], new()),
            ([0, 2, 3, 3], [2, 2, 3, 3], new()),
            ([5, 19, 17, 34], [35, 19, 3, 3], new() { Padding = 1 }),
            ([9, 16, 8, 6], [48, 16, 3, 3], new() { Padding = (1, 0) }),
            ([3, 17, 9, 12], [18, 17, 3, 3], new() { Stride = 2, Padding = 1 }),
            ([2, 12, 6, 7], [2, 12, 3, 3], new() { Padding = 1 }),
        ];
        foreach ((Shape sizeX, Shape sizeW, ConvolutionOptions options) in cases)
        {
            float scale = 1 / MathF.Sqrt(sizeW[1] * sizeW[2] * sizeW[3]);
            yield return new Conv2dOp(Tensor.Randn(sizeX, rng), Tensor.Uniform(sizeW, -scale, scale, rng),
                Tensor.Randn([sizeW[0]], rng), options);
        }
        yield return new Conv2dOp(Tensor.Randn([2, 2, 4, 5], rng), Tensor.Randn([3, 2, 3, 3], rng), null, new());
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) =>
        new Conv2dOp(inputs[0], inputs[1], inputs.Length > 2 ? inputs[2] : null, options);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        ConvolutionShape s = Sizes;
        int inputsInGroup = weight.Shape[1], outputsInGroup = weight.Shape[0] / s.Groups;
        return NdArray<V>.Build(Result, index =>
        {
            (int b, int o, int i, int j) = (index[0], index[1], index[2], index[3]);
            V sum = inputs.Length > 2 ? inputs[2][o] : 0;
            for (int c = 0; c < inputsInGroup; c++)
                for (int u = 0; u < s.Kernel.Height; u++)
                    for (int v = 0; v < s.Kernel.Width; v++)
                    {
                        int h = i * s.Stride.Height + u * s.Dilation.Height - s.Padding.Height;
                        int w = j * s.Stride.Width + v * s.Dilation.Width - s.Padding.Width;
                        if ((uint)h < (uint)s.Image.Height && (uint)w < (uint)s.Image.Width)
                            sum += inputs[1][o, c, u, v] * inputs[0][b, o / outputsInGroup * inputsInGroup + c, h, w];
                    }
            return sum;
        });
    }

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(Result);
        ConvolutionKernel.Forward(
            Sizes, x.Dense().AsSpan(), weight.Dense().AsSpan(), bias is null ? default : bias.Dense().AsSpan(),
            y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients) =>
        new ConvolutionInputs(x, weight, bias).AddGradients(gradients, dy, Sizes, transposed: false);

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        Tensor? db = bias is null ? null : tangents.Of(bias);
        Tensor? sum = tangents.Of(x) is { } dx ? dx.Conv2d(weight, db, options)
            : db?.Reshape(1, -1, 1, 1).Expand(y.Shape.AsSpan());
        return Tangents.Sum(sum, tangents.Of(weight) is { } dw ? x.Conv2d(dw, null, options) : null);
    }
}

/// <summary>Gives tensors the operation <see cref="Conv2dOp"/>.</summary>
public static class Conv2dExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The convolution of images [B, C, H, W] with a weight [O, C/G, KH, KW] and an optional bias [O]:
        /// [B, O, OH, OW].
        /// </summary>
        /// <example><code>
        /// Tensor x = new([1, 2, 3, 4], [1, 1, 2, 2]), w = new([10, 1, 0, 5], [1, 1, 2, 2]);
        /// x.Conv2d(w);                       // = 32
        /// 1 * 10 + 2 * 1 + 3 * 0 + 4 * 5;    // = 32
        /// </code></example>
        /// <exception cref="ArgumentException">
        /// The shapes do not fit, the groups do not divide the channels, or the kernel is larger than the image.
        /// </exception>
        public Tensor Conv2d(Tensor weight, Tensor? bias = null, ConvolutionOptions? options = null) =>
            new Conv2dOp(x, weight, bias, options ?? new()).Apply();

        /// <summary>
        /// The convolution of lines [B, C, L] with a weight [O, C/G, K] and an optional bias [O]: [B, O, OL]. It is
        /// that of images with a height of 1.
        /// </summary>
        /// <example><code>
        /// Tensor x = new([1, 2, 3], [1, 1, 3]), w = new([10, 1], [1, 1, 2]);
        /// x.Conv1d(w);                       // = [12, 23]
        /// 1 * 10 + 2 * 1;                    // = 12
        /// </code></example>
        /// <exception cref="ArgumentException">As for <c>Conv2d</c>.</exception>
        public Tensor Conv1d(Tensor weight, Tensor? bias = null, ConvolutionOptions? options = null)
        {
            if (x.Rank != 3 || weight.Rank != 3)
                throw new ArgumentException(
                    $"Conv1d: x {x.Shape} must be [B, C, L] and the weight {weight.Shape} [O, C/G, K].");
            return x.Unsqueeze(2).Conv2d(weight.Unsqueeze(2), bias, (options ?? new()).AlongWidth()).Squeeze(2);
        }
    }
}
