using Nabla.Numerics.Kernels.Products;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>
/// dL/dweights of a convolution that <see cref="WinogradProduct"/> does, with as few multiplications: since M = V·U,
/// dU [C, O] = Σ over squares of Vᵀ [C, squares] · dM [squares, O] for each of the 36 places, where dM = A·dY·Aᵀ and in
/// the end dg = GᵀdUG (<see cref="WinogradLines"/>).
/// </summary>
/// <remarks>
/// First all threads make V and dM of a block of squares, then they share out the places; each dU is summed over the
/// blocks in order. So the result does not depend on the number of threads, and there is one dU only, which with 128
/// channels on both sides is larger than the second cache. A block is as small as it can be, so that V and dM are still
/// in cache, while twice as large as dU, which is read and written once for each block.
/// </remarks>
internal readonly unsafe struct WinogradWeightProduct(ConvolutionShape shape, ConvolutionArrays arrays)
    : ILaneRegisterBody
{
    private const int Places = WinogradTiles.Places;
    private const int LeastFloats = 1 << 19; // of V and dM: two megabytes
    private const int LeastSquares = 32;

    /// <summary>
    /// Whether this is the way: dU is four times as large as the weights, and only many squares make up for it.
    /// </summary>
    public static bool Fits(in ConvolutionShape shape)
    {
        var squares = new WinogradSquares(shape);
        return WinogradProduct.Fits(shape) && (long)squares.Rows * squares.Width >= LeastSquares;
    }

    public void Run<L, TRegister>()
        where L : struct, ILane<L>
        where TRegister : struct, IRegister<TRegister>
    {
        var squares = new WinogradSquares(shape);
        int inputs = WinogradSquares.Padded<L>(shape.InChannels);
        int outputs = Cuts.Count(shape.OutChannels, TRegister.Width) * TRegister.Width;
        long wanted = Math.Max(LeastFloats / (Places * (inputs + outputs)), 2L * inputs * outputs / (inputs + outputs));
        int blocks = Cuts.Count(squares.Rows, (int)Math.Max(1, wanted / squares.Width));
        int most = Cuts.Count(squares.Rows, blocks) * squares.Width;
        long seenStep = WinogradSquares.PlaceStep((long)most * inputs);
        long gradientStep = WinogradSquares.PlaceStep((long)most * outputs);
        long sumStep = WinogradSquares.PlaceStep((long)shape.InChannels * outputs);
        float* memory = Workspace.GetCommon(Places * (seenStep + gradientStep + sumStep));
        var seen = new WinogradSums(memory, seenStep, inputs);
        var gradients = new WinogradSums(memory + Places * seenStep, gradientStep, outputs);
        var sums = new WinogradSums(gradients.First + Places * gradientStep, sumStep, outputs);
        for (int block = 0; block < blocks; block++)
        {
            (int Start, int End) rows =
                (Cuts.Start(squares.Rows, block, blocks), Cuts.Start(squares.Rows, block + 1, blocks));
            var inputsOf = new Factors<L, TRegister>(shape, arrays, rows, seen, gradients);
            WorkerPool.Run(inputsOf.Pieces, inputsOf);
            var products = new Sums<TRegister>(
                shape.InChannels, (rows.End - rows.Start) * squares.Width, seen, gradients, sums, block > 0);
            WorkerPool.Run(products.Pieces, products);
        }
        var weights = new WinogradWeightGradients<L>(shape, sums, arrays.Weights);
        WorkerPool.Run(weights.Pieces, weights);
    }

    /// <summary>V [36, squares, C] and dM [36, panels of O, squares, panel] of some rows of squares.</summary>
    private readonly struct Factors<L, TRegister>(
        ConvolutionShape shape, ConvolutionArrays arrays, (int Start, int End) rows, WinogradSums seen,
        WinogradSums gradients) : IParallelBody
        where L : struct, ILane<L>
        where TRegister : struct, IRegister<TRegister>
    {
        private const int SquaresInPiece = 16;

        private readonly WinogradSquares squares = new(shape);

        public int Pieces => Cuts.Count(rows.End - rows.Start, RowsInPiece);

        private int RowsInPiece => Math.Max(1, SquaresInPiece / squares.Width);

        public void Run(int piece)
        {
            int start = rows.Start + piece * RowsInPiece, end = Math.Min(rows.End, start + RowsInPiece);
            float* turned = Workspace.Get(squares.TurnedFloats<L>(end - start));
            squares.See<L>(arrays.X, (start, end), turned, seen.At(start - rows.Start, squares.Width, 0));
            for (int row = start; row < end;)
            {
                WinogradBand band = squares.BandAt(row, end);
                for (int o = 0; o < shape.OutChannels; o += L.Count)
                    Differentiate(band, (row - rows.Start) * squares.Width, o, turned);
                row += band.Count;
            }
        }

        private void Differentiate(WinogradBand band, int first, int o, float* turned)
        {
            WinogradSquares.Turn<L>(arrays.Y, (shape.OutChannels, shape.Output), (band.Item, o),
                (WinogradTiles.Outputs * band.First, WinogradTiles.Outputs * band.Count), turned);
            int panel = o - o % PackedPanels<TRegister>.FullWidth;
            int width = PackedPanels<TRegister>.WidthOf(gradients.SquareStep - panel);
            float* to = gradients.First + (long)panel * (rows.End - rows.Start) * squares.Width
                + (long)first * width + o - panel;
            for (int i = 0; i < band.Count; i++)
                for (int j = 0; j < squares.Width; j++, to += width)
                    WinogradTiles.OutputGradients<L>(
                        squares.OutputsOf<L>(turned, band, (i, j)), to, (nint)gradients.PlaceStep);
        }
    }

    /// <summary>dU [36, C, O]: a piece is some inputs of one place.</summary>
    private readonly struct Sums<TRegister>(
        int inputs, int squares, WinogradSums seen, WinogradSums gradients, WinogradSums sums, bool accumulate)
        : IParallelBody where TRegister : struct, IRegister<TRegister>
    {
        private const int WantedInputs = 70; // five tiles of 14 rows
        private const int LongestDepth = 256; // a panel of dM then stays in the first cache

        public int Pieces => Places * InputPieces;

        private int InputPieces => Cuts.Count(inputs, WantedInputs);

        public void Run(int piece)
        {
            int place = piece / InputPieces, part = piece % InputPieces;
            int c = Cuts.Start(inputs, part, InputPieces), count = Cuts.Start(inputs, part + 1, InputPieces) - c;
            int blocks = Cuts.Count(squares, LongestDepth), outputs = sums.SquareStep;
            for (int block = 0; block < blocks; block++)
            {
                int start = Cuts.Start(squares, block, blocks), depth = Cuts.Start(squares, block + 1, blocks) - start;
                for (int o = 0; o < outputs; o += PackedPanels<TRegister>.FullWidth)
                {
                    int width = PackedPanels<TRegister>.WidthOf(outputs - o);
                    var tile = new Tile
                    {
                        Depth = depth,
                        A = seen.First + place * seen.PlaceStep + (long)start * seen.SquareStep + c,
                        RowStepA = 1,
                        DepthStepA = seen.SquareStep,
                        B = gradients.First + place * gradients.PlaceStep + (long)o * squares + (long)start * width,
                        DepthStepB = width,
                        C = sums.First + place * sums.PlaceStep + (long)c * outputs + o,
                        RowStepC = outputs,
                        Accumulate = accumulate || block > 0,
                    };
                    TileColumn<TRegister>.Multiply(tile, count, width);
                }
            }
        }
    }
}
