namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// A as tiles of rows of nearly equal height. The kernel can read any layout, but one unbroken stream is fetched ahead
/// of its use by the processor and fourteen rows are not. So A is packed where C is wide enough to make up for the copying.
/// </summary>
/// <remarks>
/// How wide depends on how bad it is to read A in place: worst are rows that lie a multiple of 4 KiB apart, because they
/// compete for the same few places of the nearest cache, and transposed A with each k in another page or with k that lie
/// a multiple of 2 KiB apart.
/// </remarks>
internal readonly unsafe struct PackedRows<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private const int FloatsInPage = 1024;
    private const int LongDepth = 256;
    private const int ColumnsForTransposed = 192;
    private const int ColumnsForPages = 256;
    private const int ColumnsForLongRows = 512;
    private const int TilesInPiece = 16;
    private const int FloatsInPiece = 1 << 14;

    private readonly int rows;
    private readonly int depth;
    private readonly bool transposed;
    private readonly int depthPieces;

    public PackedRows(in Product product)
    {
        rows = product.M;
        depth = product.K;
        transposed = product.DepthStepA != 1;
        Tiles = Cuts.Count(rows, TRegister.MostRows);
        depthPieces = transposed ? Cuts.Count(depth, FloatsInPiece / (TilesInPiece * Width)) : 1;
        nint step = transposed ? product.DepthStepA : product.RowStepA;
        IsPacked = transposed
            ? (step >= FloatsInPage || step % (FloatsInPage / 2) == 0) && product.N >= ColumnsForTransposed
            : step % FloatsInPage == 0 && product.N >= ColumnsForPages
                || depth >= LongDepth && product.N >= ColumnsForLongRows;
    }

    public int Tiles { get; }

    public bool IsPacked { get; }

    /// <summary>Rows of a packed tile, as a multiple of the register's width.</summary>
    private static int Width => Cuts.Count(TRegister.MostRows, TRegister.Width) * TRegister.Width;

    private int TileFloats => Width * depth;

    private int TilesInPackingPiece => transposed ? TilesInPiece : Math.Max(1, FloatsInPiece / TileFloats);

    /// <summary>Into how many pieces packing is cut.</summary>
    public int Pieces => IsPacked ? Cuts.Count(Tiles, TilesInPackingPiece) * depthPieces : 0;

    /// <summary>The memory that so many tiles take.</summary>
    public int Floats(int tiles) => IsPacked ? tiles * TileFloats : 0;

    public int FirstRow(int tile) => tile * (rows / Tiles) + Math.Min(tile, rows % Tiles);

    /// <summary>Packs one of the pieces, into memory for all tiles.</summary>
    public void Pack(in Product product, int piece, float* memory)
    {
        int first = piece / depthPieces * TilesInPackingPiece, part = piece % depthPieces;
        (int, int) tiles = (first, Math.Min(Tiles, first + TilesInPackingPiece));
        (int, int) depths = (Cuts.Start(depth, part, depthPieces), Cuts.Start(depth, part + 1, depthPieces));
        Pack(product, tiles, depths, memory + first * TileFloats);
    }

    /// <summary>Packs the tiles first … end − 1 into memory for them.</summary>
    public void Pack(in Product product, (int First, int End) tiles, float* memory) =>
        Pack(product, tiles, (0, depth), memory);

    /// <summary>Where a tile's rows begin, given the memory that the first of the piece's tiles was packed into.</summary>
    public float* At(in Product product, int tile, int firstTile, float* memory) =>
        IsPacked ? memory + (tile - firstTile) * TileFloats : Source(product, tile);

    /// <summary>From a row to the next, as the kernel reads them.</summary>
    public nint RowStep(in Product product) => IsPacked ? 1 : product.RowStepA;

    /// <summary>From one k to the next, as the kernel reads them.</summary>
    public nint DepthStep(in Product product) => IsPacked ? Width : product.DepthStepA;

    private void Pack(in Product product, (int First, int End) tiles, (int First, int End) depths, float* memory)
    {
        if (transposed)
            CopyTiles(product, tiles, depths, memory);
        else
            for (int tile = tiles.First; tile < tiles.End; tile++, memory += TileFloats)
                Packing.Transpose(Source(product, tile), product.RowStepA, Existing(tile), depth, memory, Width);
    }

    private void CopyTiles(
        in Product product, (int First, int End) tiles, (int First, int End) depths, float* memory)
    {
        for (int k = depths.First; k < depths.End; k += Packing.DepthInTurn)
        {
            int count = Math.Min(Packing.DepthInTurn, depths.End - k);
            float* target = memory + k * Width;
            for (int tile = tiles.First; tile < tiles.End; tile++, target += TileFloats)
                Packing.CopyRows<TRegister>(
                    Source(product, tile) + k * product.DepthStepA, product.DepthStepA, Existing(tile), count, target, Width);
        }
    }

    private float* Source(in Product product, int tile) => product.A + FirstRow(tile) * product.RowStepA;

    /// <summary>Rows that fill a packed tile; those of the next tile that come along are not used.</summary>
    private int Existing(int tile) => Math.Min(Width, rows - FirstRow(tile));
}
