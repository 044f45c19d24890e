using Nabla.Learning.Losses;
using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>How Nabla writes the operations that the golden files name.</summary>
internal static class GoldenOps
{
    public static IReadOnlyDictionary<string, Func<GoldenCase, Tensor>> ByName { get; } =
        new Dictionary<string, Func<GoldenCase, Tensor>>(StringComparer.Ordinal)
        {
            ["add"] = c => c.X[0] + c.X[1],
            ["sub"] = c => c.X[0] - c.X[1],
            ["mul"] = c => c.X[0] * c.X[1],
            ["div"] = c => c.X[0] / c.X[1],
            ["matmul"] = c => c.X[0].MatMul(c.X[1]),
            ["exp"] = c => c.X[0].Exp(),
            ["log"] = c => c.X[0].Log(),
            ["sqrt"] = c => c.X[0].Sqrt(),
            ["tanh"] = c => c.X[0].Tanh(),
            ["sigmoid"] = c => c.X[0].Sigmoid(),
            ["relu"] = c => c.X[0].Relu(),
            ["gelu"] = c => c.X[0].Gelu(),
            ["gelu_tanh"] = c => c.X[0].GeluTanh(),
            ["silu"] = c => c.X[0].Silu(),
            ["swiglu"] = c => c.X[0].SwiGlu(c.X[1]),
            ["bias_gelu"] = c => c.X[0].Activate<Gelu>(c.X[1]),
            ["bias_gelu_tanh"] = c => c.X[0].Activate<GeluTanh>(c.X[1]),
            ["bias_silu"] = c => c.X[0].Activate<Silu>(c.X[1]),
            ["softmax"] = c => c.X[0].Softmax(c.Int("dim")),
            ["log_softmax"] = c => c.X[0].LogSoftmax(c.Int("dim")),
            ["cross_entropy"] = CrossEntropy,
            ["mean_squared_error"] = c => Loss.MeanSquaredError(c.X[0], c.X[1]),
            ["layer_norm"] = c => c.X[0].LayerNorm(c.X[1], c.X[2], c.Float("eps")),
            ["rms_norm"] = c => c.X[0].RmsNorm(c.X[1], c.Float("eps")),
            ["sum"] = c => c.Dim is { } dim ? c.X[0].Sum(dim, c.Bool("keepdim")) : c.X[0].Sum(),
            ["mean"] = c => c.Dim is { } dim ? c.X[0].Mean(dim, c.Bool("keepdim")) : c.X[0].Mean(),
            ["max"] = c => c.Dim is { } dim ? c.X[0].Max(dim, c.Bool("keepdim")) : c.X[0].Max(),
            ["var"] = c => c.Dim is { } dim ? c.X[0].Variance(dim, c.Bool("keepdim")) : c.X[0].Variance(),
            ["embedding"] = Embedding,
            ["slice"] = c => c.X[0].Slice(c.Int("dim"), c.Int("start"), c.Int("end") - c.Int("start")),
            ["concat"] = c => Tensor.Concat(c.Int("dim"), c.X),
            ["gather"] = Gather,
            ["transpose"] = c => c.X[0].Transpose(c.Int("dim0"), c.Int("dim1")),
            ["rotary"] = c => c.X[0].Rotary(
                new RotaryTable(c.X[0].Shape[3], c.Int("offset") + c.X[0].Shape[2], c.Float("base")), c.Int("offset")),
            ["attention"] = Attention,
            ["conv1d"] = c => c.X[0].Conv1d(c.X[1], c.X[2], Options(c)),
            ["conv2d"] = c => c.X[0].Conv2d(c.X[1], c.X.Length > 2 ? c.X[2] : null, Options(c)),
            ["conv_transpose1d"] = c => c.X[0].ConvTranspose1d(c.X[1], c.X[2], Options(c)),
            ["conv_transpose2d"] = c => c.X[0].ConvTranspose2d(c.X[1], c.X[2], Options(c)),
            ["max_pool1d"] = c => c.X[0].MaxPool1d(c.Int("kernel_size"), c.Int("stride"), c.Int("padding")),
            ["max_pool2d"] = c => c.X[0].MaxPool2d(c.Size("kernel_size"), c.Size("stride"), c.Size("padding")),
            ["avg_pool1d"] = c => c.X[0].AvgPool1d(c.Int("kernel_size"), c.Int("stride"), c.Int("padding")),
            ["avg_pool2d"] = c => c.X[0].AvgPool2d(c.Size("kernel_size"), c.Size("stride"), c.Size("padding")),
            ["interpolate"] = c =>
                c.X[0].Interpolate(
                    c.Size("size"), c.Text("mode") == "nearest" ? ResizeMode.Nearest : ResizeMode.Bilinear),
            ["group_norm"] = c => c.X[0].GroupNorm(c.Int("groups"), c.X[1], c.X[2], c.Float("eps")),
            ["batch_norm"] = c => c.X[0].BatchNorm(c.X[1], c.X[2], epsilon: c.Float("eps")),
        };

    private static ConvolutionOptions Options(GoldenCase c) => new()
    {
        Stride = c.Size("stride"),
        Padding = c.Size("padding"),
        Dilation = c.Size("dilation"),
        Groups = c.Int("groups"),
        OutputPadding = c.Op.Contains("transpose", StringComparison.Ordinal) ? c.Size("output_padding") : 0,
    };

    /// <summary>PyTorch leaves out the rows with a target of its own choice; Nabla those with −1.</summary>
    private static Tensor CrossEntropy(GoldenCase c)
    {
        int ignored = c.Int("ignore_index");
        int[] targets = [.. c.Integers("targets").Values.Select(target => target == ignored ? -1 : target)];
        return Loss.CrossEntropy(c.X[0], targets);
    }

    private static Tensor Embedding(GoldenCase c)
    {
        (int[] ids, Shape shape) = c.Integers("indices");
        return c.X[0].Embedding(ids, shape);
    }

    private static Tensor Gather(GoldenCase c)
    {
        (int[] indices, Shape shape) = c.Integers("indices");
        return c.X[0].Gather(c.Int("dim"), indices, shape);
    }

    /// <summary>
    /// PyTorch's mask may differ from one sequence of the batch to the next, Nabla's not: one call for each.
    /// </summary>
    private static Tensor Attention(GoldenCase c)
    {
        if (!c.Bool("mask"))
            return c.X[0].Attention(c.X[1], c.X[2], c.Bool("causal"));
        Tensor mask = c.X[3].Expand(c.X[0].Shape[0], 1, c.X[0].Shape[2], c.X[1].Shape[2]);
        IEnumerable<Tensor> sequences = Enumerable.Range(0, c.X[0].Shape[0]).Select(b =>
            Of(c.X[0], b).Attention(Of(c.X[1], b), Of(c.X[2], b), causal: false, Of(mask, b).Squeeze(0).Squeeze(0)));
        return Tensor.Concat(0, [.. sequences]);

        static Tensor Of(Tensor batch, int b) => batch.Slice(0, b, 1);
    }
}
