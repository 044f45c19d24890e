using Nabla.Numerics.Kernels.Products;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>
/// A convolution as a matrix product: y [O, outputs] = weights [O, places] · seen [places, outputs], where a place is
/// one weight of an output's kernel and <c>seen</c> says what lies under it. That matrix is nine times the image for a
/// 3×3 kernel, so it is never made: a panel of it, 32 outputs wide, is copied from the image when the product needs it
/// and stays in the nearest caches while all tiles of O pass over it.
/// </summary>
/// <remarks>
/// A piece of work is a band of rows of one image and one group. The bias is one more place under which everything is
/// 1.
/// </remarks>
internal readonly unsafe struct ForwardProduct(ConvolutionShape shape, ConvolutionArrays arrays) : IRegisterBody
{
    public void Run<TRegister>() where TRegister : struct, IRegister<TRegister>
    {
        var pieces = new Pieces<TRegister>(shape, arrays);
        WorkerPool.Run(pieces.Count, pieces);
    }

    private readonly struct Pieces<TRegister> : IParallelBody where TRegister : struct, IRegister<TRegister>
    {
        /// <summary>
        /// Places whose panel, with the tiles of weights that pass over it, stays in the second cache.
        /// </summary>
        private const int LongestDepth = 1536;

        private const int OutputsInBand = 2048;
        private const int WantedPieces = 16;

        private readonly ConvolutionShape shape;
        private readonly ConvolutionArrays arrays;
        private readonly int bands;
        private readonly int channelsInBlock;
        private readonly int weightStep;

        public Pieces(in ConvolutionShape shape, in ConvolutionArrays arrays)
        {
            (this.shape, this.arrays) = (shape, arrays);
            int wanted = Math.Max(
                Cuts.Count(shape.Output.Area, OutputsInBand), WantedPieces / (shape.Batch * shape.Groups));
            bands = Math.Clamp(wanted, 1, shape.Output.Height);
            channelsInBlock = Math.Clamp(LongestDepth / shape.Kernel.Area, 1, shape.GroupInputs);
            weightStep = PackedWeights.Step(shape.Depth, arrays.Bias != null);
        }

        public int Count => shape.Batch * shape.Groups * bands;

        private static int FullWidth => PackedPanels<TRegister>.FullWidth;

        public void Run(int piece)
        {
            int band = piece % bands, group = piece / bands % shape.Groups, item = piece / bands / shape.Groups;
            (int Start, int End) rows =
                (Cuts.Start(shape.Output.Height, band, bands), Cuts.Start(shape.Output.Height, band + 1, bands));
            var image = new PaddedImage(shape, rows);
            long imageFloats = image.Floats(shape.GroupInputs);
            image.Memory = Workspace.Get(imageFloats + PanelFloats);
            image.Fill(
                arrays.X + ((long)item * shape.Groups + group) * shape.GroupInputs * shape.Image.Area,
                shape.GroupInputs);

            int outputs = (rows.End - rows.Start) * shape.Output.Width;
            var tile = new Tile
            {
                A = arrays.Weights + (long)group * shape.GroupOutputs * weightStep,
                RowStepA = weightStep,
                DepthStepA = 1,
                B = image.Memory + imageFloats,
                C = arrays.Y + ((long)item * shape.OutChannels + (long)group * shape.GroupOutputs) * shape.Output.Area
                    + (long)rows.Start * shape.Output.Width,
                RowStepC = shape.Output.Area,
            };
            for (int first = 0; first < outputs; first += FullWidth, tile.C += FullWidth)
                Multiply(image, new(image, shape.Output.Width, first, Math.Min(FullWidth, outputs - first)), tile);
        }

        private long PanelFloats => ((long)channelsInBlock * shape.Kernel.Area + 1) * FullWidth + TRegister.Width;

        /// <summary>All outputs of a group for one panel, a block of channels after the other.</summary>
        private void Multiply(in PaddedImage image, in ColumnPanel<TRegister> panel, Tile tile)
        {
            tile.DepthStepB = panel.Width;
            for (int c = 0; c < shape.GroupInputs; c += channelsInBlock)
            {
                int channels = Math.Min(channelsInBlock, shape.GroupInputs - c);
                tile.Depth = channels * shape.Kernel.Area;
                Copy(image, panel, (c, c + channels), tile.B);
                if (c + channels == shape.GroupInputs && arrays.Bias != null)
                    new Span<float>(tile.B + tile.Depth++ * panel.Width, panel.Width).Fill(1);
                tile.Accumulate = c > 0 || shape.Accumulate;
                TileColumn<TRegister>.Multiply(tile, shape.GroupOutputs, panel.Columns);
                tile.A += channels * shape.Kernel.Area;
            }
        }

        private void Copy(
            in PaddedImage image, in ColumnPanel<TRegister> panel, (int Start, int End) channels, float* target)
        {
            int width = panel.Width;
            for (int c = channels.Start; c < channels.End; c++)
                for (int u = 0; u < shape.Kernel.Height; u++)
                    for (int v = 0; v < shape.Kernel.Width; v++, target += width)
                        panel.CopyRow(image.Memory + (long)c * image.PlaneStep + image.OfPlace(u, v), target);
        }
    }
}
