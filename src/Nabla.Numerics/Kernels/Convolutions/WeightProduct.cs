using Nabla.Numerics.Kernels.Products;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>
/// dL/dweights from x and dy: dWᵀ [places, O] = Σ over images of seen [places, outputs] · dyᵀ [outputs, O]. The rows of
/// <c>seen</c> are copied from the image for some channels at a time; dy is turned once for each image, which costs
/// little, because every place uses it.
/// </summary>
/// <remarks>
/// The images are shared out to a fixed number of pieces, each of which sums its own dWᵀ. These are added in order, so
/// the result does not depend on the number of threads.
/// </remarks>
internal readonly unsafe struct WeightProduct(ConvolutionShape shape, ConvolutionArrays arrays) : IRegisterBody
{
    private const int LargestSums = 1 << 20;
    private const int MostParts = 16;
    private const int LeastParts = 4;
    private const int PlacesInChunk = 64;

    public void Run<TRegister>() where TRegister : struct, IRegister<TRegister>
    {
        int paddedOutputs = Cuts.Count(shape.GroupOutputs, TRegister.Width) * TRegister.Width;
        long floats = (long)shape.Groups * shape.Depth * paddedOutputs;
        int parts = Math.Min((int)Math.Clamp(LargestSums / floats, LeastParts, MostParts), shape.Batch);
        float* sums = Workspace.GetCommon(parts * floats);
        var work = new Work(shape, arrays, sums, paddedOutputs, parts);
        WorkerPool.Run(parts * shape.Groups, new Sums<TRegister>(work));
        WorkerPool.Run(shape.Groups * Cuts.Count(shape.Depth, PlacesInChunk), new Total<TRegister>(work));
    }

    private readonly struct Work(
        ConvolutionShape shape, ConvolutionArrays arrays, float* sums, int paddedOutputs, int parts)
    {
        public readonly ConvolutionShape Shape = shape;
        public readonly ConvolutionArrays Arrays = arrays;
        public readonly int PaddedOutputs = paddedOutputs, Parts = parts;

        /// <summary>dWᵀ [places, padded O] of one part of the images and one group.</summary>
        public float* Of(int part, int group) =>
            sums + ((long)part * Shape.Groups + group) * Shape.Depth * PaddedOutputs;
    }

    private readonly struct Sums<TRegister>(Work work) : IParallelBody where TRegister : struct, IRegister<TRegister>
    {
        private const int FloatsInBlock = 1 << 16;
        private const int OutputsInBand = 2048;

        private readonly ConvolutionShape shape = work.Shape;

        public void Run(int piece)
        {
            int part = piece % work.Parts, group = piece / work.Parts, height = shape.Output.Height;
            int bands = Math.Clamp(Cuts.Count(shape.Output.Area, OutputsInBand), 1, height);
            bool first = true;
            int end = Cuts.Start(shape.Batch, part + 1, work.Parts);
            for (int item = Cuts.Start(shape.Batch, part, work.Parts); item < end; item++)
                for (int band = 0; band < bands; band++, first = false)
                    AddBand(
                        (item, group), (Cuts.Start(height, band, bands), Cuts.Start(height, band + 1, bands)),
                        work.Of(part, group), first);
        }

        private void AddBand((int Item, int Group) at, (int Start, int End) rows, float* sums, bool first)
        {
            int inputs = shape.GroupInputs, outputs = (rows.End - rows.Start) * shape.Output.Width;
            var image = new PaddedImage(shape, rows);
            long imageFloats = image.Floats(inputs), turnedFloats = (long)outputs * work.PaddedOutputs;
            int rowStep = (outputs + 15) / 16 * 16 + 16;
            int block = (int)Math.Clamp(FloatsInBlock / ((long)rowStep * shape.Kernel.Area), 1, inputs);
            image.Memory = Workspace.Get(
                imageFloats + turnedFloats + ((long)block * shape.Kernel.Area + 1) * rowStep);
            float* turned = image.Memory + imageFloats, seen = turned + turnedFloats;
            long index = (long)at.Item * shape.Groups + at.Group;
            image.Fill(work.Arrays.X + index * inputs * shape.Image.Area, inputs);
            Turn(
                work.Arrays.Y + index * shape.GroupOutputs * shape.Output.Area + (long)rows.Start * shape.Output.Width,
                outputs, turned);
            var tile = new Tile
            {
                Depth = outputs,
                A = seen,
                RowStepA = rowStep,
                DepthStepA = 1,
                B = turned,
                C = sums,
                RowStepC = work.PaddedOutputs,
                Accumulate = !first,
            };
            for (int c = 0; c < inputs; c += block)
            {
                int channels = Math.Min(block, inputs - c);
                for (int channel = 0; channel < channels; channel++)
                    CopySeen(
                        image, (c + channel, rows.End - rows.Start), rowStep,
                        seen + channel * shape.Kernel.Area * rowStep);
                Multiply(tile, channels * shape.Kernel.Area);
                tile.C += channels * shape.Kernel.Area * work.PaddedOutputs;
            }
        }

        /// <summary>dy [O, outputs] → panels [outputs, 32], the last perhaps narrower, zeros beyond O.</summary>
        private void Turn(float* dy, int outputs, float* panels)
        {
            for (int o = 0; o < shape.GroupOutputs; o += PackedPanels<TRegister>.FullWidth)
            {
                int columns = Math.Min(PackedPanels<TRegister>.FullWidth, shape.GroupOutputs - o);
                int width = PackedPanels<TRegister>.WidthOf(columns);
                float* panel = panels + (long)o * outputs;
                if (columns < width)
                    new Span<float>(panel, outputs * width).Clear();
                Transposition.Run(
                    new(dy + (long)o * shape.Output.Area, shape.Output.Area), columns, outputs, new(panel, width));
            }
        }

        /// <summary>What each place of the kernel sees of one channel, a row for each.</summary>
        private void CopySeen(in PaddedImage image, (int Channel, int Rows) of, int rowStep, float* target)
        {
            int width = shape.Output.Width;
            for (int u = 0; u < shape.Kernel.Height; u++)
                for (int v = 0; v < shape.Kernel.Width; v++, target += rowStep)
                {
                    float* place = image.Memory + (long)of.Channel * image.PlaneStep + image.OfPlace(u, v), to = target;
                    for (int row = 0; row < of.Rows; row++, to += width)
                    {
                        float* from = place + image.OfPixel(row, 0);
                        for (int i = 0; i < width; i += TRegister.Width) // what is too much, the next row overwrites
                            TRegister.Store(TRegister.Load(from + i), to + i);
                    }
                }
        }

        private void Multiply(Tile tile, int places)
        {
            float* panels = tile.B, sums = tile.C;
            for (int o = 0; o < shape.GroupOutputs; o += PackedPanels<TRegister>.FullWidth)
            {
                int width = PackedPanels<TRegister>.WidthOf(shape.GroupOutputs - o);
                tile.B = panels + o * tile.Depth;
                tile.DepthStepB = width;
                tile.C = sums + o;
                TileColumn<TRegister>.Multiply(tile, places, width);
            }
        }
    }

    /// <summary>Adds the parts, and turns the sums to [O, places].</summary>
    private readonly struct Total<TRegister>(Work work) : IParallelBody where TRegister : struct, IRegister<TRegister>
    {
        public void Run(int piece)
        {
            ConvolutionShape shape = work.Shape;
            int group = piece % shape.Groups, start = piece / shape.Groups * PlacesInChunk;
            int end = Math.Min(shape.Depth, start + PlacesInChunk);
            float* weights = work.Arrays.Weights + (long)group * shape.GroupOutputs * shape.Depth;
            float* sum = work.Of(0, group) + (long)start * work.PaddedOutputs;
            for (int part = 1; part < work.Parts; part++)
                Add(work.Of(part, group) + (long)start * work.PaddedOutputs, (end - start) * work.PaddedOutputs, sum);
            for (int o = 0; o < shape.GroupOutputs; o++)
                for (int place = start; place < end; place++)
                {
                    float* target = weights + (long)o * shape.Depth + place;
                    float value = sum[(place - start) * work.PaddedOutputs + o];
                    *target = shape.Accumulate ? *target + value : value;
                }
        }

        /// <summary>Adds a whole number of registers.</summary>
        private static void Add(float* from, int count, float* to)
        {
            for (int i = 0; i < count; i += TRegister.Width)
                TRegister.Store(TRegister.Add(TRegister.Load(to + i), TRegister.Load(from + i)), to + i);
        }
    }
}
