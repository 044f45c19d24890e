namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// A as tiles of rows of nearly equal height. The kernel reads any layout, and over deep blocks of k it reads fourteen
/// rows in place as quickly as one packed stream. A is packed only where its layout is bad for the caches and C is wide
/// enough to make up for the copying.
/// </summary>
/// <remarks>
/// Bad are rows that lie a multiple of 4 KiB apart, because they compete for the same few places of the nearest cache,
/// and transposed A with each k in another page.
/// </remarks>
internal readonly unsafe struct PackedRows<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private const int FloatsInPage = 1024;
    private const int LeastColumns = 256;

    // A group of rows takes part of a core's own cache of a megabyte; copying rows is quick if it finds long ones.
    private const int FloatsInGroup = 140 * 512;
    private const int FloatsInTransposedGroup = 1 << 17;

    private readonly int rows;
    private readonly int depth;
    private readonly bool transposed;
    private readonly int shortest; // height of most tiles; the first ones are
    private readonly int taller; // by a row

    public PackedRows(in Product product)
    {
        rows = product.M;
        depth = product.K;
        transposed = product.DepthStepA != 1;
        Tiles = Cuts.Count(rows, TRegister.MostRows);
        (shortest, taller) = (rows / Tiles, rows % Tiles);
        nint step = transposed ? product.DepthStepA : product.RowStepA;
        IsPacked = product.N >= LeastColumns && (transposed ? step >= FloatsInPage : step % FloatsInPage == 0);
    }

    public int Tiles { get; }

    public bool IsPacked { get; }

    /// <summary>Rows of a packed tile, as a multiple of the register's width.</summary>
    private static int Width => Cuts.Count(TRegister.MostRows, TRegister.Width) * TRegister.Width;

    private int TileFloats => Width * depth;

    /// <summary>So many tiles are packed and used together.</summary>
    public int MostTilesInGroup =>
        Math.Max(1, (transposed && IsPacked ? FloatsInTransposedGroup : FloatsInGroup) / TileFloats);

    /// <summary>The memory that so many tiles take.</summary>
    public long Floats(int tiles) => IsPacked ? (long)tiles * TileFloats : 0;

    public int FirstRow(int tile) => tile * shortest + Math.Min(tile, taller);

    /// <summary>Packs some tiles into memory for them.</summary>
    public void Pack(in Product product, (int First, int End) tiles, float* memory)
    {
        if (!IsPacked)
            return;
        if (transposed)
            CopyTiles(product, tiles, memory);
        else
            for (int tile = tiles.First; tile < tiles.End; tile++, memory += TileFloats)
                Packing.Transpose(
                    new(Source(product, tile), (int)product.RowStepA), Existing(tile), depth, new(memory, Width));
    }

    /// <summary>Where a tile's rows begin, given the memory that the first tile of its group was packed into.</summary>
    public float* At(in Product product, int tile, int firstTile, float* memory) =>
        IsPacked ? memory + (tile - firstTile) * TileFloats : Source(product, tile);

    /// <summary>From a row to the next, as the kernel reads them.</summary>
    public nint RowStep(in Product product) => IsPacked ? 1 : product.RowStepA;

    /// <summary>From one k to the next, as the kernel reads them.</summary>
    public nint DepthStep(in Product product) => IsPacked ? Width : product.DepthStepA;

    private void CopyTiles(in Product product, (int First, int End) tiles, float* memory)
    {
        for (int k = 0; k < depth; k += Packing.DepthInTurn)
        {
            int count = Math.Min(Packing.DepthInTurn, depth - k);
            float* target = memory + k * Width;
            for (int tile = tiles.First; tile < tiles.End; tile++, target += TileFloats)
                Packing.CopyRows<TRegister>(
                    new(Source(product, tile) + k * product.DepthStepA, (int)product.DepthStepA), Existing(tile), count,
                    new(target, Width));
        }
    }

    private float* Source(in Product product, int tile) => product.A + FirstRow(tile) * product.RowStepA;

    /// <summary>Rows that fill a packed tile; those of the next tile that come along are not used.</summary>
    private int Existing(int tile) => Math.Min(Width, rows - FirstRow(tile));
}
