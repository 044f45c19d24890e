using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// One or two columns that are left over beside whole panels, as in a vocabulary of 65: as a panel they would take the
/// time of sixteen. Each is computed by itself instead: as dot products with the rows of A where these lie along k, and
/// as a row of Cᵀ, with A in the place of B, where A is transposed.
/// </summary>
internal static unsafe class StrayColumns<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private const int Most = 2;
    private const int RowsInTile = 4;

    private static int PanelWidth => 2 * TRegister.Width;

    /// <summary>
    /// Whether so many columns of a last panel are computed this way: if there are others, and A is read in place.
    /// </summary>
    public static bool Fit(int columns, in Product product, bool rowsArePacked) =>
        columns <= Most && columns < TRegister.Width && product.N > columns && !rowsArePacked
        && (product.DepthStepA == 1 ? product.K >= TRegister.Width : product.RowStepA == 1 && product.M >= PanelWidth);

    /// <summary>Packs the columns, one after the other.</summary>
    public static void Pack(in Product product, (int First, int Count) columns, float* memory)
    {
        for (int j = 0; j < columns.Count; j++)
            for (int k = 0; k < product.K; k++)
                memory[j * product.K + k] =
                    product.B[k * product.DepthStepB + (columns.First + j) * product.ColumnStepB];
    }

    /// <summary>Computes the columns for some rows of C.</summary>
    public static void Multiply(
        in Product product, (int First, int End) rows, (int First, int Count) columns, float* packed)
    {
        for (int j = 0; j < columns.Count; j++)
            if (product.DepthStepA == 1)
                Dot(product, rows, columns.First + j, packed + j * product.K);
            else
                MultiplyTransposed(product, rows, columns.First + j, packed + j * product.K);
    }

    [SkipLocalsInit]
    private static void Dot(in Product product, (int First, int End) rows, int column, float* packed)
    {
        float* sums = stackalloc float[RowsInTile];
        var tile = new DotTile { Depth = product.K - product.K % TRegister.Width, A = packed, Sums = sums };
        for (int row = rows.First; row < rows.End; row += RowsInTile)
        {
            // Beyond the last row, the last one is computed again and not stored.
            int last = Math.Min(RowsInTile, rows.End - row) - 1;
            tile.B0 = product.A + row * product.RowStepA;
            tile.B1 = tile.B0 + Math.Min(1, last) * product.RowStepA;
            tile.B2 = tile.B0 + Math.Min(2, last) * product.RowStepA;
            tile.B3 = tile.B0 + Math.Min(3, last) * product.RowStepA;
            DotKernel<TRegister, Rows1>.Multiply(&tile);
            for (int i = 0; i <= last; i++)
                product.Finish(row + i, column, sums[i] + Tail(product, row + i, tile));
        }
    }

    [SkipLocalsInit]
    private static void MultiplyTransposed(in Product product, (int First, int End) rows, int column, float* packed)
    {
        float* sums = stackalloc float[PanelWidth];
        var tile =
            new Tile { Depth = product.K, A = packed, DepthStepA = 1, DepthStepB = product.DepthStepA, C = sums };
        for (int row = rows.First; row < rows.End; row += PanelWidth)
        {
            // The last of these panels of A may begin with rows that are done.
            int first = Math.Min(row, product.M - PanelWidth), end = Math.Min(row + PanelWidth, rows.End);
            tile.B = product.A + first;
            TileKernels<TRegister, DoubleRow<TRegister>>.OfHeight(1)(&tile);
            for (int i = row; i < end; i++)
                product.Finish(i, column, sums[i - first]);
        }
    }

    private static float Tail(in Product product, int row, in DotTile tile)
    {
        float* a = product.A + row * product.RowStepA;
        float sum = 0;
        for (int k = tile.Depth; k < product.K; k++)
            sum += a[k] * tile.A[k];
        return sum;
    }
}
