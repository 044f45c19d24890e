using Nabla.Numerics.Kernels.Convolutions;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// Convolution of images, forward and backward, on the tiles of the matrix product. A transposed convolution is the
/// same three functions: its forward pass is <see cref="BackwardInput"/>, its backward pass <see cref="Forward"/>.
/// </summary>
public static unsafe class ConvolutionKernel
{
    private const int LongestRow = 2048;
    private const int EnoughImages = 16;

    /// <summary>y = weights ∗ x + bias (y += … if the shape says so).</summary>
    /// <param name="shape">The sizes; it says what the arrays mean.</param>
    /// <param name="x">[B, C, H, W].</param>
    /// <param name="weights">[O, C/G, KH, KW].</param>
    /// <param name="bias">[O], or empty for none.</param>
    /// <param name="y">[B, O, OH, OW].</param>
    /// <exception cref="ArgumentException">A size is impossible, or a length does not fit.</exception>
    public static void Forward(
        in ConvolutionShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias,
        Span<float> y)
    {
        shape.Validate(x.Length, weights.Length, y.Length);
        if (!bias.IsEmpty)
            Require.Length("Convolution", bias.Length, shape.OutChannels);
        if (y.IsEmpty)
            return;
        if (weights.IsEmpty)
        {
            Fill(y, bias, shape.Output.Area, shape.Accumulate);
            return;
        }
        fixed (float* px = x, pw = weights, pb = bias, py = y)
        {
            var arrays = new ConvolutionArrays { X = px, Weights = pw, Bias = pb, Y = py };
            if (WinogradProduct.Fits(shape))
                WidestRegister.RunWithLanes(new WinogradProduct(shape, arrays, turned: false));
            else
                Convolve(Flat(shape), arrays);
        }
    }

    /// <summary>
    /// dx from dy: each output's gradient goes back to what it saw, through the weights; plus a bias for each channel
    /// of x, which a transposed convolution has.
    /// </summary>
    /// <param name="shape">The sizes of the forward pass.</param>
    /// <param name="dy">[B, O, OH, OW].</param>
    /// <param name="weights">[O, C/G, KH, KW].</param>
    /// <param name="bias">[C], or empty for none.</param>
    /// <param name="dx">[B, C, H, W], overwritten, or added to if the shape says so.</param>
    /// <exception cref="ArgumentException">A size is impossible, or a length does not fit.</exception>
    public static void BackwardInput(
        in ConvolutionShape shape, ReadOnlySpan<float> dy, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias,
        Span<float> dx)
    {
        shape.Validate(dx.Length, weights.Length, dy.Length);
        if (!bias.IsEmpty)
            Require.Length("Convolution backward", bias.Length, shape.InChannels);
        if (dx.IsEmpty)
            return;
        if (dy.IsEmpty)
        {
            Fill(dx, bias, shape.Image.Area, shape.Accumulate);
            return;
        }
        fixed (float* pdy = dy, pw = weights, pb = bias, pdx = dx)
            if (Turned(shape) is { } turned && WinogradProduct.Fits(turned))
            {
                var arrays = new ConvolutionArrays { X = pdy, Weights = pw, Bias = pb, Y = pdx };
                WidestRegister.RunWithLanes(new WinogradProduct(turned, arrays, turned: true));
            }
            else if (Turned(shape) is { } convolution)
            {
                long packed = PackedFloats(convolution, pb != null);
                float* turnedWeights = Workspace.GetCommon(weights.Length + packed) + packed;
                PackedWeights.Turn(shape, pw, turnedWeights);
                Convolve(Flat(convolution), new() { X = pdy, Weights = turnedWeights, Bias = pb, Y = pdx });
            }
            else
            {
                WidestRegister.Run(
                    new ScatteredProduct(shape, new() { X = pdx, Weights = pw, Bias = pb, Y = pdy }));
            }
    }

    /// <summary>dL/dweights from x and dy, summed over the images in a fixed order.</summary>
    /// <param name="shape">The sizes of the forward pass.</param>
    /// <param name="x">[B, C, H, W].</param>
    /// <param name="dy">[B, O, OH, OW].</param>
    /// <param name="dWeights">[O, C/G, KH, KW], overwritten, or added to if the shape says so.</param>
    /// <exception cref="ArgumentException">A size is impossible, or a length does not fit.</exception>
    public static void BackwardWeights(
        in ConvolutionShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dWeights)
    {
        shape.Validate(x.Length, dWeights.Length, dy.Length);
        if (dy.IsEmpty && !shape.Accumulate)
            dWeights.Clear();
        if (dy.IsEmpty || dWeights.IsEmpty)
            return;
        fixed (float* px = x, pdy = dy, pdw = dWeights)
        {
            var arrays = new ConvolutionArrays { X = px, Weights = pdw, Y = pdy };
            if (WinogradWeightProduct.Fits(shape))
                WidestRegister.RunWithLanes(new WinogradWeightProduct(shape, arrays));
            else
                WidestRegister.Run(new WeightProduct(Flat(shape), arrays));
        }
    }

    /// <summary>
    /// The same convolution with each image as one long row, which is copied faster, where a kernel of 1×1 allows it
    /// and there are images enough to share out.
    /// </summary>
    private static ConvolutionShape Flat(in ConvolutionShape shape)
    {
        bool each = shape.Kernel == 1 && shape.Stride == 1 && shape.Padding == 0;
        return each && shape.Image.Area <= LongestRow && shape.Batch >= EnoughImages
            ? shape with { Image = (1, shape.Image.Area) }
            : shape;
    }

    /// <summary>What is left where nothing is multiplied: the bias or zeros.</summary>
    private static void Fill(Span<float> target, ReadOnlySpan<float> bias, int area, bool accumulate)
    {
        for (int start = 0, plane = 0; start < target.Length; start += area, plane++)
        {
            float value = bias.IsEmpty ? 0 : bias[plane % bias.Length];
            foreach (ref float number in target.Slice(start, area))
                number = accumulate ? number + value : value;
        }
    }

    private static long PackedFloats(in ConvolutionShape shape, bool bias) =>
        (long)shape.OutChannels * PackedWeights.Step(shape.Depth, bias);

    /// <summary>The weights may lie in the common memory, behind where they are packed.</summary>
    private static void Convolve(in ConvolutionShape shape, ConvolutionArrays arrays)
    {
        float* packed = Workspace.GetCommon(PackedFloats(shape, arrays.Bias != null));
        PackedWeights.Pack(arrays.Weights, arrays.Bias, (shape.OutChannels, shape.Depth), packed);
        arrays.Weights = packed;
        WidestRegister.Run(new ForwardProduct(shape, arrays));
    }

    /// <summary>
    /// The convolution of dy that gives dx, where there is one: with a stride of 1 each pixel is seen by neighbouring
    /// outputs, so that dx is dy under the same kernel turned round.
    /// </summary>
    private static ConvolutionShape? Turned(in ConvolutionShape shape)
    {
        long rows = shape.Dilation.Height * (shape.Kernel.Height - 1L) - shape.Padding.Height;
        long columns = shape.Dilation.Width * (shape.Kernel.Width - 1L) - shape.Padding.Width;
        if (shape.Stride != 1 || Math.Min(rows, columns) < 0 || Math.Max(rows, columns) > int.MaxValue)
            return null;
        ConvolutionShape turned = shape with
        {
            InChannels = shape.OutChannels,
            OutChannels = shape.InChannels,
            Image = shape.Output,
            Padding = ((int)rows, (int)columns),
        };
        return turned.IsPlaneAddressable && turned.Output == shape.Image ? turned : null;
    }
}
