using System.Runtime.InteropServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>What holds for convolution, pooling and resizing whatever the numbers.</summary>
public sealed class ConvolutionLawTests
{
    public static TheoryData<int, int, int, int, int> Convolutions => new()
    {
        // size, stride, padding, dilation, groups
        { 7, 1, 0, 1, 1 }, { 8, 1, 1, 1, 1 },
            { 9, 2, 1, 1, 1 }, { 10, 3, 2, 2, 1 }, { 8, 1, 1, 1, 16 }, { 11, 2, 2, 2, 4 }, { 6, 1, 3, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Transposed_convolution_is_the_adjoint_of_convolution(
        int size, int stride, int padding, int dilation, int groups)
    {
        var rng = new Rng(3);
        int rest = (size + 2 * padding - 2 * dilation - 1) % stride; // rows that no output sees
        var options =
            new ConvolutionOptions { Stride = stride, Padding = padding, Dilation = dilation, Groups = groups };
        Tensor x = Tensor.Randn([2, 16, size, size], rng), w = Tensor.Randn([32, 16 / groups, 3, 3], rng);
        Tensor y = x.Conv2d(w, null, options), z = Tensor.Randn(y.Shape, rng);
        Tensor back = z.ConvTranspose2d(w, null, options with { OutputPadding = rest });
        back.Shape.ShouldBe(x.Shape);
        (x * back).Sum().Item().ShouldBe((y * z).Sum().Item(), 0.02f);
    }

    [Theory]
    [InlineData(3, 5, 1)]
    [InlineData(17, 33, 4)]
    public void Convolution_of_one_pixel_is_a_product_over_the_channels(int inputs, int outputs, int side)
    {
        var rng = new Rng(4);
        Tensor x = Tensor.Randn([2, inputs, side, side], rng), w = Tensor.Randn([outputs, inputs, 1, 1], rng);
        Tensor expected = w.Reshape(outputs, inputs).MatMul(x.Reshape(2, inputs, side * side));
        ShouldBeNear(x.Conv2d(w), expected.Reshape(2, outputs, side, side));
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(4, 7)]
    public void Convolution_moves_with_the_image(int inputs, int outputs)
    {
        var rng = new Rng(5);
        Tensor x = Tensor.Randn([1, inputs, 9, 12], rng), w = Tensor.Randn([outputs, inputs, 3, 3], rng);
        Tensor whole = x.Conv2d(w);
        ShouldBeNear(x.Slice(2, 2, 5).Slice(3, 1, 8).Conv2d(w), whole.Slice(2, 2, 3).Slice(3, 1, 6));
    }

    [Fact]
    public void Groups_are_convolutions_side_by_side()
    {
        var rng = new Rng(6);
        Tensor x = Tensor.Randn([2, 6, 5, 7], rng), w = Tensor.Randn([4, 3, 3, 3], rng), b = Tensor.Randn([4], rng);
        Tensor first = x.Slice(1, 0, 3).Conv2d(w.Slice(0, 0, 2), b.Slice(0, 0, 2));
        Tensor second = x.Slice(1, 3, 3).Conv2d(w.Slice(0, 2, 2), b.Slice(0, 2, 2));
        ShouldBeNear(x.Conv2d(w, b, new() { Groups = 2 }), Tensor.Concat(1, first, second));
    }

    [Fact]
    public void Convolution_of_a_line_is_that_of_an_image_with_one_row()
    {
        var rng = new Rng(7);
        Tensor x = Tensor.Randn([2, 3, 11], rng), w = Tensor.Randn([4, 3, 3], rng);
        var options = new ConvolutionOptions { Stride = 2, Padding = 1 };
        Tensor image = x.Unsqueeze(2).Conv2d(w.Unsqueeze(2), null, new() { Stride = 2, Padding = (0, 1) });
        x.Conv1d(w, null, options).ToArray().ShouldBe(image.ToArray());
    }

    [Fact]
    public void Average_of_doubled_pixels_is_the_image()
    {
        Tensor x = Tensor.Randn([2, 3, 7, 21], new Rng(8));
        x.Interpolate((14, 42)).AvgPool2d(2).ToArray().ShouldBe(x.ToArray());
        x.Interpolate((14, 42)).MaxPool2d(2).ToArray().ShouldBe(x.ToArray());
    }

    [Fact]
    public void Average_pooling_is_a_depthwise_convolution_with_equal_weights()
    {
        Tensor x = Tensor.Randn([2, 3, 8, 9], new Rng(9));
        ShouldBeNear(
            x.AvgPool2d((2, 3), (1, 2), (1, 1)),
            x.Conv2d(Tensor.Full([3, 1, 2, 3], 1f / 6), null, new() { Groups = 3, Stride = (1, 2), Padding = 1 }));
    }

    [Theory]
    [InlineData(ResizeMode.Nearest)]
    [InlineData(ResizeMode.Bilinear)]
    public void Resizing_keeps_what_is_constant_and_an_image_of_the_same_size(ResizeMode mode)
    {
        Tensor x = Tensor.Randn([1, 2, 5, 6], new Rng(10));
        x.Interpolate((5, 6), mode).ToArray().ShouldBe(x.ToArray());
        Tensor.Full([1, 1, 3, 4], 2.5f).Interpolate((7, 5), mode).ToArray().ShouldAllBe(value => value == 2.5f);
    }

    [Fact]
    public void The_first_of_equal_numbers_gets_the_gradient_of_a_maximum()
    {
        var x = new Parameter(Tensor.Ones([1, 1, 2, 4]));
        x.MaxPool2d(2).Sum().Backward();
        x.GradientValues.ToArray().ShouldBe([1, 0, 1, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public void A_number_that_is_none_shows_in_the_maximum()
    {
        Tensor x = new([1, 2, float.NaN, 4, 5, 6, 7, 8], [1, 1, 2, 4]);
        x.MaxPool2d(2).ToArray().ShouldBe([6, float.NaN]);
        x.MaxPool2d((2, 4)).ToArray().ShouldBe([float.NaN]);
    }

    [Theory]
    [InlineData(16, 20, 2, 2, 0)]
    [InlineData(7, 41, 2, 2, 0)]
    [InlineData(7, 9, 3, 2, 1)]
    [InlineData(6, 8, 2, 1, 1)]
    [InlineData(8, 7, 2, 3, 0)]
    public void A_rectified_maximum_is_that_of_the_rectified_image_to_the_bit(
        int height, int width, int kernel, int stride, int padding)
    {
        float[] rare = [0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1, 1, 1];
        var rng = new Rng(11);
        float[] numbers = Tensor.Randn([6, 8, height, width], rng).ToArray();
        for (int i = 0; i < numbers.Length; i++)
            if (rng.NextInt(3) == 0)
                numbers[i] = rare[rng.NextInt(rare.Length)];
            else if (i < numbers.Length / 2)
                numbers[i] = -MathF.Abs(numbers[i]); // so that there are windows without a positive number
        Tensor image = new(numbers, [6, 8, height, width]);
        var (x, same) = (new Parameter(image), new Parameter(image));
        Tensor y = x.MaxPool2d(kernel, stride, padding, rectify: true);
        Tensor expected = same.Relu().MaxPool2d(kernel, stride, padding);
        Bits(y.ToArray()).ShouldBe(Bits(expected.ToArray()));
        Tensor dy = Tensor.Randn(y.Shape, rng);
        y.Backward(dy);
        expected.Backward(dy);
        Bits(x.GradientValues).ShouldBe(Bits(same.GradientValues));
    }

    private static int[] Bits(ReadOnlySpan<float> x) => MemoryMarshal.Cast<float, int>(x).ToArray();

    private static void ShouldBeNear(Tensor actual, Tensor expected)
    {
        actual.Shape.ShouldBe(expected.Shape);
        float[] a = actual.ToArray(), e = expected.ToArray();
        for (int i = 0; i < a.Length; i++)
            Math.Abs(a[i] - e[i])
                .ShouldBeLessThanOrEqualTo(2e-5f * (1 + Math.Abs(e[i])), $"[{i}]: {a[i]} against {e[i]}");
    }
}
