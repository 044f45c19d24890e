using Nabla.Numerics;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>Each op says its name, the shapes it was given and what to do.</summary>
public sealed class OpErrorTests
{
    private static readonly Tensor Matrix = Tensor.Zeros([2, 3]), Square = Tensor.Zeros([3, 3]),
        Vector = Tensor.Zeros([3]), Scalar = 1;

    private static Dictionary<string, (Action Call, string[] Message)> Mistakes { get; } = new(StringComparer.Ordinal)
    {
        ["broadcasting"] = (() => _ = Matrix + Tensor.Zeros([2]), ["Add", "[2, 3]", "[2]", "one of them 1"]),
        ["maximum"] = (() => Matrix.Maximum(Tensor.Zeros([2])), ["Maximum", "[2, 3]", "[2]", "one of them 1"]),
        ["matmul of vectors"] = (() => Matrix.MatMul(Vector), ["MatMul", "[2, 3]", "[3]", "Unsqueeze"]),
        ["matmul, right transposed"] =
            (() => Matrix.MatMul(Tensor.Zeros([5, 3])), ["MatMul", "[2, 3] × [5, 3]", "b.Transpose(-2, -1)"]),
        ["matmul, left transposed"] =
            (() => Matrix.MatMul(Tensor.Zeros([2, 5])), ["MatMul", "[2, 3] × [2, 5]", "a.Transpose(-2, -1)"]),
        ["matmul, exchanged"] =
            (() => Tensor.Zeros([2, 7]).MatMul(Tensor.Zeros([5, 2])), ["MatMul", "[2, 7] × [5, 2]", "b.MatMul(a)"]),
        ["matmul, batches"] =
            (() => Tensor.Zeros([2, 3, 4]).MatMul(Tensor.Zeros([3, 4, 5])), ["MatMul", "[2]", "[3]", "one of them 1"]),
        ["affine input"] = (() => Matrix.Affine(Tensor.Zeros([5, 4])), ["Affine", "[2, 3]", "[5, 4]", "must be In"]),
        ["affine bias"] = (() => Matrix.Affine(Square, Tensor.Zeros([4])), ["Affine", "[4]", "[3, 3]", "must be [3]"]),
        ["bias of an activation"] =
            (() => Matrix.Activate<Gelu>(Tensor.Zeros([2])), ["BiasGelu", "[2]", "[2, 3]", "input's last"]),
        ["reshape"] = (() => Matrix.Reshape(4, 2), ["Reshape", "[2, 3]", "[4, 2]", "must be equal"]),
        ["reshape, unknown size"] = (() => Matrix.Reshape(4, -1), ["Reshape", "[2, 3]", "6 elements"]),
        ["reshape, two unknown sizes"] = (() => Matrix.Reshape(-1, -1), ["Reshape", "only one", "-1"]),
        ["unsqueeze"] = (() => Matrix.Unsqueeze(4), ["Unsqueeze", "4", "[2, 3]", "-3 … 2"]),
        ["squeeze"] = (() => Matrix.Squeeze(0), ["Squeeze", "[2, 3]", "size 2, not 1"]),
        ["transpose"] = (() => Matrix.Transpose(0, 2), ["Transpose", "2", "[2, 3]", "use -2 … 1"]),
        ["expand"] = (() => Matrix.Expand(4, 3), ["Expand", "[2, 3]", "[4, 3]", "1"]),
        ["expand to fewer"] = (() => Matrix.Expand(3), ["Expand", "[2, 3]", "[3]", "only sizes of 1"]),
        ["slice"] = (() => Matrix.Slice(1, 2, 2), ["Slice", "2 … 4", "[2, 3]"]),
        ["slice, no such dimension"] = (() => Matrix.Slice(5, 0, 1), ["Slice", "5", "[2, 3]", "use"]),
        ["concat"] =
            (() => Tensor.Concat(0, Matrix, Tensor.Zeros([2, 4])), ["Concat", "[2, 4]", "[2, 3]", "must be equal"]),
        ["concat of nothing"] = (() => Tensor.Concat(0), ["Concat", "no tensors"]),
        ["gather, count"] = (() => Matrix.Gather([0]), ["Gather", "1 indices", "[2, 3]", "one for each"]),
        ["gather, range"] = (() => Matrix.Gather([0, 3]), ["Gather", "index 3", "0 … 2", "[2, 3]"]),
        ["gather of a scalar"] = (() => Scalar.Gather([0]), ["Gather", "[]"]),
        ["masked fill"] = (() => Matrix.MaskedFill([true], 0), ["MaskedFill", "mask of 1", "[2, 3]", "6"]),
        ["embedding, range"] = (() => Matrix.Embedding([2], [1]), ["Embedding", "id 2", "0 … 1", "[2, 3]"]),
        ["embedding, count"] = (() => Matrix.Embedding([0, 1, 0], [2]), ["Embedding", "3 ids", "[2]"]),
        ["embedding, table"] = (() => Vector.Embedding([0], [1]), ["Embedding", "[3]", "[V, C]"]),
        ["sum"] = (() => Matrix.Sum(2), ["Sum", "2", "[2, 3]", "use -2 … 1"]),
        ["mean"] = (() => Matrix.Mean(-3), ["Mean", "-3", "[2, 3]", "use -2 … 1"]),
        ["mean of nothing"] = (() => Tensor.Zeros([0]).Mean(), ["Mean", "[0]", "no elements"]),
        ["max of nothing"] = (() => Tensor.Zeros([2, 0]).Max(1), ["Max", "[2, 0]", "no elements"]),
        ["variance of nothing"] = (() => Tensor.Zeros([0, 2]).Variance(0), ["Variance", "[0, 2]", "no elements"]),
        ["softmax"] = (() => Matrix.Softmax(2), ["Softmax", "2", "[2, 3]", "use -2 … 1"]),
        ["softmax of a scalar"] = (() => Scalar.Softmax(), ["Softmax", "[]", "scalar"]),
        ["log-softmax of a scalar"] = (() => Scalar.LogSoftmax(), ["LogSoftmax", "[]", "scalar"]),
        ["layer norm"] =
            (() => Matrix.LayerNorm(Vector, Tensor.Zeros([2])), ["LayerNorm", "[2]", "[2, 3]", "last size"]),
        ["rms norm"] = (() => Matrix.RmsNorm(Tensor.Zeros([2])), ["RmsNorm", "[2]", "[2, 3]", "last size"]),
        ["cross-entropy, count"] =
            (() => Matrix.CrossEntropy([1]), ["CrossEntropy", "1 targets", "[2, 3]", "one for each row"]),
        ["cross-entropy, range"] = (() => Matrix.CrossEntropy([0, 3]), ["CrossEntropy", "row 1", "3", "0 … 2", "−1"]),
        ["cross-entropy, PyTorch's ignored target"] =
            (() => Matrix.CrossEntropy([0, -100]), ["CrossEntropy", "-100", "−1"]),
        ["dropout"] = (() => Matrix.Dropout(1, new Rng(1)), ["Dropout", "1", "[0, 1)"]),
        ["dropout, not a number"] = (() => Matrix.Dropout(float.NaN, new Rng(1)), ["Dropout", "NaN", "[0, 1)"]),
        ["rotary, shape"] = (() =>
            Tensor.Zeros([1, 1, 2, 6]).Rotary(new RotaryTable(4, 8)), ["Rotary", "[1, 1, 2, 6]", "[B, H, T, 4]"]),
        ["rotary, positions"] =
            (() => Tensor.Zeros([1, 1, 2, 4]).Rotary(new RotaryTable(4, 8), 7), ["Rotary", "7 … 8", "0 … 7"]),
        ["rotary, positions beyond all numbers"] = (
            () => Tensor.Zeros([1, 1, 2, 4])
                .Rotary(new RotaryTable(4, 8), int.MaxValue), ["Rotary", "2147483647 … 2147483648", "0 … 7"]),
        ["layer norm, epsilon"] = (() => Matrix.LayerNorm(Vector, Vector, -1), ["LayerNorm", "ε", "-1", "0 or more"]),
        ["rms norm, epsilon"] = (() => Matrix.RmsNorm(Vector, float.NaN), ["RmsNorm", "ε", "NaN", "0 or more"]),
        ["rotary table"] = (() => _ = new RotaryTable(5, 8), ["RotaryTable", "5", "even"]),
        ["attention, sizes"] = (() => Heads(2, 3, 4).Attention(
            Heads(2, 3, 5), Heads(2, 3, 5), causal: false), ["Attention", "[1, 2, 3, 4]", "[1, 2, 3, 5]", "must be"]),
        ["attention, heads"] = (() => Heads(3, 3, 4)
            .Attention(Heads(2, 3, 4), Heads(2, 3, 4), causal: false), ["Attention", "3 query heads", "2"]),
        ["attention, causal"] = (() => Heads(2, 4, 4)
            .Attention(Heads(2, 3, 4), Heads(2, 3, 4), causal: true), ["Attention", "4 queries", "3 keys", "causal"]),
        ["attention, mask"] = (() =>
            Heads(2, 3, 4).Attention(Heads(2, 5, 4), Heads(2, 5, 4), false, Square), ["Attention", "[3, 3]", "[3, 5]"]),
        ["conv2d, channels"] =
            (() => Images(3, 4).Conv2d(Images(2, 3)), ["Conv2d", "[2, 3, 4, 4]", "[2, 2, 3, 3]", "2 channels"]),
        ["conv2d, rank"] = (() => Matrix.Conv2d(Images(2, 3)), ["Conv2d", "[2, 3]", "[B, C, H, W]"]),
        ["conv2d, bias"] = (() => Images(2, 4).Conv2d(Images(2, 3), Vector), ["Conv2d", "bias [3]", "must be [2]"]),
        ["conv2d, kernel"] = (() => Images(2, 4).Conv2d(Images(2, 5)), ["Conv2d", "5×5", "larger", "4×4"]),
        ["conv2d, dilation"] = (() =>
            Images(2, 4).Conv2d(Images(2, 3), null, new() { Dilation = 2 }), ["Conv2d", "3×3", "dilation 2×2", "4×4"]),
        ["conv2d, groups"] =
            (() => Images(3, 4).Conv2d(Images(1, 3), null, new() { Groups = 2 }), ["Conv2d", "2 groups", "3 input"]),
        ["conv2d, stride"] = (() =>
            Images(2, 4).Conv2d(Images(2, 3), null, new() { Stride = 0 }), ["Conv2d", "stride 0×0", "at least 1"]),
        ["conv2d, padding"] = (() =>
            Images(2, 4).Conv2d(Images(2, 3), null, new() { Padding = -1 }), ["Conv2d", "padding -1×-1", "negative"]),
        ["conv2d, output padding"] =
            (() => Images(2, 4).Conv2d(Images(2, 3), null, new() { OutputPadding = 1 }), ["Conv2d", "output padding"]),
        ["conv2d, empty weight"] =
            (() => Images(2, 4).Conv2d(Tensor.Ones([2, 2, 0, 3])), ["Conv2d", "[2, 2, 0, 3]", "empty"]),
        ["conv2d, padded beyond an array"] = (
            () => Tensor.Ones([1, 1, 1, 1])
                .Conv2d(Tensor.Ones([1, 1, 2, 2]), null, new() { Padding = 25000, Dilation = 50000 }),
            ["Convolution", "padding 25000×25000", "dilation 50000×50000", "use less"]),
        ["conv transpose, empty weight"] = (() =>
            Images(2, 4).ConvTranspose2d(Tensor.Ones([2, 0, 3, 3])), ["ConvTranspose2d", "[2, 0, 3, 3]", "empty"]),
        ["conv transpose, size"] = (
            () => Images(2, 4).ConvTranspose2d(
                Images(2, 3), null, new() { Stride = int.MaxValue }), ["ConvTranspose2d", "too large", "stride"]),
        ["max pool, empty image"] =
            (() => Tensor.Ones([1, 2, 0, 4]).MaxPool2d(2, 1, 1), ["MaxPool2d", "[1, 2, 0, 4]", "no pixels"]),
        ["conv1d"] = (() => Matrix.Conv1d(Matrix), ["Conv1d", "[2, 3]", "[B, C, L]"]),
        ["conv transpose, channels"] =
            (() => Images(3, 4).ConvTranspose2d(Images(2, 3)), ["ConvTranspose2d", "[2, 3, 4, 4]", "2 channels"]),
        ["conv transpose, output padding"] = (
            () => Images(2, 4).ConvTranspose2d(Images(2, 3), null, new() { Stride = 2, OutputPadding = 2 }),
                ["ConvTranspose2d", "2×2", "less than the stride"]),
        ["conv transpose, padding"] = (() => Images(2, 1).ConvTranspose2d(
            Images(2, 3), null, new() { Padding = 2 }), ["ConvTranspose2d", "padding 2×2", "leaves nothing"]),
        ["conv transpose 1d"] = (() => Matrix.ConvTranspose1d(Matrix), ["ConvTranspose1d", "[2, 3]", "[B, C, L]"]),
        ["max pool, window"] = (() => Images(2, 4).MaxPool2d(5), ["MaxPool2d", "5×5", "larger", "4×4"]),
        ["max pool, padding"] = (() => Images(2, 4).MaxPool2d(3, 1, 2), ["MaxPool2d", "padding 2×2", "half", "3×3"]),
        ["max pool 1d"] = (() => Matrix.MaxPool1d(2), ["MaxPool1d", "[2, 3]", "[B, C, L]"]),
        ["average pool, stride"] = (() => Images(2, 4).AvgPool2d(2, 0), ["AvgPool2d", "stride 0×0", "at least 1"]),
        ["interpolate, size"] =
            (() => Images(2, 4).Interpolate(0), ["Interpolate", "[2, 2, 4, 4]", "0×0", "at least one pixel"]),
        ["group norm, groups"] =
            (() => Images(3, 4).GroupNorm(2, Vector, Vector), ["GroupNorm", "2 groups", "3 channels"]),
        ["group norm, parameters"] =
            (() => Images(2, 4).GroupNorm(2, Vector, Vector), ["GroupNorm", "[3]", "[2, 2, 4, 4]", "both [C]"]),
        ["batch norm, epsilon"] =
            (() => Images(3, 4).BatchNorm(Vector, Vector, epsilon: -1), ["BatchNorm", "ε", "-1", "0 or more"]),
    };

    public static TheoryData<string> Names => [.. Mistakes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_named_with_its_shapes_and_a_remedy(string name)
    {
        (Action call, string[] message) = Mistakes[name];
        Exception error = Record.Exception(call).ShouldNotBeNull();
        error.ShouldBeAssignableTo<ArgumentException>(error.ToString());
        foreach (string part in message)
            error.Message.ShouldContain(part);
    }

    [Fact]
    public void Cross_entropy_without_any_target_is_not_a_number() =>
        float.IsNaN(Matrix.CrossEntropy([-1, -1]).Item()).ShouldBeTrue();

    private static Tensor Images(int channels, int side) => Tensor.Zeros([2, channels, side, side]);

    private static Tensor Heads(int heads, int length, int dim) => Tensor.Zeros([1, heads, length, dim]);
}
