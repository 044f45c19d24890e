using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Kernels.MatrixProduct;

/// <summary>
/// Some columns of C and a block of k: how they are cut into pieces for packing and for multiplying, and both of these.
/// Nothing here depends on the number of threads.
/// </summary>
internal unsafe struct ProductBlock<TLane> where TLane : struct, ILane<TLane>
{
    private const int MostTilesInPiece = 16;
    private const int MostWantedPieces = 16;
    private const double LeastFlopsInPiece = 1 << 20;
    private const int PackedFloatsInPiece = 1 << 15;
    private const int LeastRowsForPacking = 80;

    private readonly Product _product;
    private readonly int _columns;
    private readonly int _depth;
    private readonly int _tiles;
    private readonly int _panels;
    private readonly int _firstPackedPanel;
    private readonly int _rowPieces;
    private readonly int _columnPieces;

    /// <summary>Cuts out columns from <paramref name="column"/> on and one of nearly equal blocks of k.</summary>
    public ProductBlock(in Product product, int column, int columns, int depthBlock, int depthBlocks)
    {
        int firstDepth = Cut(product.K, depthBlock, depthBlocks);
        _depth = Cut(product.K, depthBlock + 1, depthBlocks) - firstDepth;
        _columns = columns;
        _product = product;
        _product.A += firstDepth * product.DepthStepA;
        _product.B += firstDepth * product.DepthStepB + column * product.ColumnStepB;
        _product.C += column;
        _product.Accumulate |= depthBlock > 0;
        _product.Bias = product.Bias == null || depthBlock > 0 ? null : product.Bias + column;

        _tiles = (product.M + TLane.MostRows - 1) / TLane.MostRows;
        _panels = (columns + PanelWidth - 1) / PanelWidth;
        bool inPlace = product.ColumnStepB == 1 && product.M < LeastRowsForPacking;
        _firstPackedPanel = inPlace ? columns / PanelWidth : 0;

        double wanted = Math.Min(MostWantedPieces, 2.0 * product.M * columns * _depth / LeastFlopsInPiece);
        _rowPieces = (_tiles + MostTilesInPiece - 1) / MostTilesInPiece;
        _columnPieces = 1;
        while (_rowPieces * _columnPieces < wanted && _rowPieces * _columnPieces < _tiles * _panels)
        {
            if (_tiles * _columnPieces >= _panels * _rowPieces)
                _rowPieces = Math.Min(2 * _rowPieces, _tiles);
            else
                _columnPieces = Math.Min(2 * _columnPieces, _panels);
        }
    }

    private static int PanelWidth => 2 * TLane.Width;

    /// <summary>Where the packed panels go; set by the caller.</summary>
    public float* Packed { get; set; }

    /// <summary>How many floats the packed panels take.</summary>
    public readonly int PackedFloats => (_panels - _firstPackedPanel) * PanelWidth * _depth;

    /// <summary>Into how many pieces packing is cut.</summary>
    public readonly int PackingPieces => (_panels - _firstPackedPanel + PanelsInPacking - 1) / PanelsInPacking;

    /// <summary>Into how many pieces multiplying is cut.</summary>
    public readonly int Pieces => _rowPieces * _columnPieces;

    private readonly int PanelsInPacking => Math.Max(1, PackedFloatsInPiece / (PanelWidth * _depth));

    /// <summary>Packs some panels of B.</summary>
    public readonly void Pack(int piece)
    {
        int first = _firstPackedPanel + piece * PanelsInPacking;
        int end = Math.Min(_panels, first + PanelsInPacking);
        for (int panel = first; panel < end; panel++)
        {
            int columns = ColumnsOf(panel), width = WidthOf(columns);
            float* source = _product.B + panel * PanelWidth * _product.ColumnStepB;
            if (_product.ColumnStepB == 1)
                Packing.CopyRows<TLane>(source, _product.DepthStepB, columns, _depth, PackedPanel(panel), width);
            else
                Packing.Transpose(source, _product.ColumnStepB, columns, _depth, PackedPanel(panel), width);
        }
    }

    /// <summary>Computes a rectangle of C: each panel stays in cache while the tiles of the piece pass over it.</summary>
    public readonly void Multiply(int piece)
    {
        int rowPiece = piece % _rowPieces, columnPiece = piece / _rowPieces;
        int firstTile = Cut(_tiles, rowPiece, _rowPieces), endTile = Cut(_tiles, rowPiece + 1, _rowPieces);
        int endPanel = Cut(_panels, columnPiece + 1, _columnPieces);
        for (int panel = Cut(_panels, columnPiece, _columnPieces); panel < endPanel; panel++)
        {
            bool whole = ColumnsOf(panel) == PanelWidth;
            for (int tile = firstTile; tile < endTile; tile++)
                if (whole)
                    MultiplyTile(tile, panel);
                else
                    MultiplyEdgeTile(tile, panel);
        }
    }

    private readonly void MultiplyTile(int index, int panel)
    {
        int row = Cut(_product.M, index, _tiles);
        Tile tile = TileAt(row, panel);
        tile.C = _product.C + row * _product.RowStepC + panel * PanelWidth;
        tile.RowStepC = _product.RowStepC;
        tile.Bias = _product.Bias == null ? null : _product.Bias + panel * PanelWidth;
        tile.Accumulate = _product.Accumulate;
        TileKernels<TLane, DoubleRow<TLane>>.OfHeight(Cut(_product.M, index + 1, _tiles) - row)(&tile);
    }

    /// <summary>A tile over the right edge of C is computed apart and its existing columns are copied.</summary>
    [SkipLocalsInit]
    private readonly void MultiplyEdgeTile(int index, int panel)
    {
        int row = Cut(_product.M, index, _tiles);
        int rows = Cut(_product.M, index + 1, _tiles) - row;
        int columns = ColumnsOf(panel);
        float* scratch = stackalloc float[TLane.MostRows * PanelWidth];
        Tile tile = TileAt(row, panel);
        tile.C = scratch;
        tile.RowStepC = PanelWidth;
        if (columns > TLane.Width)
            TileKernels<TLane, DoubleRow<TLane>>.OfHeight(rows)(&tile);
        else
            TileKernels<TLane, SingleRow<TLane>>.OfHeight(rows)(&tile);

        float* bias = _product.Bias == null ? null : _product.Bias + panel * PanelWidth;
        for (int i = 0; i < rows; i++)
        {
            float* c = _product.C + (row + i) * _product.RowStepC + panel * PanelWidth;
            for (int j = 0; j < columns; j++)
            {
                float sum = scratch[i * PanelWidth + j];
                if (bias != null)
                    sum += bias[j];
                c[j] = _product.Accumulate ? sum + c[j] : sum;
            }
        }
    }

    private readonly Tile TileAt(int row, int panel)
    {
        bool packed = panel >= _firstPackedPanel;
        return new Tile
        {
            Depth = _depth,
            A = _product.A + row * _product.RowStepA,
            RowStepA = _product.RowStepA,
            DepthStepA = _product.DepthStepA,
            B = packed ? PackedPanel(panel) : _product.B + panel * PanelWidth,
            DepthStepB = packed ? WidthOf(ColumnsOf(panel)) : _product.DepthStepB,
        };
    }

    private readonly float* PackedPanel(int panel) => Packed + (panel - _firstPackedPanel) * PanelWidth * _depth;

    private readonly int ColumnsOf(int panel) => Math.Min(PanelWidth, _columns - panel * PanelWidth);

    private static int WidthOf(int columns) => columns > TLane.Width ? 2 * TLane.Width : TLane.Width;

    /// <summary>Where part <paramref name="index"/> begins when a length is cut into nearly equal parts.</summary>
    private static int Cut(int length, int index, int parts) => (int)((long)length * index / parts);
}
