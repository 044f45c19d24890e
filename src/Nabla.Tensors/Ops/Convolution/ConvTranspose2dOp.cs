using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Numerics.Lanes;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Transposed convolution: each pixel of x paints the kernel, times its number, into y: y_o(is+ud−p)(js+vd−p) += w_couv
/// · x_cij, plus b_o. x [B, C, H, W], w [C, O/G, KH, KW], b [O], y [B, O, OH, OW], OH = (H − 1)·s − 2p + d(KH − 1) +
/// output padding + 1. It is the derivative of <see cref="Conv2dOp"/> with respect to its input. Zeiler et al. 2010,
/// "Deconvolutional networks".
/// </summary>
public sealed class ConvTranspose2dOp : Op, ISampledOp
{
    private readonly Tensor x, weight;
    private readonly Tensor? bias;
    private readonly ConvolutionOptions options;

    internal ConvTranspose2dOp(Tensor x, Tensor weight, Tensor? bias, ConvolutionOptions options)
        : base(new ConvolutionInputs(x, weight, bias).ToArray())
    {
        if (x.Rank != 4 || weight.Rank != 4)
            throw new ArgumentException(
                $"ConvTranspose2d: x {x.Shape} must be [B, C, H, W] and the weight {weight.Shape} [C, O/G, KH, KW].");
        options.Validate("ConvTranspose2d", x.Shape[1], weight.Shape[1] * options.Groups);
        if (weight.Count == 0)
            throw new ArgumentException(
                $"ConvTranspose2d: the weight {weight.Shape} is empty; every size must be at least 1.");
        if (weight.Shape[0] != x.Shape[1])
            throw new ArgumentException(
                $"ConvTranspose2d: x {x.Shape} does not fit weight {weight.Shape}; x must have {weight.Shape[0]} " +
                "channels.");
        (this.x, this.weight, this.bias, this.options) = (x, weight, bias, options);
        if (bias is not null && bias.Shape != Shape.Create([Channels]))
            throw new ArgumentException(
                $"ConvTranspose2d: bias {bias.Shape} does not fit weight {weight.Shape} with {options.Groups} " +
                $"groups; it must be [{Channels}].");
        (Size2d extra, Size2d stride) = (options.OutputPadding, options.Stride);
        if (extra.Height < 0 || extra.Width < 0 || extra.Height >= stride.Height || extra.Width >= stride.Width)
            throw new ArgumentException(
                $"ConvTranspose2d: output padding {extra} must be at least 0 and less than the stride {stride}.");
        if (Math.Min(LongHeight, LongWidth) < 1)
            throw new ArgumentException(
                $"ConvTranspose2d: padding {options.Padding} leaves nothing of an image of {LongHeight}×{LongWidth}.");
        if (Math.Max(LongHeight, LongWidth) > Array.MaxLength)
            throw new ArgumentException(
                $"ConvTranspose2d: an image of {LongHeight}×{LongWidth} is too large; use less stride or dilation.");
    }

    /// <inheritdoc/>
    public override string Formula => bias is null ? "y = Σ_k w_k·x_k" : "y = b + Σ_k w_k·x_k";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        var reached = new List<(int Weight, int X)>[result.ElementCount];
        foreach ((int y, int w, int from) in Contributions())
            (reached[y] ??= [(-1, -1)]).Add((w, from)); // a zero first: no list is empty
        int area = Height * Width;
        for (int y = 0; y < reached.Length; y++)
        {
            List<(int Weight, int X)> terms = reached[y] ?? [(-1, -1)];
            FormulaPart numbers = new("x", 0, [terms.Count], [.. terms.Select(term => term.X)]);
            FormulaPart weights = new("w", 1, [terms.Count], [.. terms.Select(term => term.Weight)]);
            yield return new(new("y", -1, [], [y]), bias is null
                ? [numbers, weights] : [numbers, weights, new("b", 2, [], [y / area % Channels])]);
        }
    }

    // Which weight times which number of x is added to which number of y.
    private IEnumerable<(int Y, int Weight, int X)> Contributions()
    {
        ConvolutionShape s = Sizes;
        int inputsInGroup = x.Shape[1] / s.Groups, outputsInGroup = weight.Shape[1], from = 0;
        foreach (int[] at in NdArray<Real64>.Indices(x.Shape))
        {
            foreach (int[] k in NdArray<Real64>.Indices(weight.Shape.Without(0)))
            {
                int h = at[2] * s.Stride.Height + k[1] * s.Dilation.Height - s.Padding.Height;
                int w = at[3] * s.Stride.Width + k[2] * s.Dilation.Width - s.Padding.Width;
                int o = at[1] / inputsInGroup * outputsInGroup + k[0];
                if ((uint)h < (uint)s.Image.Height && (uint)w < (uint)s.Image.Width)
                    yield return (((at[0] * Channels + o) * Height + h) * Width + w,
                        ((at[1] * outputsInGroup + k[0]) * s.Kernel.Height + k[1]) * s.Kernel.Width + k[2], from);
            }
            from++;
        }
    }

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    private int Channels => weight.Shape[1] * options.Groups;

    private int Height => (int)LongHeight;

    private int Width => (int)LongWidth;

    private long LongHeight => (x.Shape[2] - 1L) * options.Stride.Height - 2L * options.Padding.Height
        + options.Dilation.Height * (weight.Shape[2] - 1L) + options.OutputPadding.Height + 1;

    private long LongWidth => (x.Shape[3] - 1L) * options.Stride.Width - 2L * options.Padding.Width
        + options.Dilation.Width * (weight.Shape[3] - 1L) + options.OutputPadding.Width + 1;

    /// <summary>The sizes of the convolution from y to x, whose derivative this is.</summary>
    private ConvolutionShape Sizes =>
        new(x.Shape[0], Channels, x.Shape[1], (Height, Width), (weight.Shape[2], weight.Shape[3]))
        {
            Stride = options.Stride,
            Padding = options.Padding,
            Dilation = options.Dilation,
            Groups = options.Groups,
        };

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        (Shape X, Shape W, ConvolutionOptions Options)[] cases =
        [
            ([2, 2, 3, 4], [2, 3, 3, 3], new()),
            ([1, 2, 3, 3], [2, 3, 3, 3], new() { Stride = 2, Padding = 1, OutputPadding = 1 }),
            ([1, 1, 2, 3], [1, 2, 2, 3], new() { Stride = (2, 3), OutputPadding = (1, 2) }),
            ([2, 4, 3, 3], [4, 1, 3, 2], new() { Groups = 2, Dilation = (2, 1), Padding = (1, 0) }),
            ([1, 3, 4, 3], [3, 1, 3, 3], new() { Groups = 3, Stride = 2 }),
            ([1, 1, 1, 1], [1, 1, 1, 1], new()),
            ([0, 2, 3, 3], [2, 2, 3, 3], new()),
            ([3, 20, 9, 17], [20, 18, 4, 4], new() { Stride = 2, Padding = 1 }),
        ];
        foreach ((Shape sizeX, Shape sizeW, ConvolutionOptions options) in cases)
        {
            float scale = 1 / MathF.Sqrt(sizeW[0] * sizeW[2] * sizeW[3]);
            yield return new ConvTranspose2dOp(Tensor.Randn(sizeX, rng), Tensor.Uniform(sizeW, -scale, scale, rng),
                Tensor.Randn([sizeW[1] * options.Groups], rng), options);
        }
        yield return new ConvTranspose2dOp(
            Tensor.Randn([2, 2, 3, 2], rng), Tensor.Randn([2, 3, 2, 2], rng), null, new());
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) =>
        new ConvTranspose2dOp(inputs[0], inputs[1], inputs.Length > 2 ? inputs[2] : null, options);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        ConvolutionShape s = Sizes;
        var y = NdArray<V>.Build(
            [x.Shape[0], Channels, Height, Width], index => inputs.Length > 2 ? inputs[2][index[1]] : 0);
        int inputsInGroup = x.Shape[1] / s.Groups, outputsInGroup = weight.Shape[1];
        foreach (int[] at in NdArray<V>.Indices(x.Shape))
            for (int o = 0; o < outputsInGroup; o++)
                for (int u = 0; u < s.Kernel.Height; u++)
                    for (int v = 0; v < s.Kernel.Width; v++)
                    {
                        int h = at[2] * s.Stride.Height + u * s.Dilation.Height - s.Padding.Height;
                        int w = at[3] * s.Stride.Width + v * s.Dilation.Width - s.Padding.Width;
                        if ((uint)h < (uint)s.Image.Height && (uint)w < (uint)s.Image.Width)
                            y[at[0], at[1] / inputsInGroup * outputsInGroup + o, h, w] +=
                                inputs[1][at[1], o, u, v] * inputs[0][at];
                    }
        return y;
    }

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized([x.Shape[0], Channels, Height, Width]);
        ConvolutionKernel.BackwardInput(
            Sizes, x.Dense().AsSpan(), weight.Dense().AsSpan(), bias is null ? default : bias.Dense().AsSpan(),
            y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients) =>
        new ConvolutionInputs(x, weight, bias).AddGradients(gradients, dy, Sizes, transposed: true);

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        Tensor? db = bias is null ? null : tangents.Of(bias);
        Tensor? sum = tangents.Of(x) is { } dx ? dx.ConvTranspose2d(weight, db, options)
            : db?.Reshape(1, -1, 1, 1).Expand(y.Shape.AsSpan());
        return Tangents.Sum(sum, tangents.Of(weight) is { } dw ? x.ConvTranspose2d(dw, null, options) : null);
    }
}

/// <summary>Gives tensors the operation <see cref="ConvTranspose2dOp"/>.</summary>
public static class ConvTranspose2dExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The transposed convolution of images [B, C, H, W] with a weight [C, O/G, KH, KW] and an optional bias [O]:
        /// [B, O, OH, OW].
        /// </summary>
        /// <example><code>
        /// Tensor x = new([1, 2], [1, 1, 1, 2]), w = new([10, 1], [1, 1, 1, 2]);
        /// x.ConvTranspose2d(w, null, new() { Stride = 2 });   // = [10, 1, 20, 2]
        /// </code></example>
        /// <exception cref="ArgumentException">
        /// The shapes do not fit, the groups do not divide the channels, or the output padding reaches the stride.
        /// </exception>
        public Tensor ConvTranspose2d(Tensor weight, Tensor? bias = null, ConvolutionOptions? options = null) =>
            new ConvTranspose2dOp(x, weight, bias, options ?? new()).Apply();

        /// <summary>
        /// The transposed convolution of lines [B, C, L] with a weight [C, O/G, K] and an optional bias [O]: [B, O,
        /// OL].
        /// </summary>
        /// <example><code>
        /// Tensor x = new([1, 2], [1, 1, 2]), w = new([10, 1], [1, 1, 2]);
        /// x.ConvTranspose1d(w);              // = [10, 21, 2]
        /// 1 * 1 + 2 * 10;                    // = 21
        /// </code></example>
        /// <exception cref="ArgumentException">As for <c>ConvTranspose2d</c>.</exception>
        public Tensor ConvTranspose1d(Tensor weight, Tensor? bias = null, ConvolutionOptions? options = null)
        {
            if (x.Rank != 3 || weight.Rank != 3)
                throw new ArgumentException(
                    $"ConvTranspose1d: x {x.Shape} must be [B, C, L] and the weight {weight.Shape} [C, O/G, K].");
            return x.Unsqueeze(2)
                .ConvTranspose2d(weight.Unsqueeze(2), bias, (options ?? new()).AlongWidth()).Squeeze(2);
        }
    }
}
