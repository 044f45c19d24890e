using Nabla.Numerics.Kernels.Products;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>
/// A 3×3 convolution with a stride of 1 in 36 multiplications for 16 outputs instead of 144: Winograd's F(4×4, 3×3),
/// Lavin and Gray 2016, arXiv:1509.09308. A square of 4×4 outputs sees 6×6 pixels. Both the pixels d and the kernel g
/// are turned into 36 sums, V = BᵀdB and U = GgGᵀ (<see cref="WinogradLines"/>); these are multiplied one by one and
/// summed over the channels, and the 36 results M give the outputs, AᵀMA.
/// </summary>
/// <remarks>
/// For each of the 36 places that is a matrix product, M [squares, O] = V [squares, C] · U [C, O], on the same tiles as
/// any other. A piece of work is some rows of squares, so few that V stays in the second cache, and M is made for a
/// few outputs at a time. Rounding errors are about twice those of the plain sum; larger squares would save more and
/// lose digits.
/// </remarks>
internal readonly unsafe struct WinogradProduct(ConvolutionShape shape, ConvolutionArrays arrays, bool turned)
    : ILaneRegisterBody
{
    private const int Places = WinogradTiles.Places;
    private const int LeastChannels = 16;
    private const long MostKernels = 1 << 22; // 36 sums of each are kept, up to 108 in the backward pass

    /// <summary>
    /// Whether this is the way: else there are too few channels to make up for the transformations, or too many for
    /// the memory that these take, or the squares reach so far beyond the outputs that they save nothing.
    /// </summary>
    public static bool Fits(in ConvolutionShape shape)
    {
        if (shape.Kernel != WinogradTiles.Kernel || shape.Stride != 1 || shape.Dilation != 1 || shape.Groups != 1
            || shape.InChannels < LeastChannels || shape.OutChannels < LeastChannels
            || (long)shape.InChannels * shape.OutChannels > MostKernels)
            return false;
        const int Side = WinogradTiles.Outputs;
        long covered = (long)Cuts.Count(shape.Output.Height, Side) * Cuts.Count(shape.Output.Width, Side) * Side * Side;
        return 2 * covered <= 5 * shape.Output.LongArea;
    }

    /// <summary>The common memory that it uses, whatever the registers' width.</summary>
    public static long CommonFloats(in ConvolutionShape shape) =>
        Places * WinogradSquares.PlaceStep((long)shape.InChannels * WinogradSquares.Padded<F32x16>(shape.OutChannels));

    public void Run<L, TRegister>()
        where L : struct, ILane<L>
        where TRegister : struct, IRegister<TRegister>
    {
        var sizes = new WinogradWeightSizes<TRegister>(shape);
        float* u = Workspace.GetCommon(sizes.Floats);
        var weights = new WinogradWeights<L, TRegister>(shape, arrays.Weights, u, turned);
        WorkerPool.Run(weights.Pieces, weights);
        var pieces = new Pieces<L, TRegister>(shape, arrays, u);
        WorkerPool.Run(pieces.Count, pieces);
    }

    private readonly struct Pieces<L, TRegister> : IParallelBody
        where L : struct, ILane<L>
        where TRegister : struct, IRegister<TRegister>
    {
        private const int WantedFloats = 1 << 17; // of V: half a megabyte
        private const int MostSquares = 56;
        private const int OutputsInBlock = 64;
        private const int PiecesInRound = 4; // so that no thread of two or four gets one piece more than the others

        private readonly ConvolutionShape shape;
        private readonly ConvolutionArrays arrays;
        private readonly float* weights;
        private readonly WinogradSquares squares;
        private readonly WinogradWeightSizes<TRegister> sizes;

        public Pieces(in ConvolutionShape shape, in ConvolutionArrays arrays, float* weights)
        {
            (this.shape, this.arrays) = (shape, arrays);
            this.weights = weights;
            squares = new WinogradSquares(shape);
            sizes = new WinogradWeightSizes<TRegister>(shape);
            int wanted = Math.Min(MostSquares, WantedFloats / (Places * Channels));
            int count = Cuts.Count(squares.Rows, Math.Max(1, wanted / squares.Width));
            Count = Math.Min(squares.Rows, Cuts.Count(count, PiecesInRound) * PiecesInRound);
        }

        public int Count { get; }

        private int Channels => WinogradSquares.Padded<L>(shape.InChannels);

        public void Run(int piece)
        {
            (int Start, int End) rows =
                (Cuts.Start(squares.Rows, piece, Count), Cuts.Start(squares.Rows, piece + 1, Count));
            int count = (rows.End - rows.Start) * squares.Width;
            long seenStep = WinogradSquares.PlaceStep((long)count * Channels);
            long sumStep = WinogradSquares.PlaceStep((long)count * OutputsInBlock);
            long turnedFloats = squares.TurnedFloats<L>(rows.End - rows.Start);
            float* memory = Workspace.Get(Places * (seenStep + sumStep) + 2 * turnedFloats);
            var seen = new WinogradSums(memory, seenStep, Channels);
            var sums = new WinogradSums(memory + Places * seenStep, sumStep, OutputsInBlock);
            float* turned = memory + Places * (seenStep + sumStep);
            squares.See<L>(arrays.X, rows, turned, seen);
            for (int o = 0; o < shape.OutChannels; o += OutputsInBlock)
            {
                (int Start, int End) outputs = (o, Math.Min(sizes.Outputs, o + OutputsInBlock));
                Multiply(outputs, count, seen, sums);
                for (int c = o; c < Math.Min(shape.OutChannels, outputs.End); c += L.Count)
                    Finish(c, rows, sums.At(0, 0, c - o), turned);
            }
        }

        private void Multiply((int Start, int End) outputs, int count, WinogradSums seen, WinogradSums sums)
        {
            for (int place = 0; place < Places; place++)
                for (int o = outputs.Start; o < outputs.End; o += PackedPanels<TRegister>.FullWidth)
                {
                    int width = PackedPanels<TRegister>.WidthOf(outputs.End - o);
                    var tile = new Tile
                    {
                        Depth = shape.InChannels,
                        A = seen.First + place * seen.PlaceStep,
                        RowStepA = seen.SquareStep,
                        DepthStepA = 1,
                        B = weights + place * sizes.PlaceStep + sizes.At(o, 0),
                        DepthStepB = width,
                        C = sums.First + place * sums.PlaceStep + o - outputs.Start,
                        RowStepC = sums.SquareStep,
                    };
                    TileColumn<TRegister>.Multiply(tile, count, width);
                }
        }

        /// <summary>y of a register's channels from M.</summary>
        private void Finish(int channel, (int Start, int End) rows, WinogradSums sums, float* turned)
        {
            int channels = Math.Min(L.Count, shape.OutChannels - channel);
            L bias = arrays.Bias == null ? default : L.Load(arrays.Bias + channel, channels);
            Size2d size = shape.Output;
            for (int row = rows.Start; row < rows.End;)
            {
                WinogradBand band = squares.BandAt(row, rows.End);
                float* from = sums.At(row - rows.Start, squares.Width, 0).First;
                for (int i = 0; i < band.Count; i++)
                    for (int j = 0; j < squares.Width; j++, from += sums.SquareStep)
                        WinogradTiles.Sums(
                            from, (nint)sums.PlaceStep, bias, squares.OutputsOf<L>(turned, band, (i, j)));
                int first = WinogradTiles.Outputs * band.First;
                int lines = Math.Min(WinogradTiles.Outputs * band.Count, size.Height - first);
                float* y = arrays.Y
                    + ((long)band.Item * shape.OutChannels + channel) * size.Area + (long)first * size.Width;
                Store(turned, (lines * size.Width, channels), y);
                row += band.Count;
            }
        }

        /// <summary>Turned outputs [pixels, lanes] to y [channels, pixels].</summary>
        private void Store(float* turned, (int Pixels, int Channels) count, float* y)
        {
            int area = shape.Output.Area;
            if (!shape.Accumulate)
            {
                Transposition.Run(new(turned, L.Count), count.Pixels, count.Channels, new(y, area));
                return;
            }
            float* planes = turned + (long)count.Pixels * L.Count;
            Transposition.Run(new(turned, L.Count), count.Pixels, count.Channels, new(planes, count.Pixels));
            for (int c = 0; c < count.Channels; c++)
                LaneLoop.Run<L, AddStep>(new(planes + c * count.Pixels, y + c * area), 0, count.Pixels);
        }
    }
}
