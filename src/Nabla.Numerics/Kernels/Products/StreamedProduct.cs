using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// The product of few rows with a B that is much larger than the caches, read where it lies. A few rows of B at a time
/// are read along their length, which is how memory is fastest, while the rows of C stay in the nearest cache.
/// </summary>
internal static unsafe class StreamedProduct<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private const int Depth = 8;
    private const int ColumnsInPiece = 1024;
    private const int LeastFloats = 1 << 16;

    private static int PanelWidth => 2 * TRegister.Width;

    /// <summary>Whether this is the way for the product: few rows of A, B large and not transposed.</summary>
    public static bool Fits(in Product product) =>
        product.ColumnStepB == 1 && product.M <= Math.Min(8, TRegister.MostRows)
        && product.N >= PanelWidth && (long)product.K * product.N >= LeastFloats;

    /// <summary>Computes the product.</summary>
    public static void Run(in Product product)
    {
        int whole = product.N - product.N % PanelWidth;
        WorkerPool.RunChunks(whole, ColumnsInPiece, new Columns(product));
        if (whole < product.N)
            BlockedProduct<TRegister>.Run(product.Part((0, product.M), (whole, product.N - whole)));
    }

    private readonly struct Columns(Product product) : IChunkBody
    {
        public void Run(int start, int end)
        {
            delegate*<Tile*, void> kernel = TileKernels<TRegister, DoubleRow<TRegister>>.OfHeight(product.M);
            var tile = new Tile
            {
                RowStepA = product.RowStepA,
                DepthStepA = product.DepthStepA,
                DepthStepB = product.DepthStepB,
                RowStepC = product.RowStepC,
                Accumulate = product.Accumulate,
            };
            for (int k = 0; k < product.K; k += Depth, tile.Accumulate = true)
            {
                tile.Depth = Math.Min(Depth, product.K - k);
                tile.A = product.A + k * product.DepthStepA;
                for (int column = start; column < end; column += PanelWidth)
                {
                    tile.B = product.B + k * product.DepthStepB + column;
                    tile.C = product.C + column;
                    tile.Bias = k > 0 || product.Bias == null ? null : product.Bias + column;
                    kernel(&tile);
                }
            }
        }
    }
}
