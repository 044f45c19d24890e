using Nabla.Numerics.Memory;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// The product of matrices of any size as tiles: C is cut into panels of columns and tiles of rows, k into blocks short
/// enough that the rows of A of a piece and a panel of B fit into a core's own cache (1 MB on the machine that this was
/// measured on), and long enough that reading and writing C once a block does not count.
/// </summary>
internal static unsafe class BlockedProduct<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private const int LongestDepth = 1024;
    private const int MostFloats = 1 << 20;

    /// <summary>Computes the product. All sizes are at least 1.</summary>
    public static void Run(in Product product)
    {
        int shared = Math.Min(product.N, 1024) + (product.DepthStepA != 1 && ProductBlock<TRegister>.PacksRowsOnce(product) ? product.M : 0);
        int depthBlocks = Cuts.Count(product.K, Math.Clamp((MostFloats + MostFloats / 4) / shared, 256, LongestDepth));
        int columns = MostFloats / Cuts.Count(product.K, depthBlocks) / 32 * 32;
        for (int column = 0; column < product.N; column += columns)
        {
            Product part = product.Part((0, product.M), (column, Math.Min(columns, product.N - column)));
            for (int block = 0; block < depthBlocks; block++)
                RunBlock(new ProductBlock<TRegister>(part, block, depthBlocks));
        }
    }

    private static void RunBlock(ProductBlock<TRegister> block)
    {
        block.Packed = Workspace.GetCommon(block.PackedFloats);
        WorkerPool.Run(block.PackingPieces, new Pack(block));
        WorkerPool.Run(block.Pieces, new Multiply(block));
    }

    private readonly struct Pack(ProductBlock<TRegister> block) : IParallelBody
    {
        public void Run(int piece) => block.Pack(piece);
    }

    private readonly struct Multiply(ProductBlock<TRegister> block) : IParallelBody
    {
        public void Run(int piece) => block.Multiply(piece);
    }
}
