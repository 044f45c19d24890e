using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>How Nabla writes the operations of newops.safetensors: one line each.</summary>
internal static class NewGoldenOps
{
    public static IReadOnlyDictionary<string, Func<GoldenCase, Tensor>> ByName { get; } =
        new[] { Elementwise(), Binaries(), Indexing(), Views(), Reductions(), Linear(), Images(), Before() }
            .SelectMany(group => group).ToDictionary(StringComparer.Ordinal);

    private static Dictionary<string, Func<GoldenCase, Tensor>> Elementwise() => new(StringComparer.Ordinal)
    {
        ["sin"] = c => c.X[0].Sin(),
        ["cos"] = c => c.X[0].Cos(),
        ["tan"] = c => c.X[0].Tan(),
        ["asin"] = c => c.X[0].Asin(),
        ["acos"] = c => c.X[0].Acos(),
        ["atan"] = c => c.X[0].Atan(),
        ["sinh"] = c => c.X[0].Sinh(),
        ["cosh"] = c => c.X[0].Cosh(),
        ["asinh"] = c => c.X[0].Asinh(),
        ["acosh"] = c => c.X[0].Acosh(),
        ["atanh"] = c => c.X[0].Atanh(),
        ["reciprocal"] = c => c.X[0].Reciprocal(),
        ["rsqrt"] = c => c.X[0].Rsqrt(),
        ["log1p"] = c => c.X[0].Log1p(),
        ["expm1"] = c => c.X[0].Expm1(),
        ["exp2"] = c => c.X[0].Exp2(),
        ["log2"] = c => c.X[0].Log2(),
        ["log10"] = c => c.X[0].Log10(),
        ["sign"] = c => c.X[0].Sign(),
        ["floor"] = c => c.X[0].Floor(),
        ["ceil"] = c => c.X[0].Ceil(),
        ["round"] = c => c.X[0].Round(),
        ["trunc"] = c => c.X[0].Trunc(),
        ["frac"] = c => c.X[0].Frac(),
        ["erf"] = c => c.X[0].Erf(),
        ["relu6"] = c => c.X[0].Relu6(),
        ["selu"] = c => c.X[0].Selu(),
        ["mish"] = c => c.X[0].Mish(),
        ["softsign"] = c => c.X[0].Softsign(),
        ["hardsigmoid"] = c => c.X[0].Hardsigmoid(),
        ["hardswish"] = c => c.X[0].Hardswish(),
        ["tanhshrink"] = c => c.X[0].Tanhshrink(),
        ["log_sigmoid"] = c => c.X[0].LogSigmoid(),
        ["logit"] = c => c.X[0].Logit(),
        ["abs"] = c => c.X[0].Abs(),
        ["square"] = c => c.X[0].Square(),
        ["neg"] = c => -c.X[0],
        ["leaky_relu"] = c => c.X[0].LeakyRelu(c.Float("negative_slope")),
        ["elu"] = c => c.X[0].Elu(c.Float("alpha")),
        ["celu"] = c => c.X[0].Celu(c.Float("alpha")),
        ["softplus"] = c => c.X[0].Softplus(c.Float("beta"), c.Float("threshold")),
        ["hardtanh"] = c => c.X[0].Hardtanh(c.Float("min_val"), c.Float("max_val")),
        ["hardshrink"] = c => c.X[0].Hardshrink(c.Float("lambd")),
        ["softshrink"] = c => c.X[0].Softshrink(c.Float("lambd")),
        ["threshold"] = c => c.X[0].Threshold(c.Float("threshold"), c.Float("value")),
        ["clamp"] = c => c.X[0].Clamp(c.Float("min"), c.Float("max")),
        ["pow_scalar"] = c => c.X[0].Pow((double)c.Float("exponent")),
    };

    private static Dictionary<string, Func<GoldenCase, Tensor>> Binaries() => new(StringComparer.Ordinal)
    {
        ["pow"] = c => c.X[0].Pow(c.X[1]),
        ["atan2"] = c => c.X[0].Atan2(c.X[1]),
        ["log_add_exp"] = c => c.X[0].LogAddExp(c.X[1]),
        ["remainder"] = c => c.X[0].Remainder(c.X[1]),
        ["maximum"] = c => c.X[0].Maximum(c.X[1]),
        ["minimum"] = c => c.X[0].Minimum(c.X[1]),
        ["greater"] = c => c.X[0].Greater(c.X[1]),
        ["greater_equal"] = c => c.X[0].GreaterOrEqual(c.X[1]),
        ["equal"] = c => c.X[0].EqualTo(c.X[1]),
        ["less"] = c => c.X[0].Less(c.X[1]),
        ["less_equal"] = c => c.X[0].LessOrEqual(c.X[1]),
        ["not_equal"] = c => c.X[0].NotEqualTo(c.X[1]),
        ["prelu"] = c => c.X[0].PRelu(c.X[1].Reshape([-1, .. Enumerable.Repeat(1, c.X[0].Rank - 2)])),
        ["glu"] = c => c.X[0].Glu(c.Int("dim")),
        ["softmin"] = c => c.X[0].Softmin(c.Int("dim")),
        ["where"] = c => Tensor.Where(c.X[2], c.X[0], c.X[1]),
    };

    private static Dictionary<string, Func<GoldenCase, Tensor>> Indexing() => new(StringComparer.Ordinal)
    {
        ["gather_along"] = c => c.X[0].Gather(c.Int("dim"), c.Ints("indices"), c.Ints("shape")),
        ["gather_last"] = c => c.X[0].Gather(c.Ints("indices")),
        ["scatter_add"] = c => c.X[0].ScatterAdd(c.Int("dim"), c.Ints("indices"), c.X[1]),
        ["scatter"] = c => c.X[0].Scatter(c.Int("dim"), c.Ints("indices"), c.X[1]),
        ["index_select"] = c => c.X[0].IndexSelect(c.Int("dim"), c.Ints("indices")),
        ["index_add"] = c => c.X[0].IndexAdd(c.Int("dim"), c.Ints("indices"), c.X[1]),
        ["take"] = c => c.X[0].Take(c.Ints("indices"), [c.Ints("indices").Length]),
        ["flip"] = c => c.X[0].Flip(c.Ints("dims")),
        ["roll"] = c => c.X[0].Roll(c.Int("shift"), c.Int("dim")),
        ["repeat_interleave"] = c => c.X[0].RepeatInterleave(c.Int("count"), c.Int("dim")),
        ["repeat"] = c => c.X[0].Repeat(c.Ints("counts")),
        ["pad"] = c => c.X[0].Pad(
            c.Ints("padding"), Enum.Parse<PadMode>(c.Text("mode"), ignoreCase: true), c.Float("value")),
        ["tril"] = c => c.X[0].Tril(c.Int("diagonal")),
        ["triu"] = c => c.X[0].Triu(c.Int("diagonal")),
        ["diagonal"] = c => c.X[0].Diagonal(c.Int("offset"), c.Int("dim1"), c.Int("dim2")),
        ["diag_embed"] = c => c.X[0].DiagEmbed(c.Int("offset")),
        ["trace"] = c => c.X[0].Trace(),
        ["masked_fill"] = c => c.X[0].MaskedFill([.. c.Ints("mask").Select(m => m != 0)], c.Float("value")),
        ["embedding"] = c => c.X[0].Embedding(c.Ints("indices"), c.Ints("shape")),
        ["one_hot"] = c => Tensor.OneHot(c.Ints("classes"), c.Int("count")).Reshape(c.Y.Shape.AsSpan()),
        ["arange"] = c => Tensor.Arange(c.Float("start"), c.Float("end"), c.Float("step")),
        ["logspace"] = c => Tensor.Logspace(c.Float("start"), c.Float("end"), c.Int("count")),
        ["linspace"] = c => Tensor.Linspace(c.Float("start"), c.Float("end"), c.Int("count")),
        ["eye"] = c => Tensor.Eye(c.Int("count"), 4),
        ["meshgrid"] = c => Tensor.Meshgrid(c.X)[c.Int("part")],
    };

    private static Dictionary<string, Func<GoldenCase, Tensor>> Views() => new(StringComparer.Ordinal)
    {
        ["stack"] = c => Tensor.Stack(c.Int("dim"), c.X),
        ["split"] = c => c.X[0].Split(c.Int("size"), c.Int("dim"))[c.Int("part")],
        ["chunk"] = c => c.X[0].Chunk(2, c.Int("dim"))[0],
        ["unbind"] = c => c.X[0].Unbind(c.Int("dim"))[^1],
        ["permute"] = c => c.X[0].Permute(c.Ints("order")),
        ["movedim"] = c => c.X[0].MoveDim(c.Int("source"), c.Int("destination")),
        ["flatten"] = c => c.X[0].Flatten(c.Int("start"), c.Int("end")),
        ["reshape"] = c => c.X[0].Reshape(c.Ints("sizes")),
        ["unflatten"] = c => c.X[0].Unflatten(c.Int("dim"), c.Ints("sizes")),
        ["select"] = c => c.X[0].Select(c.Int("dim"), c.Int("index")),
        ["expand"] = c => c.X[0].Expand(c.Ints("sizes")),
    };

    private static Dictionary<string, Func<GoldenCase, Tensor>> Reductions() => new(StringComparer.Ordinal)
    {
        ["prod"] = c => c.X[0].Prod(c.Int("dim"), c.Bool("keepdim")),
        ["min"] = c => c.X[0].Min(c.Int("dim"), c.Bool("keepdim")),
        ["max_indices"] = c => c.X[0].MaxWithIndices(c.Int("dim"), c.Bool("keepdim")).Values,
        ["min_indices"] = c => c.X[0].MinWithIndices(c.Int("dim"), c.Bool("keepdim")).Values,
        ["std"] = c => c.X[0].Std(c.Int("dim"), c.Bool("keepdim"), correction: 0),
        ["std_unbiased"] = c => c.X[0].Std(),
        ["log_sum_exp"] = c => c.X[0].LogSumExp(c.Int("dim"), c.Bool("keepdim")),
        ["log_sum_exp_dims"] = c => c.X[0].LogSumExp(c.Ints("dims"), c.Bool("keepdim")),
        ["mean_dims"] = c => c.X[0].Mean(c.Ints("dims"), c.Bool("keepdim")),
        ["var_dims"] = c => c.X[0].Variance(c.Ints("dims"), c.Bool("keepdim")),
        ["sum_dims"] = c => c.X[0].Sum(c.Ints("dims"), c.Bool("keepdim")),
        ["norm"] = c => c.X[0].Norm(c.Number("p"), c.Ints("dims"), c.Bool("keepdim")),
        ["cumsum"] = c => c.X[0].CumSum(c.Int("dim")),
        ["cumprod"] = c => c.X[0].CumProd(c.Int("dim")),
        ["logcumsumexp"] = c => c.X[0].LogCumSumExp(c.Int("dim")),
        ["cummax"] = c => c.X[0].CumMax(c.Int("dim")).Values,
        ["cummin"] = c => c.X[0].CumMin(c.Int("dim")).Values,
        ["sort"] = c => c.X[0].Sort(c.Int("dim"), c.Bool("descending")).Values,
        ["topk"] = c => c.X[0].TopK(c.Y.Shape[c.Int("dim")], c.Int("dim"), c.Bool("largest")).Values,
        ["argsort"] = c => c.Whole(c.X[0].ArgSort(c.Int("dim"), c.Bool("descending"))),
        ["argmax"] = c => c.Whole(c.X[0].ArgMax(c.Int("dim"))),
        ["argmin"] = c => c.Whole(c.X[0].ArgMin(c.Int("dim"))),
        ["median"] = c => c.X[0].Median(c.Int("dim")).Values,
        ["kthvalue"] = c => c.X[0].KthValue(c.Int("k"), c.Int("dim")).Values,
    };

    private static Dictionary<string, Func<GoldenCase, Tensor>> Linear() => new(StringComparer.Ordinal)
    {
        ["einsum"] = c => Tensor.Einsum(c.Text("equation"), c.X),
        ["outer"] = c => c.X[0].Outer(c.X[1]),
        ["dot"] = c => c.X[0].Dot(c.X[1]),
        ["mv"] = c => c.X[0].Mv(c.X[1]),
        ["bilinear"] = c => c.X[0].Bilinear(c.X[1], c.X[2], c.X[3]),
        ["pairwise_distance"] = c => c.X[0].PairwiseDistance(c.X[1], c.Number("p")),
        ["cdist"] = c => c.X[0].Cdist(c.X[1], c.Number("p")),
        ["normalize"] = c => c.X[0].Normalize(c.Number("p"), c.Int("dim")),
        ["cosine_similarity"] = c => c.X[0].CosineSimilarity(c.X[1], c.Int("dim")),
        ["affine"] = c => c.X[0].Affine(c.X[1], c.X[2]),
    };

    private static Dictionary<string, Func<GoldenCase, Tensor>> Images() => new(StringComparer.Ordinal)
    {
        ["adaptive_avg_pool2d"] = c => c.X[0].AdaptiveAvgPool2d(c.Size("size")),
        ["adaptive_max_pool2d"] = c => c.X[0].AdaptiveMaxPool2d(c.Size("size")),
        ["adaptive_avg_pool1d"] = c => c.X[0].AdaptiveAvgPool1d(c.Int("size")),
        ["adaptive_max_pool1d"] = c => c.X[0].AdaptiveMaxPool1d(c.Int("size")),
        ["lp_pool1d"] = c => c.X[0].LpPool1d(c.Number("p"), c.Int("kernel_size"), c.Int("stride")),
        ["lp_pool2d"] = c => c.X[0].LpPool2d(c.Number("p"), c.Size("kernel_size"), c.Size("stride")),
        ["unfold"] = c => c.X[0].Unfold(c.Size("kernel_size"), Window(c)),
        ["fold"] = c => c.X[0].Fold(c.Ints("image"), c.Size("kernel_size"), Window(c)),
        ["pixel_shuffle"] = c => c.X[0].PixelShuffle(c.Int("factor")),
        ["pixel_unshuffle"] = c => c.X[0].PixelUnshuffle(c.Int("factor")),
        ["channel_shuffle"] = c => c.X[0].ChannelShuffle(c.Int("groups")),
    };

    /// <summary>Those of ops.safetensors, of which there are further shapes.</summary>
    private static IEnumerable<KeyValuePair<string, Func<GoldenCase, Tensor>>> Before() =>
        GoldenOps.ByName.Where(op => op.Key is not ("embedding" or "gather"));

    private static ConvolutionOptions Window(GoldenCase c) =>
        new() { Stride = c.Size("stride"), Padding = c.Size("padding"), Dilation = c.Size("dilation") };

    /// <summary>A number, or an infinity in words.</summary>
    private static double Number(this GoldenCase c, string attribute) =>
        c.Attributes.GetProperty(attribute).ToString() switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => c.Attributes.GetProperty(attribute).GetDouble(),
        };

    /// <summary>Indices as a tensor of the expected shape.</summary>
    private static Tensor Whole(this GoldenCase c, int[] indices) =>
        new([.. indices.Select(i => (float)i)], c.Y.Shape);
}
