using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>A module and what is done with it.</summary>
internal sealed record GoldenLayer(Module Module, Func<Tensor[]> Forward);

/// <summary>How Nabla writes the modules of torch.nn that the golden file names.</summary>
internal static partial class GoldenLayers
{
    public static IReadOnlyDictionary<string, Func<PackedCase, GoldenLayer>> ByName { get; } =
        new Dictionary<string, Func<PackedCase, GoldenLayer>>(StringComparer.Ordinal)
        {
            ["Linear"] = c => Of(c, new Linear(c.Ints("sizes")[0], c.Ints("sizes")[1], Rng, c.Bool("bias"))),
            ["Bilinear"] = Bilinear,
            ["Conv1d"] = c => Of(c, new Conv1d(In(c), Out(c), c.Int("kernel"), Rng, Options(c))),
            ["Conv2d"] = c => Of(c, new Conv2d(In(c), Out(c), c.Size("kernel"), Rng, Options(c))),
            ["ConvTranspose1d"] = c => Of(c, new ConvTranspose1d(In(c), Out(c), c.Int("kernel"), Rng, Options(c))),
            ["ConvTranspose2d"] = c => Of(c, new ConvTranspose2d(In(c), Out(c), c.Size("kernel"), Rng, Options(c))),
            ["MaxPool1d"] = c => Of(c, new MaxPool1d(c.Int("kernel"), c.Int("stride"), c.Int("padding"))),
            ["AvgPool1d"] = c => Of(c, new AvgPool1d(c.Int("kernel"), c.Int("stride"), c.Int("padding"))),
            ["MaxPool2d"] = c => Of(c, new MaxPool2d(c.Size("kernel"), c.Size("stride"), c.Size("padding"))),
            ["AvgPool2d"] = c => Of(c, new AvgPool2d(c.Size("kernel"), c.Size("stride"), c.Size("padding"))),
            ["AdaptiveAvgPool1d"] = c => Of(c, new AdaptiveAvgPool1d(c.Int("size"))),
            ["AdaptiveAvgPool2d"] = c => Of(c, new AdaptiveAvgPool2d(c.Size("size"))),
            ["AdaptiveMaxPool1d"] = c => Of(c, new AdaptiveMaxPool1d(c.Int("size"))),
            ["AdaptiveMaxPool2d"] = c => Of(c, new AdaptiveMaxPool2d(c.Size("size"))),
            ["Pad1d"] = c => Of(c, Padding(c)),
            ["Pad2d"] = c => Of(c, Padding(c)),
            ["LPPool1d"] = c => Of(c, new LpPool1d(c.Int("p"), c.Int("kernel"), c.Int("stride"))),
            ["LPPool2d"] = c => Of(c, new LpPool2d(c.Int("p"), c.Size("kernel"), c.Size("stride"))),
            ["Upsample"] = c => Of(c, new Upsample(
                c.Int("factor"), c.Text("mode") == "nearest" ? ResizeMode.Nearest : ResizeMode.Bilinear)),
            ["BatchNorm1d"] = c => BatchNorm(c, new BatchNorm1d(c.Int("channels"))),
            ["BatchNorm2d"] = c => BatchNorm(c, new BatchNorm2d(c.Int("channels"))),
            ["InstanceNorm1d"] = c => Of(c, new InstanceNorm1d(c.Int("channels"), c.Bool("affine"))),
            ["InstanceNorm2d"] = c => Of(c, new InstanceNorm2d(c.Int("channels"), c.Bool("affine"))),
            ["LayerNorm"] = c => Of(c, new LayerNorm(c.Int("dim"))),
            ["GroupNorm"] = c => Of(c, new GroupNorm(c.Int("groups"), c.Int("channels"))),
            ["LocalResponseNorm"] = c => Of(c, new LocalResponseNorm(
                c.Int("size"), c.Float("alpha"), c.Float("beta"), c.Float("k"))),
            ["Embedding"] = Embedding,
            ["EmbeddingBag"] = EmbeddingBag,
            ["RNN"] = Rnn,
            ["GRU"] = Gru,
            ["LSTM"] = Lstm,
            ["RNNCell"] = RnnCell,
            ["GRUCell"] = GruCell,
            ["LSTMCell"] = LstmCell,
            ["MultiheadAttention"] = Attention,
            ["TransformerEncoderLayer"] = EncoderLayer,
            ["TransformerDecoderLayer"] = DecoderLayer,
            ["TransformerEncoder"] = Encoder,
            ["TransformerDecoder"] = Decoder,
            ["Transformer"] = Transformer,
            ["PixelShuffle"] = c => Of(c, new PixelShuffle(c.Int("factor"))),
            ["PixelUnshuffle"] = c => Of(c, new PixelUnshuffle(c.Int("factor"))),
            ["ChannelShuffle"] = c => Of(c, new ChannelShuffle(c.Int("groups"))),
            ["Flatten"] = c => Of(c, new Flatten()),
            ["Unflatten"] = c => Of(c, new Unflatten(c.Int("dim"), c.Ints("shape"))),
            ["Identity"] = c => Of(c, new Identity()),
            ["Softmax"] = c => Of(c, new Softmax(c.Int("dim"))),
            ["LogSoftmax"] = c => Of(c, new LogSoftmax(c.Int("dim"))),
            ["Softmin"] = c => Of(c, new Softmin(c.Int("dim"))),
            ["PReLU"] = c => Of(c, new ParametricRelu(c.Int("count"))),
            ["GLU"] = c => Of(c, new Glu(c.Int("dim"))),
            ["CosineSimilarity"] = c => Pair(c, new CosineSimilarity(c.Int("dim"))),
            ["PairwiseDistance"] = c => Pair(c, new PairwiseDistance(c.Float("p"), keepDim: c.Bool("keepdim"))),
        };

    private static Rng Rng => new(1);

    private static int In(PackedCase c) => c.Ints("sizes")[0];

    private static int Out(PackedCase c) => c.Ints("sizes")[1];

    private static GoldenLayer Of<TLayer>(PackedCase c, TLayer layer) where TLayer : Module, ILayer =>
        new(layer, () => [layer.Forward(c.X[0])]);

    private static ConvOptions Options(PackedCase c) => new()
    {
        Stride = c.Size("stride"),
        Padding = c.Size("padding"),
        Dilation = c.Size("dilation"),
        Groups = c.Int("groups"),
        Bias = c.Bool("bias"),
        PaddingMode = c.Has("padding_mode")
            ? Enum.Parse<PadMode>(c.Text("padding_mode"), ignoreCase: true)
            : PadMode.Constant,
        OutputPadding = c.Has("output_padding") ? c.Size("output_padding") : 0,
    };

    private static Pad Padding(PackedCase c) => c.Text("kind") switch
    {
        "Constant" => new Pad(c.Ints("amounts"), PadMode.Constant, 0.5f),
        "Reflection" => new Pad(c.Ints("amounts"), PadMode.Reflect),
        _ => new Pad(c.Ints("amounts"), PadMode.Replicate),
    };

    private static GoldenLayer Bilinear(PackedCase c)
    {
        int[] sizes = c.Ints("sizes");
        var layer = new Bilinear(sizes[0], sizes[1], sizes[2], Rng, c.Bool("bias"));
        return new(layer, () => [layer.Forward(c.X[0], c.X[1])]);
    }

    private static GoldenLayer BatchNorm(PackedCase c, BatchNorm layer) =>
        new(layer, () => [layer.Forward(c.X[0], c.Bool("training"))]);

    private static GoldenLayer Pair(PackedCase c, CosineSimilarity layer) =>
        new(layer, () => [layer.Forward(c.X[0], c.X[1])]);

    private static GoldenLayer Pair(PackedCase c, PairwiseDistance layer) =>
        new(layer, () => [layer.Forward(c.X[0], c.X[1])]);

    private static GoldenLayer Embedding(PackedCase c)
    {
        var layer = new Embedding(In(c), Out(c), Rng)
        {
            PaddingId = c.Has("padding") ? c.Int("padding") : null,
            MaxNorm = c.Has("max_norm") ? c.Float("max_norm") : null,
        };
        return new(layer, () => [layer.Forward(c.Ints("ids"), c.Ints("shape"))]);
    }

    private static GoldenLayer EmbeddingBag(PackedCase c)
    {
        var layer = new EmbeddingBag(In(c), Out(c), Rng, Enum.Parse<BagMode>(c.Text("mode"), ignoreCase: true));
        return new(layer, () => [layer.Forward(c.Ints("ids"), c.Ints("shape")[0])]);
    }

    private static RecurrentOptions Recurrent(PackedCase c) =>
        new() { Layers = c.Int("layers"), Bidirectional = c.Bool("bidirectional"), Bias = c.Bool("bias") };

    private static RnnActivation Nonlinearity(PackedCase c) =>
        c.Has("nonlinearity") && c.Text("nonlinearity") == "relu" ? RnnActivation.Relu : RnnActivation.Tanh;

    private static GoldenLayer Rnn(PackedCase c)
    {
        var layer = new Rnn(In(c), Out(c), Rng, Recurrent(c), Nonlinearity(c));
        return new(layer, () =>
        {
            (Tensor y, Tensor state) = layer.Forward(c.X[0], c.X.ElementAtOrDefault(1));
            return [y, state];
        });
    }

    private static GoldenLayer Gru(PackedCase c)
    {
        var layer = new Gru(In(c), Out(c), Rng, Recurrent(c));
        return new(layer, () =>
        {
            (Tensor y, Tensor state) = layer.Forward(c.X[0], c.X.ElementAtOrDefault(1));
            return [y, state];
        });
    }

    private static GoldenLayer Lstm(PackedCase c)
    {
        var layer = new Lstm(In(c), Out(c), Rng, Recurrent(c));
        return new(layer, () =>
        {
            (Tensor y, LstmState state) = layer.Forward(c.X[0], State(c));
            return [y, state.Hidden, state.Cell];
        });
    }

    private static LstmState? State(PackedCase c) => c.X.Length > 1 ? new(c.X[1], c.X[2]) : null;

    private static GoldenLayer RnnCell(PackedCase c)
    {
        var layer = new RnnCell(In(c), Out(c), Rng, c.Bool("bias"), Nonlinearity(c));
        return new(layer, () => [layer.Forward(c.X[0], c.X.ElementAtOrDefault(1))]);
    }

    private static GoldenLayer GruCell(PackedCase c)
    {
        var layer = new GruCell(In(c), Out(c), Rng, c.Bool("bias"));
        return new(layer, () => [layer.Forward(c.X[0], c.X.ElementAtOrDefault(1))]);
    }

    private static GoldenLayer LstmCell(PackedCase c)
    {
        var layer = new LstmCell(In(c), Out(c), Rng, c.Bool("bias"));
        return new(layer, () =>
        {
            LstmState next = layer.Forward(c.X[0], State(c));
            return [next.Hidden, next.Cell];
        });
    }
}
