using System.Runtime.CompilerServices;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// The product of few rows with a transposed B, as dot products along rows of both. This is what decoding does: it
/// reads the weights once, at the speed of memory.
/// </summary>
internal static unsafe class DotProduct<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private const int FloatsInPiece = 1 << 16;
    private const int Group = 4;

    private static readonly delegate*<DotTile*, void>[] ByHeight =
    [
        &DotKernel<TRegister, Rows1>.Multiply, &DotKernel<TRegister, Rows2>.Multiply,
        &DotKernel<TRegister, Rows3>.Multiply, &DotKernel<TRegister, Rows4>.Multiply,
    ];

    /// <summary>Whether this is the way for the product: both rows contiguous along k, and few rows of A.</summary>
    public static bool Fits(in Product product) =>
        product.DepthStepA == 1 && product.DepthStepB == 1 && product.M <= 12 && product.K >= TRegister.Width;

    /// <summary>Computes the product.</summary>
    public static void Run(in Product product)
    {
        int columns = Math.Max(1, FloatsInPiece / product.K / Group) * Group;
        WorkerPool.RunChunks(product.N, columns, new Columns(product));
    }

    private readonly struct Columns(Product product) : IChunkBody
    {
        [SkipLocalsInit]
        public void Run(int start, int end)
        {
            float* sums = stackalloc float[Group * Group];
            var tile = new DotTile
            {
                Depth = product.K - product.K % TRegister.Width,
                RowStepA = product.RowStepA,
                Sums = sums,
            };
            int tiles = (product.M + TRegister.MostDotRows - 1) / TRegister.MostDotRows;
            for (int column = start; column < end; column += Group)
            {
                // Beyond the last column, the last one is computed again and not stored.
                float* first = product.B + column * product.ColumnStepB;
                int last = Math.Min(Group, end - column) - 1;
                tile.B0 = first;
                tile.B1 = first + Math.Min(1, last) * product.ColumnStepB;
                tile.B2 = first + Math.Min(2, last) * product.ColumnStepB;
                tile.B3 = first + Math.Min(3, last) * product.ColumnStepB;
                for (int index = 0; index < tiles; index++)
                {
                    int row = product.M * index / tiles, rows = product.M * (index + 1) / tiles - row;
                    tile.A = product.A + row * product.RowStepA;
                    ByHeight[rows - 1](&tile);
                    for (int i = 0; i < rows; i++)
                        for (int j = 0; j <= last; j++)
                            product.Finish(
                                row + i, column + j, sums[i * Group + j] + Tail(row + i, column + j, tile.Depth));
                }
            }
        }

        private float Tail(int row, int column, int firstDepth)
        {
            float* a = product.A + row * product.RowStepA, b = product.B + column * product.ColumnStepB;
            float sum = 0;
            for (int k = firstDepth; k < product.K; k++)
                sum += a[k] * b[k];
            return sum;
        }
    }
}
