using System.Buffers;
using Nabla.Numerics.Kernels.Convolutions;
using Nabla.Numerics.Kernels.Products;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// Convolution of images, forward and backward, on the tiles of the matrix product. A transposed convolution is the
/// same three functions: its forward pass is <see cref="BackwardInput"/>, its backward pass <see cref="Forward"/>.
/// </summary>
public static unsafe class ConvolutionKernel
{
    private const long MostSpreadFloats = 1 << 26; // 256 MB of dy with zeros between; else it is scattered

    private const int LongestRow = 2048;
    private const int EnoughImages = 16;
    private const int FewChannels = 4;

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
        if (IsBiasAlone(weights.IsEmpty, bias, y, (shape.OutChannels, shape.Output.Area), shape.Accumulate))
            return;
        fixed (float* px = x, pw = weights, pb = bias, py = y)
        {
            var arrays = new ConvolutionArrays { X = px, Weights = pw, Bias = pb, Y = py };
            if (HasFewOutputs(shape) && Turned(shape) is { } turned)
            {
                float* turnedWeights = Workspace.GetCommon(weights.Length);
                PackedWeights.Turn(shape, pw, turnedWeights);
                Scatter(turned, new() { X = py, Weights = turnedWeights, Bias = pb, Y = px });
            }
            else
                Convolve(shape, arrays, turned: false);
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
        if (IsBiasAlone(dy.IsEmpty, bias, dx, (shape.InChannels, shape.Image.Area), shape.Accumulate))
            return;
        fixed (float* pdy = dy, pw = weights, pb = bias, pdx = dx)
        {
            var arrays = new ConvolutionArrays { X = pdy, Weights = pw, Bias = pb, Y = pdx };
            if (Turned(shape) is { } turned && !HasFewOutputs(turned))
                Convolve(turned, arrays, turned: true);
            else if (shape.Stride == 2 && Turned(shape with { Stride = 1 }) is { } dense && FitsSpread(dense))
                ConvolveSpread(shape.Output, dense, arrays);
            else
                Scatter(shape, new() { X = pdx, Weights = pw, Bias = pb, Y = pdy });
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
            else if (HasFewOutputs(shape) && Turned(shape) is { } turned)
                ConvolveTurnedWeights(turned, arrays, shape.Accumulate);
            else
                WidestRegister.Run(new WeightProduct(Flat(shape), arrays));
        }
    }

    /// <summary>
    /// Whether tiles of the outputs' channels would be all but empty. With inputs and outputs exchanged they are full.
    /// </summary>
    private static bool HasFewOutputs(in ConvolutionShape shape) =>
        shape.Groups == 1 && shape.OutChannels <= FewChannels && shape.InChannels > 2 * FewChannels
        && shape.Kernel != 1;

    /// <summary>Checks the bias, and writes the result if there is nothing else to it or no result at all.</summary>
    private static bool IsBiasAlone(
        bool hasNoProducts, ReadOnlySpan<float> bias, Span<float> result, (int Channels, int Area) size,
        bool accumulate)
    {
        if (!bias.IsEmpty)
            Require.Length("Convolution", bias.Length, size.Channels);
        if (hasNoProducts)
            Fill(result, bias, size.Area, accumulate);
        return hasNoProducts || result.IsEmpty;
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

    /// <summary>Turned: the weights are those of the convolution whose dx this is.</summary>
    private static void Convolve(in ConvolutionShape shape, ConvolutionArrays arrays, bool turned)
    {
        if (WinogradProduct.Fits(shape))
        {
            WidestRegister.RunWithLanes(new WinogradProduct(shape, arrays, turned));
            return;
        }
        long floats = (long)shape.OutChannels * shape.Depth;
        long packedFloats = shape.OutChannels * (long)PackedWeights.Step(shape.Depth, arrays.Bias != null);
        float* packed = Workspace.GetCommon(packedFloats + (turned ? floats : 0));
        if (turned)
        {
            PackedWeights.Turn(Exchanged(shape), arrays.Weights, packed + packedFloats);
            arrays.Weights = packed + packedFloats;
        }
        PackedWeights.Pack(arrays.Weights, arrays.Bias, (shape.OutChannels, shape.Depth), packed);
        arrays.Weights = packed;
        WidestRegister.Run(new ForwardProduct(Flat(shape), arrays));
    }

    private static bool FitsSpread(in ConvolutionShape dense) => WinogradProduct.Fits(dense)
        && (long)dense.Batch * dense.InChannels <= MostSpreadFloats / dense.Image.LongArea;

    /// <summary>dx where every second output of a dense convolution was looked at.</summary>
    private static void ConvolveSpread(Size2d small, in ConvolutionShape dense, ConvolutionArrays arrays)
    {
        // Behind what the products use of the common memory.
        long behind = WinogradProduct.CommonFloats(dense);
        int planes = dense.Batch * dense.InChannels;
        float* spread = Workspace.GetCommon(behind + (long)planes * dense.Image.Area) + behind;
        var images = new SpreadImages(planes, (small, dense.Image), arrays.X, spread);
        Widest.Run(images.Pieces, images);
        arrays.X = spread;
        WidestRegister.RunWithLanes(new WinogradProduct(dense, arrays, turned: true));
    }

    private static void Scatter(in ConvolutionShape shape, ConvolutionArrays arrays) =>
        WidestRegister.Run(new ScatteredProduct(shape, arrays));

    /// <summary>dL/dweights with x and dy, and so inputs and outputs, exchanged.</summary>
    private static void ConvolveTurnedWeights(in ConvolutionShape turned, ConvolutionArrays arrays, bool accumulate)
    {
        float[] weights = ArrayPool<float>.Shared.Rent(turned.OutChannels * turned.Depth);
        fixed (float* pw = weights)
        {
            ConvolutionShape shape = turned with { Accumulate = false };
            WidestRegister.Run(new WeightProduct(shape, new() { X = arrays.Y, Weights = pw, Y = arrays.X }));
            PackedWeights.Turn(shape, pw, arrays.Weights, accumulate);
        }
        ArrayPool<float>.Shared.Return(weights);
    }

    private static ConvolutionShape Exchanged(in ConvolutionShape shape) =>
        shape with { InChannels = shape.OutChannels, OutChannels = shape.InChannels };

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
        ConvolutionShape turned = Exchanged(shape) with
        {
            Image = shape.Output,
            Padding = ((int)rows, (int)columns),
        };
        return turned.IsPlaneAddressable && turned.Output == shape.Image ? turned : null;
    }
}
