using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Kernels.MatrixProduct;

/// <summary>
/// A rectangle of C and a block of k: how they are cut into pieces for packing and for multiplying, and both of these.
/// Nothing here depends on the number of threads.
/// </summary>
internal unsafe struct ProductBlock<TLane> where TLane : struct, ILane<TLane>
{
    private const int MostTilesInPiece = 4;
    private const int MostWantedPieces = 16;
    private const double LeastFlopsInPiece = 1 << 20;

    private readonly Product _product;
    private readonly PackedRows<TLane> _a;
    private readonly PackedPanels<TLane> _b;
    private readonly int _rowPieces;
    private readonly int _columnPieces;

    /// <summary>Takes one of nearly equal blocks of k.</summary>
    public ProductBlock(in Product product, int depthBlock, int depthBlocks)
    {
        int firstDepth = Cuts.Start(product.K, depthBlock, depthBlocks);
        _product = product.DepthPart(firstDepth, Cuts.Start(product.K, depthBlock + 1, depthBlocks) - firstDepth);
        _a = new PackedRows<TLane>(_product, rowsAreWhole: depthBlocks == 1);
        _b = new PackedPanels<TLane>(_product);

        double wanted = Math.Min(MostWantedPieces, _product.Flops / LeastFlopsInPiece);
        _rowPieces = (_a.Tiles + MostTilesInPiece - 1) / MostTilesInPiece;
        _columnPieces = 1;
        while (_rowPieces * _columnPieces < wanted && _rowPieces * _columnPieces < _a.Tiles * _b.Panels)
        {
            if (_a.Tiles * _columnPieces >= _b.Panels * _rowPieces)
                _rowPieces = Math.Min(2 * _rowPieces, _a.Tiles);
            else
                _columnPieces = Math.Min(2 * _columnPieces, _b.Panels);
        }
    }

    /// <summary>Where the packed parts of A and B go; set by the caller.</summary>
    public float* Packed { get; set; }

    /// <summary>How many floats the packed parts take.</summary>
    public readonly int PackedFloats => _a.Floats + _b.Floats;

    /// <summary>Into how many pieces packing is cut.</summary>
    public readonly int PackingPieces => _a.Pieces + _b.Pieces;

    /// <summary>Into how many pieces multiplying is cut.</summary>
    public readonly int Pieces => _rowPieces * _columnPieces;

    /// <summary>Packs some panels of B or some tiles of A.</summary>
    public readonly void Pack(int piece)
    {
        if (piece < _b.Pieces)
            _b.Pack(_product, piece, Packed);
        else
            _a.Pack(_product, piece - _b.Pieces, Packed + _b.Floats);
    }

    /// <summary>Computes a rectangle of C: each panel stays in cache while the tiles of the piece pass over it.</summary>
    public readonly void Multiply(int piece)
    {
        int rowPiece = piece % _rowPieces, columnPiece = piece / _rowPieces;
        int firstTile = Cuts.Start(_a.Tiles, rowPiece, _rowPieces);
        int endTile = Cuts.Start(_a.Tiles, rowPiece + 1, _rowPieces);
        int endPanel = Cuts.Start(_b.Panels, columnPiece + 1, _columnPieces);
        for (int panel = Cuts.Start(_b.Panels, columnPiece, _columnPieces); panel < endPanel; panel++)
        {
            Tile tile = _b.Place(_product, panel, Packed);
            int columns = _b.ColumnsOf(panel);
            bool wide = columns > TLane.Width;
            for (int index = firstTile; index < endTile; index++)
            {
                int row = _a.FirstRow(index), rows = _a.FirstRow(index + 1) - row;
                _a.Place(_product, index, Packed + _b.Floats, ref tile);
                delegate*<Tile*, void> kernel = wide
                    ? TileKernels<TLane, DoubleRow<TLane>>.OfHeight(rows)
                    : TileKernels<TLane, SingleRow<TLane>>.OfHeight(rows);
                if (columns == PackedPanels<TLane>.WidthOf(columns))
                    MultiplyWhole(kernel, tile, row, panel);
                else
                    MultiplyEdge(kernel, tile, (row, rows), (panel * PackedPanels<TLane>.FullWidth, columns));
            }
        }
    }

    private readonly void MultiplyWhole(delegate*<Tile*, void> kernel, Tile tile, int row, int panel)
    {
        int column = panel * PackedPanels<TLane>.FullWidth;
        tile.C = _product.C + row * _product.RowStepC + column;
        tile.RowStepC = _product.RowStepC;
        tile.Bias = _product.Bias == null ? null : _product.Bias + column;
        tile.Accumulate = _product.Accumulate;
        kernel(&tile);
    }

    /// <summary>A tile over the right edge of C is computed apart and its existing columns are copied.</summary>
    [SkipLocalsInit]
    private readonly void MultiplyEdge(
        delegate*<Tile*, void> kernel, Tile tile, (int First, int Count) rows, (int First, int Count) columns)
    {
        int width = PackedPanels<TLane>.FullWidth;
        float* scratch = stackalloc float[TLane.MostRows * width];
        tile.C = scratch;
        tile.RowStepC = width;
        kernel(&tile);
        for (int i = 0; i < rows.Count; i++)
            for (int j = 0; j < columns.Count; j++)
                _product.Finish(rows.First + i, columns.First + j, scratch[i * width + j]);
    }
}
