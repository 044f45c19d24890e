using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>The operations of docs/ops.md name themselves, what they were given and what they need.</summary>
public sealed class OpTableErrorTests
{
    private static readonly Tensor Matrix = Tensor.Zeros([2, 3]), Vector = Tensor.Zeros([3]), Scalar = 1,
        Nothing = Tensor.Zeros([2, 0]), Images = Tensor.Zeros([2, 3, 4, 5]);

    private static Dictionary<string, (Action Call, string[] Message)> Mistakes { get; } = new(StringComparer.Ordinal)
    {
        ["celu"] = (() => Vector.Celu(0), ["Celu", "alpha 0", "other than 0"]),
        ["softplus, beta"] = (() => Vector.Softplus(-1), ["Softplus", "beta -1", "above 0"]),
        ["softplus, threshold"] = (() => Vector.Softplus(1, double.NaN), ["Softplus", "threshold NaN", "20"]),
        ["clamp"] = (() => Vector.Clamp(2, 1), ["Clamp", "at least 2", "at most 1", "exchange"]),
        ["clamp, NaN"] = (() => Vector.Clamp(double.NaN), ["Clamp", "NaN"]),
        ["hardtanh"] = (() => Vector.Hardtanh(1, 1), ["Hardtanh", "min 1", "below max 1"]),
        ["hardshrink"] = (() => Vector.Hardshrink(-1), ["Hardshrink", "lambda -1", "0 or more"]),
        ["softshrink"] = (() => Vector.Softshrink(double.NaN), ["Softshrink", "lambda NaN", "0 or more"]),
        ["pow"] = (() => Vector.Pow(double.PositiveInfinity), ["Pow", "exponent", "not finite"]),
        ["pow, shapes"] = (() => Matrix.Pow(Tensor.Zeros([2])), ["Pow", "[2, 3]", "[2]", "one of them 1"]),
        ["atan2"] = (() => Matrix.Atan2(Tensor.Zeros([2])), ["Atan2", "[2, 3]", "[2]"]),
        ["greater"] = (() => Matrix.Greater(Tensor.Zeros([2])), ["Greater", "[2, 3]", "[2]"]),
        ["glu"] = (() => Matrix.Glu(), ["Glu", "[2, 3]", "odd size 3", "two halves"]),
        ["gumbel softmax"] = (() => Vector.GumbelSoftmax(new(1), tau: 0), ["GumbelSoftmax", "tau 0", "above 0"]),
        ["randomised relu"] = (() => Vector.RRelu(new(1), 1, 0), ["Uniform", "[1, 0)"]),
        ["where"] = (() => Tensor.Where(Matrix, Vector, Tensor.Zeros([2])), ["Where", "[3]", "[2]"]),
        ["gather, range"] = (() => Matrix.Gather(1, [3], [1, 1]), ["Gather", "index 3", "0 … 2", "[2, 3]"]),
        ["gather, negative"] = (() => Matrix.Gather(0, [-1], [1, 1]), ["Gather", "index -1", "0 … 1"]),
        ["gather, count"] = (() => Matrix.Gather(1, [0], [1, 2]), ["Gather", "1 indices", "[1, 2]"]),
        ["gather, shape"] = (() => Matrix.Gather(1, [0, 0, 0], [3, 1]), ["Gather", "[3, 1]", "[2, 3]", "dimension 1"]),
        ["gather, rank"] = (() => Matrix.Gather(1, [0], [1]), ["Gather", "[1]", "[2, 3]", "as many dimensions"]),
        ["scatter, range"] = (() => Matrix.Scatter(0, [2], Tensor.Zeros([1, 1])), ["Scatter", "index 2", "0 … 1"]),
        ["scatter add, shape"] =
            (() => Matrix.ScatterAdd(0, [0], Tensor.Zeros([1])), ["ScatterAdd", "[1]", "[2, 3]", "as many dimensions"]),
        ["index add"] =
            (() => Matrix.IndexAdd(0, [0], Matrix), ["IndexAdd", "[2, 3]", "1 indices", "must be [1, 3]"]),
        ["index select"] = (() => Matrix.IndexSelect(1, [3]), ["IndexSelect", "index 3", "0 … 2", "[2, 3]"]),
        ["select"] = (() => Matrix.Select(0, 2), ["Select", "index 2", "-2 … 1", "[2, 3]"]),
        ["take, range"] = (() => Matrix.Take([6], [1]), ["Take", "place 6", "0 … 5", "[2, 3]"]),
        ["take, count"] = (() => Matrix.Take([0], [2]), ["Take", "1 places", "[2]"]),
        ["flip, twice"] = (() => Matrix.Flip(0, -2), ["Flip", "-2", "[2, 3]", "twice"]),
        ["flip, dimension"] = (() => Matrix.Flip(2), ["Flip", "2", "[2, 3]", "use"]),
        ["roll"] = (() => Matrix.Roll(1, 2), ["Roll", "2", "[2, 3]", "use"]),
        ["repeat"] = (() => Matrix.Repeat(1, -1), ["Repeat", "[1, -1]", "[2, 3]", "0 or more"]),
        ["repeat interleave"] =
            (() => Matrix.RepeatInterleave(-1, 0), ["RepeatInterleave", "count of -1", "[2, 3]", "0 or more"]),
        ["pad, count"] = (() => Matrix.Pad([1]), ["Pad", "1 numbers", "[2, 3]", "two for each"]),
        ["pad, too many"] = (() => Vector.Pad([1, 1, 1, 1]), ["Pad", "4 numbers", "[3]", "two for each"]),
        ["pad, reflect"] = (() => Vector.Pad([3, 0], PadMode.Reflect), ["Pad", "3 and 0", "[3]", "Reflect", "only 2"]),
        ["pad, circular"] =
            (() => Vector.Pad([0, 4], PadMode.Circular), ["Pad", "0 and 4", "[3]", "Circular", "only 3"]),
        ["pad, replicate nothing"] = (() => Nothing.Pad([1, 0], PadMode.Replicate), ["Pad", "[2, 0]", "only 0"]),
        ["pad, negative"] = (() => Vector.Pad([-1, 0], PadMode.Replicate), ["Pad", "-1 and 0", "only constant"]),
        ["pad, cutting off"] = (() => Vector.Pad([-2, -2]), ["Pad", "-2 and -2", "[3]", "no more than there is"]),
        ["tril"] = (() => Vector.Tril(), ["Tril", "[3]", "[..., M, N]"]),
        ["triu"] = (() => Vector.Triu(), ["Triu", "[3]", "[..., M, N]"]),
        ["diagonal"] = (() => Vector.Diagonal(), ["Diagonal", "[3]", "[..., M, N]"]),
        ["diagonal, dimensions"] = (() => Matrix.Diagonal(0, 1, 1), ["Diagonal", "1", "[2, 3]", "twice"]),
        ["diag embed"] = (() => Scalar.DiagEmbed(), ["DiagEmbed", "[]", "[..., D]"]),
        ["diag"] = (() => Images.Diag(), ["Diag", "[2, 3, 4, 5]", "vector or a matrix"]),
        ["one-hot"] = (() => Tensor.OneHot([0, 3], 3), ["OneHot", "class 3 at 1", "0 … 2"]),
        ["arange"] = (() => Tensor.Arange(0, 1, -1), ["Arange", "from 0 to 1", "-1", "lead to the end"]),
        ["arange, no step"] = (() => Tensor.Arange(0, 1, 0), ["Arange", "steps of 0"]),
        ["arange, NaN"] = (() => Tensor.Arange(double.NaN, 1, 1), ["Arange", "NaN"]),
        ["linspace"] = (() => Tensor.Linspace(0, 1, -1), ["Linspace", "-1 numbers", "0 or more"]),
        ["meshgrid"] = (() => Tensor.Meshgrid(Vector, Matrix), ["Meshgrid", "axis 1", "[2, 3]", "vector"]),
        ["eye"] = (() => Tensor.Eye(-1), ["size -1", "negative"]),
        ["stack"] = (() => Tensor.Stack(0, Matrix, Vector), ["Stack", "[3]", "[2, 3]", "one shape"]),
        ["stack of nothing"] = (() => Tensor.Stack(0), ["Stack", "no tensors"]),
        ["split"] = (() => Matrix.Split(0), ["Split", "parts of 0", "[2, 3]", "at least 1"]),
        ["split, sizes"] = (() => Matrix.Split([1, 2], 0), ["Split", "[1, 2]", "add up to 2", "[2, 3]"]),
        ["split, negative"] = (() => Matrix.Split([3, -1], 0), ["Split", "[3, -1]", "add up to 2"]),
        ["chunk"] = (() => Matrix.Chunk(0), ["Chunk", "0 parts", "[2, 3]", "at least 1"]),
        ["permute"] = (() => Matrix.Permute(0, 0), ["Permute", "[0, 0]", "[2, 3]", "once"]),
        ["permute, count"] = (() => Matrix.Permute(0), ["Permute", "[0]", "[2, 3]", "once"]),
        ["move"] = (() => Matrix.MoveDim(0, 2), ["MoveDim", "2", "[2, 3]", "use"]),
        ["flatten"] = (() => Images.Flatten(2, 1), ["Flatten", "dimension 2", "behind dimension 1", "exchange"]),
        ["unflatten"] = (() => Matrix.Unflatten(1, 2, 2), ["Unflatten", "[2, 2]", "3", "product"]),
        ["prod"] = (() => Matrix.Prod(2), ["Prod", "2", "[2, 3]", "use"]),
        ["min of nothing"] = (() => Nothing.Min(1), ["[2, 0]", "no elements"]),
        ["repeat too often"] = (() => Tensor.Zeros([4]).Repeat(1 << 30), ["Shape", "more than"]),
        ["repeat each too often"] = (() => Tensor.Zeros([4]).RepeatInterleave(1 << 30, 0), ["Shape", "more than"]),
        ["diagonal of unequal sizes"] =
            (() => Tensor.Einsum("ii->i", Tensor.Zeros([3, 1])), ["Einsum", "'i'", "3", "1"]),
        ["std"] = (() => Tensor.Zeros([1]).Std(), ["Std", "1 numbers", "correction of 1", "less"]),
        ["norm, NaN"] = (() => Vector.Norm(double.NaN), ["Norm", "p is NaN", "infinity"]),
        ["norm of nothing"] =
            (() => Nothing.Norm(double.PositiveInfinity, 1), ["Norm", "[2, 0]", "no elements", "p from 0 on"]),
        ["dimensions twice"] = (() => Matrix.Sum([0, -2]), ["Sum", "-2", "[2, 3]", "twice"]),
        ["running sum"] = (() => Matrix.CumSum(2), ["CumSum", "2", "[2, 3]", "use"]),
        ["running product of a scalar"] = (() => Scalar.CumProd(), ["CumProd", "[]"]),
        ["argmax of nothing"] = (() => Nothing.ArgMax(1), ["ArgMax", "[2, 0]", "no elements"]),
        ["argmin of nothing"] = (() => Nothing.ArgMin(), ["ArgMin", "no elements"]),
        ["sort"] = (() => Matrix.Sort(2), ["ArgSort", "2", "[2, 3]", "use"]),
        ["top k"] = (() => Matrix.TopK(4), ["TopK", "k = 4", "0 … 3", "[2, 3]"]),
        ["k-th value"] = (() => Matrix.KthValue(0), ["KthValue", "k = 0", "1 … 3", "[2, 3]"]),
        ["median of nothing"] = (() => Nothing.Median(1), ["Median", "[2, 0]", "no elements"]),
        ["dot"] = (() => Vector.Dot(Matrix), ["Dot", "[3]", "[2, 3]", "one length"]),
        ["outer"] = (() => Vector.Outer(Matrix), ["Outer", "[3]", "[2, 3]", "two vectors"]),
        ["matrix times vector"] = (() => Vector.Mv(Vector), ["Mv", "[3]", "matrix and a vector"]),
        ["bilinear"] = (() => Vector.Bilinear(Vector, Matrix), ["Bilinear", "[3]", "[2, 3]", "[O, I, J]"]),
        ["all distances"] = (() => Matrix.Cdist(Tensor.Zeros([2, 4])), ["Cdist", "[2, 3]", "[2, 4]", "one M"]),
        ["einsum, operands"] = (() => Tensor.Einsum("ij,jk", Matrix), ["Einsum", "ij,jk", "2 operands for 1 tensors"]),
        ["einsum, rank"] = (() => Tensor.Einsum("ijk", Matrix), ["Einsum", "'ijk'", "3 labels", "[2, 3]"]),
        ["einsum, character"] = (() => Tensor.Einsum("i?", Matrix), ["Einsum", "'?'", "no letter"]),
        ["einsum, size"] =
            (() => Tensor.Einsum("ij,jk", Matrix, Matrix), ["Einsum", "'j' is 3, and 2 in operand 1", "[2, 3]"]),
        ["einsum, result"] = (() => Tensor.Einsum("ij->k", Matrix), ["Einsum", "'k'", "none of an operand"]),
        ["einsum, result twice"] = (() => Tensor.Einsum("ij->ii", Matrix), ["Einsum", "twice"]),
        ["unfold"] = (() => Matrix.Unfold(2), ["Unfold", "[2, 3]", "[B, C, H, W]"]),
        ["unfold, kernel"] = (() => Images.Unfold(6), ["Unfold", "6×6", "[2, 3, 4, 5]", "does not fit"]),
        ["unfold, stride"] = (() => Images.Unfold(2, new() { Stride = 0 }), ["Unfold", "stride 0×0", "at least 1"]),
        ["fold"] = (() => Matrix.Fold([1, 1, 2, 2], 1), ["Fold", "[2, 3]", "[1, 1, 2, 2]", "must be [1, 1, 4]"]),
        ["adaptive average pool"] = (() => Images.AdaptiveAvgPool2d(0), ["AdaptiveAvgPool2d", "0×0", "at least 1"]),
        ["adaptive max pool"] = (() => Matrix.AdaptiveMaxPool2d(1), ["AdaptiveMaxPool2d", "[2, 3]", "[B, C, H, W]"]),
        ["adaptive pool 1d"] = (() => Matrix.AdaptiveAvgPool1d(1), ["AdaptiveAvgPool1d", "[2, 3]", "[B, C, L]"]),
        ["power pool"] = (() => Images.LpPool2d(0, 2), ["LpPool2d", "p = 0", "no root"]),
        ["pixel shuffle"] = (() => Images.PixelShuffle(2), ["PixelShuffle", "[2, 3, 4, 5]", "C·r²"]),
        ["pixel unshuffle"] = (() => Images.PixelUnshuffle(2), ["PixelUnshuffle", "[2, 3, 4, 5]", "H·r"]),
        ["channel shuffle"] = (() => Images.ChannelShuffle(2), ["ChannelShuffle", "[2, 3, 4, 5]", "2 groups"]),
    };

    public static TheoryData<string> Names => [.. Mistakes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_named_with_its_value_and_a_remedy(string name)
    {
        (Action call, string[] message) = Mistakes[name];
        Exception error = Record.Exception(call).ShouldNotBeNull();
        error.ShouldBeAssignableTo<ArgumentException>(error.ToString());
        foreach (string part in message)
            error.Message.ShouldContain(part);
    }
}
