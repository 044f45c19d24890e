using System.Runtime.CompilerServices;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// Some columns of C and a block of k: how they are cut into pieces for packing and for multiplying, and both of these.
/// Nothing here depends on the number of threads.
/// </summary>
internal unsafe struct ProductBlock<TRegister> where TRegister : struct, IRegister<TRegister>
{
    // The rows of A in a piece, times the longest depth, take half of a core's own cache of a megabyte at most.
    private const int MostFloatsInPiece = 140 * 512;
    private const int PiecesInRound = 4; // so that no thread of two or four gets one piece more than the others
    private const int WantedPieces = 32; // small ones at the end, for threads that are disturbed
    private const int LeastInPiece = 4; // panels or packed tiles
    private const double LeastFlopsInPiece = 1 << 21; // about 10 µs

    private readonly Product product;
    private readonly PackedRows<TRegister> a;
    private readonly PackedPanels<TRegister> b;
    private int rowPieces;
    private int columnPieces = 1;
    private readonly bool packsRowsOnce;

    /// <summary>Takes one of nearly equal blocks of k.</summary>
    public ProductBlock(in Product product, int depthBlock, int depthBlocks)
    {
        int firstDepth = Cuts.Start(product.K, depthBlock, depthBlocks);
        this.product = product.DepthPart(firstDepth, Cuts.Start(product.K, depthBlock + 1, depthBlocks) - firstDepth);
        a = new PackedRows<TRegister>(this.product);
        b = new PackedPanels<TRegister>(this.product);
        double wanted = Math.Min(WantedPieces, this.product.Flops / LeastFlopsInPiece);
        rowPieces = wanted < PiecesInRound
            ? 1
            : Math.Min(a.Tiles, Cuts.Count(this.product.M, Math.Max(1, MostFloatsInPiece / this.product.K) * PiecesInRound) * PiecesInRound);
        packsRowsOnce = a.IsPacked && PacksRowsOnce(this.product);
        if (a.IsPacked && !packsRowsOnce)
            rowPieces = Math.Min(a.Tiles, Math.Max(rowPieces, WantedPieces));
        while (Pieces < wanted && Pieces < a.Tiles * b.Panels)
            CutFiner();
    }

    public static bool PacksRowsOnce(in Product product) => product.DepthStepA != 1
        ? product.M < TRegister.MostRows * LeastInPiece * WantedPieces
        : (long)product.M * product.K <= 1 << 19;

    /// <summary>Where the packed panels of B and then the packed tiles of A go; set by the caller.</summary>
    public float* Packed { get; set; }

    /// <summary>How many floats are packed.</summary>
    public readonly int PackedFloats => b.Floats + (packsRowsOnce ? a.Floats(a.Tiles) : 0);

    /// <summary>Into how many pieces packing is cut.</summary>
    public readonly int PackingPieces => b.Pieces + (packsRowsOnce ? a.Pieces : 0);

    /// <summary>Into how many pieces multiplying is cut.</summary>
    public readonly int Pieces => rowPieces * columnPieces;

    /// <summary>Packs some panels of B or some tiles of A.</summary>
    public readonly void Pack(int piece)
    {
        if (piece < b.Pieces)
            b.Pack(product, piece, Packed);
        else
            a.Pack(product, piece - b.Pieces, Packed + b.Floats);
    }

    /// <summary>
    /// Computes a rectangle of C. Its rows of A stay in the core's own cache while the panels of B, which come from
    /// further away, pass by; each panel meets all tiles of the piece before the next one comes.
    /// </summary>
    public readonly void Multiply(int piece)
    {
        int rowPiece = piece % rowPieces, columnPiece = piece / rowPieces;
        (int, int End) tiles = (Cuts.Start(a.Tiles, rowPiece, rowPieces), Cuts.Start(a.Tiles, rowPiece + 1, rowPieces));
        float* rows = Rows(tiles);
        int endPanel = Cuts.Start(b.Panels, columnPiece + 1, columnPieces);
        for (int panel = Cuts.Start(b.Panels, columnPiece, columnPieces); panel < endPanel; panel++)
            MultiplyPanel(panel, tiles, rows);
    }

    /// <summary>The tiles of A, packed where they have to be; null where they are read in place.</summary>
    private readonly float* Rows((int First, int End) tiles)
    {
        if (packsRowsOnce)
            return Packed + b.Floats + a.Floats(tiles.First);
        if (!a.IsPacked)
            return null;
        float* rows = Workspace.Get(a.Floats(tiles.End - tiles.First));
        a.Pack(product, tiles, rows);
        return rows;
    }

    /// <summary>
    /// Doubles the pieces: by columns while they have some panels each, because then a panel meets more tiles.
    /// </summary>
    private void CutFiner()
    {
        bool canCutRows = rowPieces < a.Tiles, canCutColumns = columnPieces < b.Panels;
        bool wantsRows = b.Panels < 2 * LeastInPiece * columnPieces;
        if (canCutRows && (wantsRows || !canCutColumns))
            rowPieces = Math.Min(2 * rowPieces, a.Tiles);
        else
            columnPieces = Math.Min(2 * columnPieces, b.Panels);
    }

    private readonly void MultiplyPanel(int panel, (int First, int End) tiles, float* rows)
    {
        int column = panel * PackedPanels<TRegister>.FullWidth, columns = b.ColumnsOf(panel);
        bool wide = columns > TRegister.Width, whole = columns == PackedPanels<TRegister>.WidthOf(columns);
        var tile = new Tile
        {
            Depth = product.K,
            RowStepA = a.RowStep(product),
            DepthStepA = a.DepthStep(product),
            B = b.At(product, panel, Packed),
            DepthStepB = b.DepthStep(product, panel),
            RowStepC = product.RowStepC,
            Bias = product.Bias == null ? null : product.Bias + column,
            Accumulate = product.Accumulate,
        };
        for (int index = tiles.First; index < tiles.End; index++)
        {
            int row = a.FirstRow(index), height = a.FirstRow(index + 1) - row;
            delegate*<Tile*, void> kernel = wide
                ? TileKernels<TRegister, DoubleRow<TRegister>>.OfHeight(height)
                : TileKernels<TRegister, SingleRow<TRegister>>.OfHeight(height);
            tile.A = a.At(product, index, tiles.First, rows);
            tile.C = product.C + row * product.RowStepC + column;
            if (whole)
                kernel(&tile);
            else
                MultiplyEdge(kernel, tile, (row, height), (column, columns));
        }
    }

    /// <summary>A tile over the right edge of C is computed apart and its existing columns are copied.</summary>
    [SkipLocalsInit]
    private readonly void MultiplyEdge(
        delegate*<Tile*, void> kernel, Tile tile, (int First, int Count) rows, (int First, int Count) columns)
    {
        int width = PackedPanels<TRegister>.FullWidth;
        float* scratch = stackalloc float[TRegister.MostRows * width];
        tile.C = scratch;
        tile.RowStepC = width;
        tile.Bias = null;
        tile.Accumulate = false;
        kernel(&tile);
        for (int i = 0; i < rows.Count; i++)
            for (int j = 0; j < columns.Count; j++)
                product.Finish(rows.First + i, columns.First + j, scratch[i * width + j]);
    }
}
