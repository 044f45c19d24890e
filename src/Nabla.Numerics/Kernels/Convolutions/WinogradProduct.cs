using Nabla.Numerics.Kernels.Products;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Memory;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>
/// A 3×3 convolution with a stride of 1 in 4 multiplications an output instead of 9: Winograd's F(2×2, 3×3), Lavin and
/// Gray 2016, arXiv:1509.09308. A square of 2×2 outputs sees 4×4 pixels. Both the pixels d and the kernel g are turned
/// into 16 sums, V = BᵀdB and U = GgGᵀ (<see cref="WinogradTiles"/>); these are multiplied one by one and summed over
/// the channels, and the 16 results M give the four outputs, AᵀMA.
/// </summary>
/// <remarks>
/// For each of the 16 places that is a matrix product, M [O, squares] = U [O, C] · V [C, squares], on the same tiles as
/// any other. A piece of work is some rows of squares, about 64 squares, so that V stays in the second cache, and M is
/// made for a few outputs at a time. Rounding errors are about twice those of the plain sum; larger squares would save
/// more and lose digits.
/// </remarks>
internal readonly unsafe struct WinogradProduct(ConvolutionShape shape, ConvolutionArrays arrays, bool turned)
    : IRegisterBody
{
    private const int Places = WinogradTiles.Places;
    private const int LeastChannels = 16;

    /// <summary>Whether this is the way: else there are too few channels to make up for the transformations.</summary>
    public static bool Fits(in ConvolutionShape shape) =>
        shape.Kernel == 3 && shape.Stride == 1 && shape.Dilation == 1 && shape.Groups == 1
        && shape.InChannels >= LeastChannels && shape.OutChannels >= LeastChannels && shape.Output.Area >= 4;

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
        float* weights = Workspace.GetCommon((long)Places * shape.OutChannels * shape.InChannels);
        WorkerPool.Run(shape.OutChannels, new Weights<L>(shape, arrays.Weights, weights, turned));
        var pieces = new Pieces<L, TRegister>(shape, arrays, weights);
        WorkerPool.Run(pieces.Count, pieces);
    }

    /// <summary>U [16, O, C], a piece being one output. Turned: that of the convolution of dy that gives dx.</summary>
    private readonly struct Weights<L>(ConvolutionShape shape, float* weights, float* target, bool turned)
        : IParallelBody where L : struct, ILane<L>
    {
        public void Run(int o)
        {
            const int Area = 9;
            int inputs = shape.InChannels;
            long step = (long)shape.OutChannels * inputs;
            float* kernels = stackalloc float[Area * 16];
            for (int c = 0; c < inputs; c += L.Count)
            {
                int count = Math.Min(L.Count, inputs - c);
                for (int i = 0; i < count; i++)
                {
                    float* kernel = weights
                        + (turned ? (long)(c + i) * shape.OutChannels + o : (long)o * inputs + c + i) * Area;
                    for (int place = 0; place < Area; place++)
                        kernels[place * L.Count + i] = kernel[turned ? Area - 1 - place : place];
                }
                WinogradTiles.Kernel<L>(kernels, target + (long)o * inputs + c, step, count);
            }
        }
    }

    private readonly struct Pieces<L, TRegister> : IParallelBody
        where L : struct, ILane<L>
        where TRegister : struct, IRegister<TRegister>
    {
        private const int WantedSquares = 64;
        private const int OutputsInBlock = 32;

        private readonly ConvolutionShape shape;
        private readonly ConvolutionArrays arrays;
        private readonly float* weights;
        private readonly WinogradSquares squares;

        public Pieces(in ConvolutionShape shape, in ConvolutionArrays arrays, float* weights)
        {
            (this.shape, this.arrays) = (shape, arrays);
            this.weights = weights;
            squares = new WinogradSquares(
                shape, Math.Max(1, WantedSquares / WinogradSquares.Of(shape.Output).Width), FullWidth);
        }

        public int Count => Cuts.Count(squares.Rows, squares.RowsInBlock);

        private static int FullWidth => PackedPanels<TRegister>.FullWidth;

        private int RowStep => squares.ChannelStep;

        private int SeenStep => squares.PlaceStep(shape.InChannels);

        private int SumStep => squares.PlaceStep(OutputsInBlock);

        public void Run(int piece)
        {
            int start = piece * squares.RowsInBlock, end = Math.Min(squares.Rows, start + squares.RowsInBlock);
            float* seen = Workspace.Get(Places * ((long)SeenStep + SumStep) + squares.PlanesFloats);
            float* sums = seen + Places * SeenStep, planes = sums + Places * SumStep;
            squares.See<L>(arrays.X, (start, end), (0, shape.InChannels), new(seen, SeenStep, planes));
            for (int o = 0; o < shape.OutChannels; o += OutputsInBlock)
            {
                int outputs = Math.Min(OutputsInBlock, shape.OutChannels - o);
                Multiply((o, outputs), (end - start) * squares.Width, seen, sums);
                Finish((o, outputs), (start, end), sums);
            }
        }

        private void Multiply((int First, int Count) outputs, int columns, float* seen, float* sums)
        {
            for (int place = 0; place < Places; place++)
                for (int column = 0; column < columns; column += FullWidth)
                {
                    var tile = new Tile
                    {
                        Depth = shape.InChannels,
                        A = weights + ((long)place * shape.OutChannels + outputs.First) * shape.InChannels,
                        RowStepA = shape.InChannels,
                        DepthStepA = 1,
                        B = seen + place * SeenStep + column,
                        DepthStepB = RowStep,
                        C = sums + place * SumStep + column,
                        RowStepC = RowStep,
                    };
                    TileColumn<TRegister>.Multiply(
                        tile, outputs.Count, PackedPanels<TRegister>.WidthOf(columns - column));
                }
        }

        /// <summary>y from M.</summary>
        private void Finish((int First, int Count) outputs, (int Start, int End) rows, float* sums)
        {
            Size2d size = shape.Output;
            for (int o = 0; o < outputs.Count; o++)
            {
                float bias = arrays.Bias == null ? 0 : arrays.Bias[outputs.First + o];
                float* from = sums + o * RowStep;
                for (int row = rows.Start; row < rows.End; row++, from += squares.Width)
                {
                    int item = row / squares.Height, line = 2 * (row % squares.Height);
                    float* y = arrays.Y
                        + (((long)item * shape.OutChannels + outputs.First + o) * size.Height + line) * size.Width;
                    for (int i = 0; i < squares.Width; i += L.Count)
                    {
                        var target = new WinogradTarget(
                            y + 2 * i, line + 1 < size.Height ? size.Width : 0, size.Width - 2 * i, shape.Accumulate);
                        WinogradTiles.Outputs<L>(from + i, SumStep, bias, target);
                    }
                }
            }
        }
    }
}
