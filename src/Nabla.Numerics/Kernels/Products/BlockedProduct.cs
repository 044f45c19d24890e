using Nabla.Numerics.Memory;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// The product of matrices of any size as tiles: C is cut into panels of columns and tiles of rows, and k into blocks:
/// deep ones, because C is read and written once for each, but so that the packed panels of B stay in the cache that
/// comes before memory. From there a panel streams as fast as a tile can use it.
/// </summary>
/// <remarks>
/// One or two threads pack for themselves what their pieces need: no thread waits for the other between packing and
/// multiplying, and none reads what lies in the cache of the other, which may be far away. What both need is packed
/// twice; so where there are more threads, they share that work before any of them multiplies.
/// </remarks>
internal static unsafe class BlockedProduct<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private const int LongestDepth = 1024;
    private const int MostFloats = 1 << 20; // of the shorter side, packed for a whole block: 4 MB
    private const int MostThreadsThatPackAlone = 2;

    /// <summary>Computes the product. All sizes are at least 1.</summary>
    public static void Run(in Product product)
    {
        int depthBlocks = Cuts.Count(product.K, LongestDepth), width = PackedPanels<TRegister>.FullWidth;
        int most = MostFloats / Cuts.Count(product.K, depthBlocks) / width * width; // of the shorter side
        int rows = product.M < product.N ? Math.Min(product.M, most) : product.M;
        int columns = product.M < product.N ? product.N : Math.Min(product.N, most);
        for (int row = 0; row < product.M; row += rows)
            for (int column = 0; column < product.N; column += columns)
            {
                Product part = product.Part(
                    (row, Math.Min(rows, product.M - row)), (column, Math.Min(columns, product.N - column)));
                for (int block = 0; block < depthBlocks; block++)
                    RunBlock(new ProductBlock<TRegister>(part, block, depthBlocks));
            }
    }

    private static void RunBlock(in ProductBlock<TRegister> block)
    {
        float* shared = null;
        if (WorkerPool.Threads > MostThreadsThatPackAlone)
        {
            shared = Workspace.GetCommon(block.InnerFloats);
            WorkerPool.Run(block.InnerGroups, new PackInner(block, shared));
        }

        WorkerPool.Run(block.Pieces, new Multiply(block, shared));
    }

    private readonly struct PackInner(ProductBlock<TRegister> block, float* shared) : IParallelBody
    {
        public void Run(int group) => block.PackInner(group, shared);
    }

    private struct Multiply(ProductBlock<TRegister> block, float* shared) : IParallelBody
    {
        private OwnPacked own; // each thread works on a copy of this struct

        public void Run(int piece) => block.Multiply(piece, ref own, shared);
    }
}
