namespace Nabla.Numerics.Kernels.MatrixProduct;

/// <summary>
/// A as tiles of rows of nearly equal height. The kernel can read any layout, so A is copied only where its strides are
/// bad for the caches and C is wide enough to make up for it: values that are a multiple of 2 KiB apart compete for the
/// same few places of a cache.
/// </summary>
internal readonly unsafe struct PackedRows<TLane> where TLane : struct, ILane<TLane>
{
    private const int FloatsInPiece = 1 << 15;
    private const int BadStride = 512;
    private const int LongStride = 1024;
    private const int LeastColumnsForPacking = 256;

    private readonly int _rows;
    private readonly int _depth;
    private readonly bool _packed;
    private readonly bool _transposed;

    public PackedRows(in Product product, bool rowsAreWhole)
    {
        _rows = product.M;
        _depth = product.K;
        _transposed = product.DepthStepA != 1;
        Tiles = Cuts.Count(_rows, TLane.MostRows);
        nint stride = _transposed ? product.DepthStepA : product.RowStepA;
        bool bad = stride % BadStride == 0 && !(rowsAreWhole && !_transposed && stride < LongStride);
        bool far = _transposed && stride >= LongStride;
        _packed = product.N >= LeastColumnsForPacking && Tiles > 1 && (bad || far);
    }

    public int Tiles { get; }

    /// <summary>The memory it takes.</summary>
    public int Floats => _packed ? Tiles * TileFloats : 0;

    /// <summary>Into how many pieces packing is cut.</summary>
    public int Pieces => _packed ? Cuts.Count(Tiles, TilesInPiece) : 0;

    private int TilesInPiece => Math.Max(1, FloatsInPiece / TileFloats);

    /// <summary>Rows of a packed tile, as a multiple of the register's width; for transposed A.</summary>
    private static int Width => Cuts.Count(TLane.MostRows, TLane.Width) * TLane.Width;

    /// <summary>Floats from one packed row to the next, not a multiple of 2 KiB; for A that is not transposed.</summary>
    private int PackedStep => (_depth + 15) / 16 * 16 + 16;

    private int TileFloats => _transposed ? _depth * Width : TLane.MostRows * PackedStep;

    public int FirstRow(int tile) => Cuts.Start(_rows, tile, Tiles);

    /// <summary>Packs some tiles into memory for <see cref="Floats"/>.</summary>
    public void Pack(in Product product, int piece, float* memory)
    {
        int end = Math.Min(Tiles, (piece + 1) * TilesInPiece);
        for (int tile = piece * TilesInPiece; tile < end; tile++)
        {
            float* source = product.A + FirstRow(tile) * product.RowStepA, target = memory + tile * TileFloats;
            if (_transposed)
            {
                // Rows of the next tile that come along fill the register and are not used.
                int rows = Math.Min(Width, _rows - FirstRow(tile));
                Packing.CopyRows<TLane>(source, product.DepthStepA, rows, _depth, target, Width);
                continue;
            }

            for (int row = FirstRow(tile); row < FirstRow(tile + 1); row++)
            {
                new ReadOnlySpan<float>(source, _depth).CopyTo(new Span<float>(target, _depth));
                source += product.RowStepA;
                target += PackedStep;
            }
        }
    }

    /// <summary>Tells the tile where its rows of A lie.</summary>
    public void Place(in Product product, int index, float* memory, ref Tile tile)
    {
        tile.A = _packed ? memory + index * TileFloats : product.A + FirstRow(index) * product.RowStepA;
        tile.RowStepA = !_packed ? product.RowStepA : _transposed ? 1 : PackedStep;
        tile.DepthStepA = !_packed ? product.DepthStepA : _transposed ? Width : 1;
    }
}
