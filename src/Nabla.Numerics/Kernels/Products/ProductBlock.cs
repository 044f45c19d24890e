using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// A rectangle of C and a block of k: how they are cut into pieces for packing and for multiplying, and both of these.
/// Nothing here depends on the number of threads.
/// </summary>
internal unsafe struct ProductBlock<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private const int MostTilesInPiece = 4;
    private const int MostWantedPieces = 16;
    private const double LeastFlopsInPiece = 1 << 20;

    private readonly Product product;
    private readonly PackedRows<TRegister> a;
    private readonly PackedPanels<TRegister> b;
    private readonly int rowPieces;
    private readonly int columnPieces;

    /// <summary>Takes one of nearly equal blocks of k.</summary>
    public ProductBlock(in Product product, int depthBlock, int depthBlocks)
    {
        int firstDepth = Cuts.Start(product.K, depthBlock, depthBlocks);
        this.product = product.DepthPart(firstDepth, Cuts.Start(product.K, depthBlock + 1, depthBlocks) - firstDepth);
        a = new PackedRows<TRegister>(this.product, rowsAreWhole: depthBlocks == 1);
        b = new PackedPanels<TRegister>(this.product);

        double wanted = Math.Min(MostWantedPieces, this.product.Flops / LeastFlopsInPiece);
        rowPieces = (a.Tiles + MostTilesInPiece - 1) / MostTilesInPiece;
        columnPieces = 1;
        while (rowPieces * columnPieces < wanted && rowPieces * columnPieces < a.Tiles * b.Panels)
        {
            if (a.Tiles * columnPieces >= b.Panels * rowPieces)
                rowPieces = Math.Min(2 * rowPieces, a.Tiles);
            else
                columnPieces = Math.Min(2 * columnPieces, b.Panels);
        }
    }

    /// <summary>Where the packed parts of A and B go; set by the caller.</summary>
    public float* Packed { get; set; }

    /// <summary>How many floats the packed parts take.</summary>
    public readonly int PackedFloats => a.Floats + b.Floats;

    /// <summary>Into how many pieces packing is cut.</summary>
    public readonly int PackingPieces => a.Pieces + b.Pieces;

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

    /// <summary>Computes a rectangle of C: each panel stays in cache while the tiles of the piece pass over it.</summary>
    public readonly void Multiply(int piece)
    {
        int rowPiece = piece % rowPieces, columnPiece = piece / rowPieces;
        int firstTile = Cuts.Start(a.Tiles, rowPiece, rowPieces);
        int endTile = Cuts.Start(a.Tiles, rowPiece + 1, rowPieces);
        int endPanel = Cuts.Start(b.Panels, columnPiece + 1, columnPieces);
        for (int panel = Cuts.Start(b.Panels, columnPiece, columnPieces); panel < endPanel; panel++)
        {
            Tile tile = b.Place(product, panel, Packed);
            int columns = b.ColumnsOf(panel);
            bool wide = columns > TRegister.Width;
            for (int index = firstTile; index < endTile; index++)
            {
                int row = a.FirstRow(index), rows = a.FirstRow(index + 1) - row;
                a.Place(product, index, Packed + b.Floats, ref tile);
                delegate*<Tile*, void> kernel = wide
                    ? TileKernels<TRegister, DoubleRow<TRegister>>.OfHeight(rows)
                    : TileKernels<TRegister, SingleRow<TRegister>>.OfHeight(rows);
                if (columns == PackedPanels<TRegister>.WidthOf(columns))
                    MultiplyWhole(kernel, tile, row, panel);
                else
                    MultiplyEdge(kernel, tile, (row, rows), (panel * PackedPanels<TRegister>.FullWidth, columns));
            }
        }
    }

    private readonly void MultiplyWhole(delegate*<Tile*, void> kernel, Tile tile, int row, int panel)
    {
        int column = panel * PackedPanels<TRegister>.FullWidth;
        tile.C = product.C + row * product.RowStepC + column;
        tile.RowStepC = product.RowStepC;
        tile.Bias = product.Bias == null ? null : product.Bias + column;
        tile.Accumulate = product.Accumulate;
        kernel(&tile);
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
        kernel(&tile);
        for (int i = 0; i < rows.Count; i++)
            for (int j = 0; j < columns.Count; j++)
                product.Finish(rows.First + i, columns.First + j, scratch[i * width + j]);
    }
}
