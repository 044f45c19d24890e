namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// A as tiles of rows of nearly equal height. The kernel can read any layout, so A is copied only where its strides are
/// bad for the caches and C is wide enough to make up for it: values that are a multiple of 2 KiB apart compete for the
/// same few places of a cache.
/// </summary>
internal readonly unsafe struct PackedRows<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private const int BadStride = 512;
    private const int LongStride = 1024;
    private const int LeastColumnsForPacking = 256;

    private readonly int rows;
    private readonly int depth;
    private readonly bool packed;
    private readonly bool transposed;

    public PackedRows(in Product product, bool rowsAreWhole)
    {
        rows = product.M;
        depth = product.K;
        transposed = product.DepthStepA != 1;
        Tiles = Cuts.Count(rows, TRegister.MostRows);
        nint stride = transposed ? product.DepthStepA : product.RowStepA;
        bool bad = stride % BadStride == 0 && !(rowsAreWhole && !transposed && stride < LongStride);
        bool far = transposed && stride >= LongStride;
        packed = product.N >= LeastColumnsForPacking && Tiles > 1 && (bad || far);
    }

    public int Tiles { get; }

    /// <summary>The memory it takes.</summary>
    public int Floats => packed ? Tiles * TileFloats : 0;

    /// <summary>Into how many pieces packing is cut.</summary>
    public int Pieces => packed ? Cuts.Count(Tiles, TilesInPiece) : 0;

    private int TilesInPiece => Math.Max(1, Packing.FloatsInPiece / TileFloats);

    /// <summary>Rows of a packed tile, as a multiple of the register's width; for transposed A.</summary>
    private static int Width => Cuts.Count(TRegister.MostRows, TRegister.Width) * TRegister.Width;

    /// <summary>Floats from one packed row to the next, not a multiple of 2 KiB; for A that is not transposed.</summary>
    private int PackedStep => (depth + 15) / 16 * 16 + 16;

    private int TileFloats => transposed ? depth * Width : TRegister.MostRows * PackedStep;

    public int FirstRow(int tile) => Cuts.Start(rows, tile, Tiles);

    /// <summary>Packs some tiles into memory for <see cref="Floats"/>.</summary>
    public void Pack(in Product product, int piece, float* memory)
    {
        int end = Math.Min(Tiles, (piece + 1) * TilesInPiece);
        for (int tile = piece * TilesInPiece; tile < end; tile++)
        {
            float* source = product.A + FirstRow(tile) * product.RowStepA, target = memory + tile * TileFloats;
            if (transposed)
            {
                // Rows of the next tile that come along fill the register and are not used.
                int taken = Math.Min(Width, rows - FirstRow(tile));
                Packing.CopyRows<TRegister>(source, product.DepthStepA, taken, depth, target, Width);
                continue;
            }

            for (int row = FirstRow(tile); row < FirstRow(tile + 1); row++)
            {
                new ReadOnlySpan<float>(source, depth).CopyTo(new Span<float>(target, depth));
                source += product.RowStepA;
                target += PackedStep;
            }
        }
    }

    /// <summary>Tells the tile where its rows of A lie.</summary>
    public void Place(in Product product, int index, float* memory, ref Tile tile)
    {
        tile.A = packed ? memory + index * TileFloats : product.A + FirstRow(index) * product.RowStepA;
        tile.RowStepA = !packed ? product.RowStepA : transposed ? 1 : PackedStep;
        tile.DepthStepA = !packed ? product.DepthStepA : transposed ? Width : 1;
    }
}
