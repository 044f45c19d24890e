using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Layers;

/// <summary>Laws of the smaller layers, and what they refuse; their numbers are in the golden files.</summary>
public sealed class MoreLayerTests
{
    [Fact]
    public void Dropout_of_channels_drops_whole_channels_and_keeps_the_mean()
    {
        Tensor x = Tensor.Ones([40, 50, 3, 2]);
        Tensor y = new Dropout2d(0.4f).Forward(x, new Rng(1));
        foreach (float[] channel in y.ToArray().Chunk(6))
            channel.Distinct().Count().ShouldBe(1);
        y.Mean().Item().ShouldBe(1, 0.05f);
        new Dropout2d(0.4f).Forward(x).ShouldBeSameAs(x);
        new Dropout1d(0.4f).Forward(Tensor.Ones([3, 5, 2]), new Rng(1)).ToArray().Chunk(2)
            .ShouldAllBe(channel => channel[0] == channel[1]);
    }

    [Fact]
    public void Alpha_dropout_keeps_mean_and_variance()
    {
        Tensor y = new AlphaDropout(0.2f).Forward(Tensor.Randn([200_000], new Rng(1)), new Rng(2));
        y.Mean().Item().ShouldBe(0, 0.02f);
        y.Variance().Item().ShouldBe(1, 0.03f);
    }

    [Fact]
    public void The_vector_of_padding_is_0_and_gets_no_gradient()
    {
        var table = new Embedding(4, 3, new Rng(1)) { PaddingId = 2 };
        table.Forward([1, 2, 2], [3]).Sum().Backward();
        table.Weight.Gradient!.ToArray().ShouldBe([0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
        table.Vector(2).ToArray().ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void A_vector_that_is_too_long_is_shortened_in_the_table_when_it_is_looked_up()
    {
        var table = new Embedding(new Parameter(new Tensor([3, 4, 30, 40], [2, 2]))) { MaxNorm = 1 };
        float[] y = table.Forward([0], [1]).ToArray();
        y[0].ShouldBe(0.6f, 1e-6f);
        y[1].ShouldBe(0.8f, 1e-6f);
        table.Vector(1).ToArray().ShouldBe([30, 40]);
    }

    [Fact]
    public void Shuffled_pixels_come_back()
    {
        Tensor x = Tensor.Randn([2, 12, 3, 5], new Rng(1));
        new PixelUnshuffle(2).Forward(new PixelShuffle(2).Forward(x)).ToArray().ShouldBe(x.ToArray());
        new ChannelShuffle(4).Forward(new ChannelShuffle(3).Forward(x)).ToArray().ShouldBe(x.ToArray());
        Tensor image = Tensor.Randn([2, 3, 4, 6], new Rng(2));
        Tensor patches = new Unfold(2, new() { Stride = 2 }).Forward(image); // each pixel in one patch
        new FoldPatches((4, 6), 2, new() { Stride = 2 }).Forward(patches).ToArray().ShouldBe(image.ToArray());
    }

    [Fact]
    public void A_convolution_with_circular_padding_turns_with_its_input()
    {
        var layer = new Conv1d(1, 2, 3, new Rng(1), new() { Padding = 1, PaddingMode = PadMode.Circular });
        Tensor x = Tensor.Randn([1, 1, 8], new Rng(2));
        Tensor turned = Tensor.Concat(2, x.Slice(2, 3, 5), x.Slice(2, 0, 3)), y = layer.Forward(x);
        float[] expected = Tensor.Concat(2, y.Slice(2, 3, 5), y.Slice(2, 0, 3)).ToArray();
        float[] actual = layer.Forward(turned).ToArray();
        for (int i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], 1e-6f);
    }

    [Fact]
    public void Impossible_layers_and_inputs_are_refused()
    {
        var rng = new Rng(1);
        Tensor matrix = Tensor.Zeros([2, 3]), lines = Tensor.Zeros([2, 3, 4]), images = Tensor.Zeros([2, 3, 4, 5]);
        Refuse(() => new Bilinear(0, 1, 1, rng), "inputs1 = 0");
        Refuse(() => new Bilinear(3, 4, 2, rng).Forward(matrix, matrix), "x₂ [2, 3]");
        Refuse(() => new InstanceNorm1d(0), "channels = 0");
        Refuse(() => new InstanceNorm1d(3).Forward(images), "[2, 3, 4, 5] must be [B, 3, L]");
        Refuse(() => new InstanceNorm2d(3).Forward(Tensor.Zeros([2, 3, 1, 1])), "one number a channel");
        Refuse(() => new Dropout1d(1), "[0, 1)");
        Refuse(() => new Dropout2d().Forward(lines, rng), "[2, 3, 4] must be [B, C, H, W]");
        Refuse(() => new AlphaDropout(float.NaN), "[0, 1)");
        Refuse(() => new PixelShuffle(0), "factor = 0");
        Refuse(() => new PixelShuffle(2).Forward(images), "[2, 3, 4, 5]");
        Refuse(() => new PixelUnshuffle(2).Forward(images), "[2, 3, 4, 5]");
        Refuse(() => new ChannelShuffle(2).Forward(lines), "[2, 3, 4]");
        Refuse(() => new ParametricRelu(0), "channels = 0");
        Refuse(() => new ParametricRelu(2).Forward(lines), "must be [B, 2, …]");
        Refuse(() => new Glu().Forward(matrix), "odd size 3");
        Refuse(() => new PairwiseDistance(0), "p = 0");
        Refuse(() => new CosineSimilarity(epsilon: -1), "epsilon = -1");
        Refuse(() => new LocalResponseNorm(0), "size = 0");
        Refuse(() => new LocalResponseNorm(3).Forward(matrix), "must be [B, C, …]");
        Refuse(() => new LpPool1d(0, 2), "p = 0");
        Refuse(() => new LpPool2d(double.NaN, 2), "p = NaN");
        Refuse(() => new AdaptiveAvgPool1d(0), "size = 0");
        Refuse(() => new AdaptiveMaxPool2d((1, 0)), "size = 0");
        Refuse(() => new AdaptiveAvgPool2d(2).Forward(matrix), "[2, 3]");
        Refuse(() => new Pad([1]), "1 numbers are no pairs");
        Refuse(() => new Pad([3, 0], PadMode.Reflect).Forward(matrix), "[2, 3]");
        Refuse(() => new ConvTranspose1d(1, 1, 2, rng, new() { PaddingMode = PadMode.Reflect }), "PaddingMode Reflect");
        Refuse(() => new Unfold(0), "kernel = 0");
        Refuse(() => new FoldPatches((2, 2), 2).Forward(lines), "columns of patches");
        Refuse(() => new Embedding(3, 2, rng) { PaddingId = 3 }, "PaddingId = 3");
        Refuse(() => new Embedding(3, 2, rng) { MaxNorm = 0 }, "MaxNorm = 0");
        Refuse(() => new EmbeddingBag(3, 2, rng, (BagMode)7), "no mode 7");
        Refuse(() => new EmbeddingBag(3, 2, rng).Forward([0, 1, 2], 2), "3 ids do not make 2 bags");
        Refuse(() => new EmbeddingBag(3, 2, rng).Forward([0, 3], 2), "id 3");

        static void Refuse(Func<object> act, string message) =>
            Should.Throw<ArgumentException>(act).Message.ShouldContain(message);
    }
}
