using System.Runtime.CompilerServices;
using Nabla.Numerics.Kernels.Products;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>All rows of a product for one packed panel, as tiles of nearly equal height.</summary>
internal static unsafe class TileColumn<TRegister> where TRegister : struct, IRegister<TRegister>
{
    /// <summary>
    /// Computes <paramref name="rows"/> rows × <paramref name="columns"/> columns from <paramref name="first"/>, whose
    /// A and C are those of row 0. The panel is as wide as the kernel for so many columns.
    /// </summary>
    public static void Multiply(in Tile first, int rows, int columns)
    {
        bool wide = columns > TRegister.Width;
        bool whole = columns == PackedPanels<TRegister>.WidthOf(columns);
        int tiles = Math.Max(1, Cuts.Count(rows, TRegister.MostRows)), least = rows / tiles, taller = rows % tiles;
        for (int row = 0, height; row < rows; row += height)
        {
            height = taller-- > 0 ? least + 1 : least;
            delegate*<Tile*, void> kernel = wide
                ? TileKernels<TRegister, DoubleRow<TRegister>>.OfHeight(height)
                : TileKernels<TRegister, SingleRow<TRegister>>.OfHeight(height);
            Tile tile = first;
            tile.A = first.A + row * first.RowStepA;
            tile.C = first.C + row * first.RowStepC;
            if (whole)
                kernel(&tile);
            else
                MultiplyEdge(kernel, tile, height, columns);
        }
    }

    /// <summary>A tile over the right edge of C is computed apart and its existing columns are copied.</summary>
    [SkipLocalsInit]
    private static void MultiplyEdge(delegate*<Tile*, void> kernel, Tile tile, int rows, int columns)
    {
        int width = PackedPanels<TRegister>.FullWidth;
        float* scratch = stackalloc float[TRegister.MostRows * width], c = tile.C;
        nint rowStep = tile.RowStepC;
        bool accumulate = tile.Accumulate;
        tile.C = scratch;
        tile.RowStepC = width;
        tile.Accumulate = false;
        kernel(&tile);
        for (int i = 0; i < rows; i++, c += rowStep, scratch += width)
            for (int j = 0; j < columns; j++)
                c[j] = accumulate ? c[j] + scratch[j] : scratch[j];
    }
}
