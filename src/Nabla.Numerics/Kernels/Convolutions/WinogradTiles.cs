using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>
/// Winograd's transformations of squares, F(4×4, 3×3): those of a line (<see cref="WinogradLines"/>) done to the
/// columns and then to the rows. Lanes are channels; place p of 36 goes to target + p·step.
/// </summary>
internal static unsafe class WinogradTiles
{
    /// <summary>Outputs along a side of a square.</summary>
    public const int Outputs = 4;

    /// <summary>Pixels along a side of what a square of outputs sees, and sums along a side.</summary>
    public const int Side = 6;

    /// <summary>Products for a square.</summary>
    public const int Places = Side * Side;

    /// <summary>Weights along a side of a kernel.</summary>
    public const int Kernel = 3;

    private const int Floats = Places * 16;

    /// <summary>
    /// V = BᵀdB of 6×6 pixels, which lie a register apart in a row; columns outside the given ones are zeros.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pixels<L>(
        float* corner, nint rowStep, (int Start, int End) columns, float* target, nint step) where L : struct, ILane<L>
    {
        float* half = stackalloc float[Floats];
        nint line = Side * L.Count;
        for (int j = 0; j < Side; j++, corner += L.Count)
            if (j >= columns.Start && j < columns.End)
                WinogradLines.Pixels<L>(corner, rowStep, half + j * L.Count, line);
            else
                for (int i = 0; i < Side; i++)
                    L.Store(default, half + i * line + j * L.Count, L.Count);
        for (int i = 0; i < Side; i++, half += line, target += Side * step)
            WinogradLines.Pixels<L>(half, L.Count, target, step);
    }

    /// <summary>U = GgGᵀ of kernels, whose weights lie so far apart.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weights<L>(float* kernel, nint weightStep, float* target, nint step) where L : struct, ILane<L>
    {
        float* half = stackalloc float[Floats];
        nint line = Kernel * L.Count;
        for (int v = 0; v < Kernel; v++, kernel += weightStep)
            WinogradLines.Weights<L>(kernel, Kernel * weightStep, half + v * L.Count, line);
        for (int i = 0; i < Side; i++, half += line, target += Side * step)
            WinogradLines.Weights<L>(half, L.Count, target, step);
    }

    /// <summary>AᵀMA + bias, as many of the 4×4 pixels as exist; they lie a register apart in a row.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sums<L>(float* sums, nint step, L bias, WinogradPixels pixels) where L : struct, ILane<L>
    {
        float* half = stackalloc float[Floats];
        nint line = Side * L.Count;
        for (int j = 0; j < Side; j++, sums += step)
            WinogradLines.Outputs<L>(sums, Side * step, default, half + j * L.Count, line);
        float* target = pixels.First, rest = half + Outputs * line;
        for (int i = 0; i < pixels.Rows; i++, half += line, target += pixels.RowStep)
            if (pixels.Columns == Outputs)
                WinogradLines.Outputs(half, L.Count, bias, target, L.Count);
            else
            {
                WinogradLines.Outputs(half, L.Count, bias, rest, L.Count);
                for (int j = 0; j < pixels.Columns; j++)
                    L.Store(L.Load(rest + j * L.Count, L.Count), target + j * L.Count, L.Count);
            }
    }

    /// <summary>
    /// The gradient of M, A·dY·Aᵀ, from that of the pixels. Rows that do not exist are zeros in memory, columns not.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradients<L>(WinogradPixels pixels, float* target, nint step) where L : struct, ILane<L>
    {
        float* half = stackalloc float[Floats];
        nint line = Outputs * L.Count;
        for (int j = 0; j < Outputs; j++)
            if (j < pixels.Columns)
                WinogradLines.OutputGradients<L>(
                    pixels.First + j * L.Count, pixels.RowStep, half + j * L.Count, line);
            else
                for (int i = 0; i < Side; i++)
                    L.Store(default, half + i * line + j * L.Count, L.Count);
        for (int i = 0; i < Side; i++, half += line, target += Side * step)
            WinogradLines.OutputGradients<L>(half, L.Count, target, step);
    }

    /// <summary>The gradient of the kernels from that of U, GᵀdUG: nine weights, a register apart.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightGradients<L>(float* sums, nint step, float* target) where L : struct, ILane<L>
    {
        float* half = stackalloc float[Floats];
        nint line = Side * L.Count;
        for (int j = 0; j < Side; j++, sums += step)
            WinogradLines.WeightGradients<L>(sums, Side * step, half + j * L.Count, line);
        for (int u = 0; u < Kernel; u++, half += line, target += Kernel * L.Count)
            WinogradLines.WeightGradients<L>(half, L.Count, target, L.Count);
    }
}

/// <summary>The outputs of a square as far as they exist.</summary>
internal readonly unsafe struct WinogradPixels(float* first, nint rowStep, int rows, int columns)
{
    /// <summary>The pixel at the upper left.</summary>
    public readonly float* First = first;

    /// <summary>From a row to the next.</summary>
    public readonly nint RowStep = rowStep;

    /// <summary>Rows that exist.</summary>
    public readonly int Rows = rows;

    /// <summary>Columns that exist.</summary>
    public readonly int Columns = columns;
}
