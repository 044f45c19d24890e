using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Tests.Kernels;

/// <summary>
/// The entry points of the kernels of images: what they refuse, and that they stay within their arrays.
/// </summary>
public sealed class ImageKernelTests
{
    [Theory]
    [InlineData(1, 3, 3, 5, 7, 3, 1, 1, 1)]
    [InlineData(2, 17, 33, 9, 6, 3, 1, 1, 1)]
    [InlineData(3, 16, 16, 2, 2, 3, 1, 0, 1)]
    [InlineData(9, 17, 35, 7, 9, 3, 1, 1, 1)]
    [InlineData(2, 18, 3, 7, 6, 3, 1, 1, 1)]
    [InlineData(3, 2, 19, 6, 9, 3, 1, 0, 1)]
    [InlineData(2, 16, 18, 9, 12, 3, 2, 1, 1)]
    [InlineData(1, 17, 16, 13, 35, 3, 2, 0, 1)]
    [InlineData(3, 16, 16, 4, 5, 3, 1, 2, 1)]
    [InlineData(2, 5, 37, 8, 19, 1, 1, 0, 1)]
    [InlineData(2, 4, 6, 11, 13, 4, 3, 2, 1)]
    [InlineData(1, 4, 6, 12, 40, 2, 2, 4, 3)]
    [InlineData(17, 3, 5, 6, 3, 1, 1, 0, 1)]
    public void Convolutions_are_right_up_to_the_last_number(
        int batch, int inputs, int outputs, int height, int width, int kernel, int stride, int padding, int dilation)
    {
        var shape = new ConvolutionShape(batch, inputs, outputs, (height, width), kernel)
        {
            Stride = stride,
            Padding = padding,
            Dilation = dilation,
        };
        float[] x = Numbers(batch * inputs * height * width), w = Numbers(outputs * inputs * kernel * kernel);
        float[] dy = Numbers(batch * outputs * shape.Output.Area);
        var (y, dx, dw) = (new double[dy.Length], new double[x.Length], new double[w.Length]);
        foreach ((int from, int through, int to) in Products(shape))
        {
            y[to] += (double)x[from] * w[through];
            dx[from] += (double)dy[to] * w[through];
            dw[through] += (double)dy[to] * x[from];
        }
        using var gx = new GuardedMemory(x);
        using var gw = new GuardedMemory(w);
        using var gdy = new GuardedMemory(dy);
        using var gy = new GuardedMemory(new float[y.Length]);
        using var gdx = new GuardedMemory(new float[dx.Length]);
        using var gdw = new GuardedMemory(new float[dw.Length]);
        ConvolutionKernel.Forward(shape, gx.Span, gw.Span, default, gy.Span);
        ConvolutionKernel.BackwardInput(shape, gdy.Span, gw.Span, default, gdx.Span);
        ConvolutionKernel.BackwardWeights(shape, gx.Span, gdy.Span, gdw.Span);
        ShouldBeClose(gy.Span, y);
        ShouldBeClose(gdx.Span, dx);
        ShouldBeClose(gdw.Span, dw);
    }

    [Theory]
    [InlineData(4, 64, 32, 12)]
    [InlineData(16, 16, 128, 7)]
    public void Rounding_errors_of_convolutions_are_those_of_single_precision(
        int batch, int inputs, int outputs, int side)
    {
        var shape = new ConvolutionShape(batch, inputs, outputs, side, 3) { Padding = 1 };
        float[] x = Numbers(batch * inputs * side * side), w = Numbers(outputs * inputs * 9);
        float[] dy = Numbers(batch * outputs * side * side), y = new float[dy.Length], dx = new float[x.Length];
        float[] dw = new float[w.Length];
        var (exactY, exactDx, exactDw) = (new double[y.Length], new double[dx.Length], new double[dw.Length]);
        foreach ((int from, int through, int to) in Products(shape))
        {
            exactY[to] += (double)x[from] * w[through];
            exactDx[from] += (double)dy[to] * w[through];
            exactDw[through] += (double)dy[to] * x[from];
        }
        ConvolutionKernel.Forward(shape, x, w, default, y);
        ConvolutionKernel.BackwardInput(shape, dy, w, default, dx);
        ConvolutionKernel.BackwardWeights(shape, x, dy, dw);
        RelativeError(y, exactY).ShouldBeLessThan(2e-6);
        RelativeError(dx, exactDx).ShouldBeLessThan(2e-6);
        RelativeError(dw, exactDw).ShouldBeLessThan(2e-6);
    }

    [Fact]
    public void A_convolution_whose_padded_image_no_array_holds_is_refused()
    {
        var shape = new ConvolutionShape(1, 1, 1, 1, 2) { Padding = 25000, Dilation = 50000 };
        float[] x = [1], w = new float[4], y = new float[1];
        string message =
            Should.Throw<ArgumentException>(() => ConvolutionKernel.Forward(shape, x, w, default, y)).Message;
        message.ShouldContain("25000");
        Should.Throw<ArgumentException>(() => ConvolutionKernel.BackwardInput(shape, y, w, default, x));
        Should.Throw<ArgumentException>(() => ConvolutionKernel.BackwardWeights(shape, x, y, w));
    }

    [Fact]
    public void Scratch_memory_that_no_array_holds_is_refused()
    {
        var shape = new ConvolutionShape(1, 200, 5, 1, 2) { Padding = 2000, Dilation = 4000 };
        float[] x = new float[200], w = new float[4000], y = new float[5];
        Should.Throw<ArgumentException>(() => ConvolutionKernel.Forward(shape, x, w, default, y))
            .Message.ShouldContain("less padding");
    }

    [Fact]
    public void A_kernel_that_does_not_fit_leaves_the_bias_or_zeros()
    {
        var shape = new ConvolutionShape(1, 1, 1, 2, 5);
        float[] dx = [1, 2, 3, 4, 5, 6, 7, 8];
        ConvolutionKernel.BackwardInput(shape, default, new float[25], default, dx.AsSpan(0, 4));
        dx.ShouldBe([0, 0, 0, 0, 5, 6, 7, 8]);
        ConvolutionKernel.BackwardInput(shape, default, new float[25], [3], dx.AsSpan(0, 4));
        ConvolutionKernel.BackwardInput(shape with { Accumulate = true }, default, new float[25], [2], dx.AsSpan(0, 4));
        dx.ShouldBe([5, 5, 5, 5, 5, 6, 7, 8]);
    }

    [Fact]
    public void A_convolution_of_no_channels_is_its_bias()
    {
        float[] y = [1, 1, 1, 1];
        ConvolutionKernel.Forward(new(1, 0, 2, (1, 2), 1), default, default, [3, 4], y);
        y.ShouldBe([3, 3, 4, 4]);
    }

    [Fact]
    public void An_infinity_stays_within_the_squares_that_see_it()
    {
        const int Channels = 16, Side = 8;
        var shape = new ConvolutionShape(1, Channels, Channels, Side, 3) { Padding = 1 };
        float[] x = Numbers(Channels * Side * Side), y = new float[x.Length];
        x[0] = float.PositiveInfinity;
        ConvolutionKernel.Forward(shape, x, Numbers(Channels * Channels * 9), default, y);
        for (int i = 0; i < y.Length; i++)
            if (i / Side % Side > 3 || i % Side > 3)
                float.IsFinite(y[i]).ShouldBeTrue($"output {i}");
        float.IsFinite(y[0]).ShouldBeFalse();
    }

    [Fact]
    public void Sizes_whose_product_overflows_are_refused()
    {
        Size2d huge = (65536, 65536);
        float[] one = [1];
        Should.Throw<ArgumentException>(() => ResizeKernel.Forward(new(1, huge, 1, ResizeMode.Bilinear), default, one));
        Should.Throw<ArgumentException>(
            () => ResizeKernel.Backward(new(1, 1, huge, ResizeMode.Nearest), default, one, accumulate: false));
        Should.Throw<ArgumentException>(
            () => ConvolutionKernel.Forward(new(1, 1, 1, huge, 1) { Stride = 65536 }, default, one, default, one));
        Should.Throw<ArgumentException>(
            () => ConvolutionKernel.Forward(new(1, 1, 1, huge, huge), default, default, default, one));
        Should.Throw<ArgumentException>(
            () => AveragePoolKernel.Forward(new(1, huge, huge, 1, 0), default, one));
        Should.Throw<ArgumentException>(() => MaxPoolKernel.Forward(new(1, huge, 2, 65536, 0), default, one, one));
        Should.Throw<ArgumentException>(() => ChannelNormKernel.Forward(
            new(65536, 65536, 1 << 30, 1), default, default, default, default));
        Should.Throw<OverflowException>(() => huge.Area);
        huge.LongArea.ShouldBe(1L << 32);
    }

    [Fact]
    public void A_mean_over_a_window_of_four_thousand_million_places_is_right()
    {
        float[] y = new float[4];
        AveragePoolKernel.Forward(new(1, 1, 65536, 1, 32768), [4294967296f], y);
        y.ShouldBe([1, 1, 1, 1]);
    }

    [Fact]
    public void Pooling_refuses_windows_and_images_it_cannot_do()
    {
        float[] x = [1], y = new float[4], none = [];
        Should.Throw<ArgumentException>(() => MaxPoolKernel.Forward(new(1, 1, 65536, 1, 32768), x, y, y));
        Should.Throw<ArgumentException>(() => MaxPoolKernel.Forward(new(1, (0, 1), 2, 1, 1), none, y.AsSpan(0, 2), y));
        Should.Throw<ArgumentException>(
            () => AveragePoolKernel.Forward(new(1, (0, 1), 2, 1, 1), none, y.AsSpan(0, 2)));
    }

    [Fact]
    public void The_gradient_of_a_maximum_goes_to_the_last_NaN()
    {
        var shape = new PoolShape(1, 2, 2, 2, 0);
        for (int at = 0; at < 4; at++)
            for (int second = at; second < 4; second++)
            {
                float[] x = [1, 4, 3, 2], y = new float[1], places = new float[1], dx = new float[4];
                (x[at], x[second]) = (float.NaN, float.NaN);
                MaxPoolKernel.Forward(shape, x, y, places);
                MaxPoolKernel.Backward(shape, [5], places, dx, accumulate: false);
                y[0].ShouldBe(float.NaN);
                dx[second].ShouldBe(5);
                dx.Sum().ShouldBe(5);
            }
    }

    [Theory]
    [InlineData(1, 2, 2, 2, 0, 4, 6)]
    [InlineData(5, 2, 2, 2, 0, 15, 7)]
    [InlineData(3, 3, 3, 2, 1, 9, 8)]
    public void Pooling_and_resizing_stay_within_their_arrays(
        int planes, int windowHeight, int windowWidth, int stride, int padding, int height, int width)
    {
        var shape = new PoolShape(planes, (height, width), (windowHeight, windowWidth), stride, padding);
        int pixels = planes * height * width, outputs = planes * shape.Output.Area;
        using var x = new GuardedMemory(Numbers(pixels));
        using var dx = new GuardedMemory(new float[pixels]);
        using var y = new GuardedMemory(new float[outputs]);
        using var places = new GuardedMemory(new float[outputs]);
        MaxPoolKernel.Forward(shape, x.Span, y.Span, places.Span);
        MaxPoolKernel.Backward(shape, y.Span, places.Span, dx.Span, accumulate: false);
        Sum(dx.Span).ShouldBe(Sum(y.Span), 1e-3);
        AveragePoolKernel.Forward(shape, x.Span, y.Span);
        AveragePoolKernel.Backward(shape, y.Span, dx.Span, accumulate: false);
        foreach (ResizeMode mode in Enum.GetValues<ResizeMode>())
        {
            var resize = new ResizeShape(planes, (height, width), shape.Output, mode);
            ResizeKernel.Forward(resize, x.Span, y.Span);
            ResizeKernel.Backward(resize, y.Span, dx.Span, accumulate: false);
            Sum(dx.Span).ShouldBe(Sum(y.Span), 1e-3);
            ResizeKernel.Forward(resize with { Image = shape.Output, Resized = (height, width) }, y.Span, dx.Span);
        }
    }

    [Theory]
    [InlineData(2, 6, 17, 3)]
    [InlineData(3, 5, 33, 0)]
    [InlineData(1, 4, 257, 4)]
    [InlineData(4, 3, 5, 1)]
    public void Norms_of_channels_stay_within_their_arrays(int batch, int channels, int pixels, int groups)
    {
        var shape = new ChannelNormShape(batch, channels, pixels, groups);
        using var x = new GuardedMemory(Numbers(batch * channels * pixels));
        using var y = new GuardedMemory(new float[x.Span.Length]);
        using var dx = new GuardedMemory(new float[x.Span.Length]);
        using var ones = new GuardedMemory([.. Enumerable.Repeat(1f, channels)]);
        using var zeros = new GuardedMemory(new float[channels]);
        using var mean = new GuardedMemory(new float[shape.Sets]);
        using var rstd = new GuardedMemory(new float[shape.Sets]);
        using var dGamma = new GuardedMemory(new float[channels]);
        using var dBeta = new GuardedMemory(new float[channels]);
        ChannelNormKernel.Forward(
            shape, x.Span, new(ones.Span, zeros.Span, 1e-5f), y.Span, new(mean.Span, rstd.Span));
        ChannelNormKernel.Backward(
            shape, new(x.Span, ones.Span, x.Span), new(mean.Span, rstd.Span), new(dx.Span, dGamma.Span, dBeta.Span));
        Sum(y.Span).ShouldBe(0, 1e-3);
        Sum(dx.Span).ShouldBe(0, 1e-3);
        Sum(dBeta.Span).ShouldBe(Sum(x.Span), 1e-3);
    }

    private static float[] Numbers(int count)
    {
        var rng = new Rng(count + 1);
        float[] numbers = new float[count];
        foreach (ref float number in numbers.AsSpan())
            number = (float)rng.NextDouble() - 0.5f;
        return numbers;
    }

    /// <summary>Root of the mean square of the errors, by that of the numbers.</summary>
    private static double RelativeError(float[] actual, double[] expected) => Math.Sqrt(
        actual.Zip(expected, (a, e) => (a - e) * (a - e)).Sum() / expected.Sum(e => e * e));

    private static double Sum(Span<float> numbers)
    {
        double sum = 0;
        foreach (float number in numbers)
            sum += number;
        return sum;
    }

    /// <summary>Which numbers of x, of the weights and of y belong together.</summary>
    private static IEnumerable<(int X, int Weight, int Y)> Products(ConvolutionShape s)
    {
        int outputs = s.Batch * s.OutChannels * s.Output.Area, kernel = s.Kernel.Area;
        for (int y = 0; y < outputs; y++)
            for (int place = 0; place < s.InChannels * kernel; place++)
            {
                int item = y / s.Output.Area / s.OutChannels, o = y / s.Output.Area % s.OutChannels;
                int h = y % s.Output.Area / s.Output.Width * s.Stride.Height - s.Padding.Height
                    + place % kernel / s.Kernel.Width * s.Dilation.Height;
                int w = y % s.Output.Width * s.Stride.Width - s.Padding.Width
                    + place % s.Kernel.Width * s.Dilation.Width;
                if ((uint)h < (uint)s.Image.Height && (uint)w < (uint)s.Image.Width)
                    yield return (
                        ((item * s.InChannels + place / kernel) * s.Image.Height + h) * s.Image.Width + w,
                        o * s.InChannels * kernel + place, y);
            }
    }

    private static void ShouldBeClose(Span<float> actual, double[] expected)
    {
        for (int i = 0; i < expected.Length; i++)
            ((double)actual[i]).ShouldBe(expected[i], 1e-4, $"number {i}");
    }
}
