using Nabla.Numerics.Kernels.Products;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>
/// x from y through the weights, for any stride: what each output sends to each place, weightsᵀ [places, O] · y [O,
/// outputs], is added to the padded image where it came from. This is dx from dy, and the transposed convolution.
/// </summary>
/// <remarks>
/// A piece of work is one image and one group: their places overlap, so they are added in the order of the places. The
/// product is made for a few channels at a time, so that it is still in cache when it is added.
/// </remarks>
internal readonly unsafe struct ScatteredProduct(ConvolutionShape shape, ConvolutionArrays arrays) : IRegisterBody
{
    public void Run<TRegister>() where TRegister : struct, IRegister<TRegister> =>
        WorkerPool.Run(shape.Batch * shape.Groups, new Pieces<TRegister>(shape, arrays));

    private readonly struct Pieces<TRegister>(ConvolutionShape shape, ConvolutionArrays arrays) : IParallelBody
        where TRegister : struct, IRegister<TRegister>
    {
        private const int FloatsInBlock = 1 << 16;

        private readonly ConvolutionShape shape = shape;
        private readonly ConvolutionArrays arrays = arrays;

        private int Outputs => shape.Output.Area;

        private int Panels => Cuts.Count(Outputs, PackedPanels<TRegister>.FullWidth);

        /// <summary>From a row of the product to the next, not a multiple of 2 KiB.</summary>
        private int RowStep => checked(Panels * PackedPanels<TRegister>.FullWidth + TRegister.Width);

        private int ChannelsInBlock =>
            (int)Math.Clamp(FloatsInBlock / ((long)RowStep * shape.Kernel.Area), 1, shape.GroupInputs);

        public void Run(int piece)
        {
            int group = piece % shape.Groups, item = piece / shape.Groups, inputs = shape.GroupInputs;
            var image = new PaddedImage(shape, (0, shape.Output.Height));
            long imageFloats = image.Floats(inputs), panelFloats = (long)Panels * PanelFloats;
            float* padded = image.Memory = Workspace.Get(
                imageFloats + panelFloats + (long)ChannelsInBlock * shape.Kernel.Area * RowStep + 2 * TRegister.Width);
            float* panels = padded + imageFloats, product = panels + panelFloats;
            float* bias = arrays.Bias == null ? null : arrays.Bias + group * inputs;
            for (int c = 0; c < inputs; c++)
                new Span<float>(padded + (long)c * image.PlaneStep, image.PlaneStep)
                    .Fill(bias == null ? 0 : bias[c]);
            PackPanels(arrays.Y + ((long)item * shape.Groups + group) * shape.GroupOutputs * Outputs, panels);

            float* weights = arrays.Weights + (long)group * shape.GroupOutputs * shape.Depth;
            for (int c = 0; c < inputs; c += ChannelsInBlock)
            {
                int channels = Math.Min(ChannelsInBlock, inputs - c);
                Multiply(weights + c * shape.Kernel.Area, channels, panels, product);
                Scatter(image, product, channels, padded + (long)c * image.PlaneStep);
            }
            float* x = arrays.X + ((long)item * shape.Groups + group) * inputs * shape.Image.Area;
            image.Read(inputs, x, bias, shape.Accumulate);
        }

        private long PanelFloats => (long)shape.GroupOutputs * PackedPanels<TRegister>.FullWidth;

        private void PackPanels(float* y, float* panels)
        {
            int width = PackedPanels<TRegister>.FullWidth;
            for (int first = 0; first < Outputs; first += width, y += width, panels += PanelFloats)
                Packing.CopyRows<TRegister>(
                    new(y, Outputs), Math.Min(width, Outputs - first), shape.GroupOutputs, new(panels, width));
        }

        private void Multiply(float* weights, int channels, float* panels, float* product)
        {
            int width = PackedPanels<TRegister>.FullWidth;
            for (int panel = 0; panel < Panels; panel++)
            {
                var tile = new Tile
                {
                    Depth = shape.GroupOutputs,
                    A = weights,
                    RowStepA = 1,
                    DepthStepA = shape.Depth,
                    B = panels + panel * PanelFloats,
                    DepthStepB = width,
                    C = product + panel * width,
                    RowStepC = RowStep,
                };
                TileColumn<TRegister>.Multiply(tile, channels * shape.Kernel.Area, width);
            }
        }

        private void Scatter(in PaddedImage image, float* product, int channels, float* padded)
        {
            for (int c = 0; c < channels; c++, padded += image.PlaneStep)
                for (int u = 0; u < shape.Kernel.Height; u++)
                    for (int v = 0; v < shape.Kernel.Width; v++, product += RowStep)
                        for (int row = 0; row < shape.Output.Height; row++)
                            Add(product + row * shape.Output.Width, shape.Output.Width,
                                padded + image.OfPlace(u, v) + image.OfPixel(row, 0));
        }

        private static void Add(float* from, int count, float* to)
        {
            int i = 0;
            for (; i + TRegister.Width <= count; i += TRegister.Width)
                TRegister.Store(TRegister.Add(TRegister.Load(to + i), TRegister.Load(from + i)), to + i);
            for (; i < count; i++)
                to[i] += from[i];
        }
    }
}
