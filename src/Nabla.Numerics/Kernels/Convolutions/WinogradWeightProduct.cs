using Nabla.Numerics.Kernels.Products;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>
/// dL/dweights of a convolution that <see cref="WinogradProduct"/> does, with as few multiplications: since M = U·V,
/// dU [16, C, O] = Σ over squares of V [C, squares] · dM [squares, O] for each of the 16 places, where dM = A·dY·Aᵀ and
/// in the end dg = GᵀdUG (<see cref="WinogradTiles"/>).
/// </summary>
/// <remarks>
/// dy is turned to [outputs, O] first, so that neighbouring lanes are neighbouring outputs and dM is at once the panel
/// that the product wants. The rows of squares are shared out to a fixed number of parts, each of which sums its own
/// dU; these are added in order, so the result does not depend on the number of threads.
/// </remarks>
internal readonly unsafe struct WinogradWeightProduct(ConvolutionShape shape, ConvolutionArrays arrays) : IRegisterBody
{
    private const int Places = WinogradTiles.Places;
    private const int LargestSums = 1 << 20;
    private const int MostParts = 16;
    private const int LeastParts = 4;
    private const int ChannelsInPiece = 4;

    public void Run<TRegister>() where TRegister : struct, IRegister<TRegister>
    {
        if (TRegister.Width == F32x16.Count)
            Run<F32x16, TRegister>();
        else if (TRegister.Width == F32x8.Count)
            Run<F32x8, TRegister>();
        else
            Run<F32, TRegister>();
    }

    private void Run<L, TRegister>()
        where L : struct, ILane<L>
        where TRegister : struct, IRegister<TRegister>
    {
        int outputs = Cuts.Count(shape.OutChannels, TRegister.Width) * TRegister.Width;
        long floats = (long)Places * shape.InChannels * outputs;
        int rows = shape.Batch * WinogradSquares.Of(shape.Output).Height;
        int parts = Math.Min((int)Math.Clamp(LargestSums / floats, LeastParts, MostParts), rows);
        float* sums = Workspace.GetCommon(parts * floats);
        WorkerPool.Run(parts, new Sums<L, TRegister>(shape, arrays, (outputs, parts), sums));
        WorkerPool.Run(
            Cuts.Count(shape.InChannels, ChannelsInPiece), new Total<L>(shape, arrays.Weights, (outputs, parts), sums));
    }

    /// <summary>dU [16, C, padded O] of each part.</summary>
    private readonly struct Sums<L, TRegister> : IParallelBody
        where L : struct, ILane<L>
        where TRegister : struct, IRegister<TRegister>
    {
        private const int WantedSquares = 100;
        private const int ChannelsInBlock = 32;

        private readonly ConvolutionShape shape;
        private readonly ConvolutionArrays arrays;
        private readonly float* sums;
        private readonly int outputs;
        private readonly int parts;
        private readonly WinogradSquares squares;

        public Sums(in ConvolutionShape shape, in ConvolutionArrays arrays, (int Outputs, int Parts) size, float* sums)
        {
            (this.shape, this.arrays) = (shape, arrays);
            this.sums = sums;
            (outputs, parts) = size;
            Size2d count = WinogradSquares.Of(shape.Output);
            int rows = count.Area <= WantedSquares
                ? count.Height * (WantedSquares / count.Area)
                : Math.Max(1, WantedSquares / count.Width);
            squares = new WinogradSquares(shape, rows, TRegister.Width);
        }

        private static int FullWidth => PackedPanels<TRegister>.FullWidth;

        private int MostSquares => squares.RowsInBlock * squares.Width;

        private int SeenStep => squares.PlaceStep(ChannelsInBlock);

        /// <summary>From a place of dM to the next within a panel, not a multiple of 4 KiB.</summary>
        private int GradientStep => checked(MostSquares * FullWidth + TRegister.Width);

        private long GradientFloats => (long)Cuts.Count(outputs, FullWidth) * Places * GradientStep;

        private long TurnedFloats => 4L * MostSquares * FullWidth;

        public void Run(int part)
        {
            int end = Cuts.Start(squares.Rows, part + 1, parts);
            float* seen = Workspace.Get(
                (long)Places * SeenStep + GradientFloats + TurnedFloats + FullWidth + squares.PlanesFloats);
            float* gradients = seen + Places * SeenStep, turned = gradients + GradientFloats;
            float* planes = turned + TurnedFloats + FullWidth;
            new Span<float>(turned + TurnedFloats, FullWidth).Clear();
            bool first = true;
            for (int row = Cuts.Start(squares.Rows, part, parts); row < end; row += squares.RowsInBlock, first = false)
            {
                (int Start, int End) rows = (row, Math.Min(end, row + squares.RowsInBlock));
                Differentiate(rows, turned, gradients);
                for (int c = 0; c < shape.InChannels; c += ChannelsInBlock)
                {
                    (int Start, int End) channels = (c, Math.Min(shape.InChannels, c + ChannelsInBlock));
                    squares.See<L>(arrays.X, rows, channels, new(seen, SeenStep, planes));
                    var tile = new Tile
                    {
                        Depth = (rows.End - rows.Start) * squares.Width,
                        A = seen,
                        RowStepA = squares.ChannelStep,
                        DepthStepA = 1,
                        B = gradients,
                        C = sums + ((long)part * Places * shape.InChannels + c) * outputs,
                        RowStepC = outputs,
                        Accumulate = !first,
                    };
                    Multiply(tile, channels.End - channels.Start);
                }
            }
        }

        private void Multiply(in Tile first, int channels)
        {
            for (int place = 0; place < Places; place++)
                for (int o = 0; o < outputs; o += FullWidth)
                {
                    int width = PackedPanels<TRegister>.WidthOf(outputs - o);
                    Tile tile = first;
                    tile.A += place * SeenStep;
                    tile.B += (o / FullWidth * Places + place) * GradientStep;
                    tile.DepthStepB = width;
                    tile.C += (long)place * shape.InChannels * outputs + o;
                    TileColumn<TRegister>.Multiply(tile, channels, width);
                }
        }

        /// <summary>dM of some rows of squares, in panels [16, squares, 32] of the outputs.</summary>
        private void Differentiate((int Start, int End) rows, float* turned, float* gradients)
        {
            for (int o = 0; o < outputs; o += FullWidth, gradients += Places * GradientStep)
            {
                int columns = Math.Min(FullWidth, shape.OutChannels - o);
                int width = PackedPanels<TRegister>.WidthOf(columns);
                float* target = gradients;
                for (int row = rows.Start; row < rows.End;)
                {
                    int item = row / squares.Height, first = row % squares.Height;
                    int count = Math.Min(rows.End - row, squares.Height - first);
                    int lines = Math.Min(2 * count, shape.Output.Height - 2 * first);
                    float* dy = arrays.Y + ((long)item * shape.OutChannels + o) * shape.Output.Area
                        + 2 * first * shape.Output.Width;
                    Packing.Transpose(dy, shape.Output.Area, columns, lines * shape.Output.Width, turned, width);
                    for (int i = 0; i < count; i++, target += squares.Width * width)
                        DifferentiateRow(turned, (2 * i, lines), width, target);
                    row += count;
                }
            }
        }

        private void DifferentiateRow(float* turned, (int First, int End) lines, int width, float* target)
        {
            float* zeros = turned + TurnedFloats;
            float** pixels = stackalloc float*[4];
            int size = shape.Output.Width;
            for (int j = 0; j < squares.Width; j++, target += width)
            {
                bool right = 2 * j + 1 < size, below = lines.First + 1 < lines.End;
                float* pixel = turned + (lines.First * size + 2 * j) * width;
                pixels[0] = pixel;
                pixels[1] = right ? pixel + width : zeros;
                pixels[2] = below ? pixel + size * width : zeros;
                pixels[3] = right && below ? pixel + (size + 1) * width : zeros;
                for (int o = 0; o < width; o += L.Count)
                    WinogradTiles.OutputGradients<L>(pixels, o, target + o, GradientStep);
            }
        }
    }

    /// <summary>Adds the parts, and turns dU to dg [O, C, 3, 3].</summary>
    private readonly struct Total<L>(
        ConvolutionShape shape, float* weights, (int Outputs, int Parts) size, float* sums) : IParallelBody
        where L : struct, ILane<L>
    {
        private const int Area = 9;

        public void Run(int piece)
        {
            int end = Math.Min(shape.InChannels, (piece + 1) * ChannelsInPiece);
            float* sum = stackalloc float[(Places + Area) * F32x16.Count], kernels = sum + Places * L.Count;
            for (int o = 0; o < shape.OutChannels; o += L.Count)
                for (int c = piece * ChannelsInPiece; c < end; c++)
                {
                    Add(c, o, sum);
                    WinogradTiles.KernelGradients<L>(sum, L.Count, kernels, L.Count);
                    Store(kernels, Math.Min(L.Count, shape.OutChannels - o), ((long)o * shape.InChannels + c) * Area);
                }
        }

        private void Add(int c, int o, float* target)
        {
            long placeStep = (long)shape.InChannels * size.Outputs, partStep = Places * placeStep;
            for (int place = 0; place < Places; place++)
            {
                float* from = sums + place * placeStep + (long)c * size.Outputs + o;
                L sum = L.Load(from, L.Count);
                for (int part = 1; part < size.Parts; part++)
                    sum += L.Load(from + part * partStep, L.Count);
                L.Store(sum, target + place * L.Count, L.Count);
            }
        }

        private void Store(float* kernels, int count, long at)
        {
            float* target = weights + at;
            for (int o = 0; o < count; o++, target += (long)shape.InChannels * Area)
                for (int place = 0; place < Area; place++)
                {
                    float value = kernels[place * L.Count + o];
                    target[place] = shape.Accumulate ? target[place] + value : value;
                }
        }
    }
}
