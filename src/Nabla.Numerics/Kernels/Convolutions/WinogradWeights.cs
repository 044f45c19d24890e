using System.Runtime.CompilerServices;
using Nabla.Numerics.Kernels.Products;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>The sizes of U, [36, panels of O, C, panel], as the products read it.</summary>
internal readonly struct WinogradWeightSizes<TRegister>(ConvolutionShape shape)
    where TRegister : struct, IRegister<TRegister>
{
    /// <summary>C.</summary>
    public int Inputs { get; } = shape.InChannels;

    /// <summary>O as a whole number of registers.</summary>
    public int Outputs { get; } = Cuts.Count(shape.OutChannels, TRegister.Width) * TRegister.Width;

    /// <summary>From one of the 36 places to the next.</summary>
    public long PlaceStep => WinogradSquares.PlaceStep((long)Inputs * Outputs);

    /// <summary>All of it.</summary>
    public long Floats => WinogradTiles.Places * PlaceStep;

    /// <summary>Where output <paramref name="o"/> of input <paramref name="c"/> lies within a place.</summary>
    public long At(int o, int c)
    {
        int first = o - o % PackedPanels<TRegister>.FullWidth;
        return (long)first * Inputs + (long)c * PackedPanels<TRegister>.WidthOf(Outputs - first) + o - first;
    }
}

/// <summary>All kernels of a convolution, shared out: a piece is a register of outputs and a few inputs.</summary>
internal readonly struct WinogradKernelPieces<L>(ConvolutionShape shape) where L : struct, ILane<L>
{
    /// <summary>The most inputs in a piece.</summary>
    public const int Inputs = 16;

    /// <summary>Weights of a kernel.</summary>
    public const int Area = WinogradTiles.Kernel * WinogradTiles.Kernel;

    /// <summary>How many pieces there are.</summary>
    public int Count => Cuts.Count(shape.OutChannels, L.Count) * InputBlocks;

    private int InputBlocks => Cuts.Count(shape.InChannels, Inputs);

    /// <summary>A piece's first output, how many of a register's outputs exist, and its inputs.</summary>
    public (int Output, int Outputs, int Start, int End) Of(int piece)
    {
        int o = piece / InputBlocks * L.Count, start = piece % InputBlocks * Inputs;
        return (o, Math.Min(L.Count, shape.OutChannels - o), start, Math.Min(shape.InChannels, start + Inputs));
    }
}

/// <summary>
/// U = GgGᵀ of all kernels. Turned: that of the convolution
/// of dy that gives dx, whose inputs are the outputs and whose kernels are turned by 180 degrees.
/// </summary>
internal readonly unsafe struct WinogradWeights<L, TRegister>(
    ConvolutionShape shape, float* weights, float* target, bool turned) : Threading.IParallelBody
    where L : struct, ILane<L>
    where TRegister : struct, IRegister<TRegister>
{
    private const int Area = WinogradKernelPieces<L>.Area;

    private readonly WinogradWeightSizes<TRegister> sizes = new(shape);
    private readonly WinogradKernelPieces<L> pieces = new(shape);

    /// <summary>How many pieces there are.</summary>
    public int Pieces => pieces.Count;

    [SkipLocalsInit]
    public void Run(int piece)
    {
        (int o, int outputs, int start, int end) = pieces.Of(piece);
        float* kernels = stackalloc float[WinogradKernelPieces<L>.Inputs * Area * L.Count];
        Gather((o, outputs), (start, end), kernels);
        float* first = turned ? kernels + (Area - 1) * L.Count : kernels;
        nint step = turned ? -L.Count : L.Count;
        for (int c = start; c < end; c++, first += Area * L.Count)
            WinogradTiles.Weights<L>(first, step, target + sizes.At(o, c), (nint)sizes.PlaceStep);
    }

    /// <summary>Kernels to [inputs, 9, lanes], zeros for outputs that do not exist.</summary>
    private void Gather((int First, int Count) outputs, (int Start, int End) inputs, float* kernels)
    {
        int o = outputs.First, count = inputs.End - inputs.Start;
        if (outputs.Count < L.Count)
            new Span<float>(kernels, count * Area * L.Count).Clear();
        if (!turned)
        {
            float* from = weights + ((long)o * shape.InChannels + inputs.Start) * Area;
            Transposition.Run(new(from, shape.InChannels * Area), outputs.Count, count * Area, new(kernels, L.Count));
            return;
        }
        for (int c = inputs.Start; c < inputs.End; c++, kernels += Area * L.Count)
            Transposition.Run(
                new(weights + ((long)c * shape.OutChannels + o) * Area, Area), outputs.Count, Area,
                new(kernels, L.Count));
    }
}

/// <summary>dg = GᵀdUG of all kernels, from dU [36, C, padded O] to [O, C, 3, 3].</summary>
internal readonly unsafe struct WinogradWeightGradients<L>(
    ConvolutionShape shape, WinogradSums sums, float* weights) : Threading.IParallelBody
    where L : struct, ILane<L>
{
    private const int Area = WinogradKernelPieces<L>.Area;

    private readonly WinogradKernelPieces<L> pieces = new(shape);

    /// <summary>How many pieces there are.</summary>
    public int Pieces => pieces.Count;

    [SkipLocalsInit]
    public void Run(int piece)
    {
        (int o, int outputs, int start, int end) = pieces.Of(piece);
        int count = (end - start) * Area;
        float* kernels = stackalloc float[2 * WinogradKernelPieces<L>.Inputs * Area * L.Count], to = kernels;
        for (int c = start; c < end; c++, to += Area * L.Count)
            WinogradTiles.WeightGradients<L>(
                sums.First + (long)c * sums.SquareStep + o, (nint)sums.PlaceStep, to);
        long row = (long)shape.InChannels * Area;
        float* target = weights + o * row + start * Area;
        if (!shape.Accumulate)
        {
            Transposition.Run(new(kernels, L.Count), count, outputs, new(target, (int)row));
            return;
        }
        Transposition.Run(new(kernels, L.Count), count, outputs, new(to, count));
        for (int i = 0; i < outputs; i++, target += row, to += count)
            LaneLoop.Run<L, AddStep>(new(to, target), 0, count);
    }
}
