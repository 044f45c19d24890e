namespace Nabla.Numerics.Kernels.MatrixProduct;

/// <summary>
/// B as panels of two registers' width. They are packed, so that the kernel reads one unbroken stream, unless there are
/// too few rows to make up for the copying and B lies right already. A last panel that is not filled is always packed,
/// with zeros, because the kernel reads whole registers.
/// </summary>
internal readonly unsafe struct PackedPanels<TLane> where TLane : struct, ILane<TLane>
{
    private const int FloatsInPiece = 1 << 15;
    private const int LeastRowsForPacking = 80;

    private readonly int _depth;
    private readonly int _columns;
    private readonly int _firstPacked;

    public PackedPanels(in Product product)
    {
        _depth = product.K;
        _columns = product.N;
        Panels = Cuts.Count(_columns, FullWidth);
        bool last = ColumnsOf(Panels - 1) == WidthOf(ColumnsOf(Panels - 1));
        bool inPlace = product.ColumnStepB == 1 && product.M < LeastRowsForPacking;
        _firstPacked = !inPlace ? 0 : last ? Panels : Panels - 1;
    }

    public static int FullWidth => 2 * TLane.Width;

    public int Panels { get; }

    /// <summary>The memory it takes.</summary>
    public int Floats => (Panels - _firstPacked) * FullWidth * _depth;

    /// <summary>Into how many pieces packing is cut.</summary>
    public int Pieces => Cuts.Count(Panels - _firstPacked, PanelsInPiece);

    private int PanelsInPiece => Math.Max(1, FloatsInPiece / (FullWidth * _depth));

    /// <summary>The width of the kernel for so many columns: one register or two.</summary>
    public static int WidthOf(int columns) => columns > TLane.Width ? FullWidth : TLane.Width;

    public int ColumnsOf(int panel) => Math.Min(FullWidth, _columns - panel * FullWidth);

    /// <summary>Packs some panels into memory for <see cref="Floats"/>.</summary>
    public void Pack(in Product product, int piece, float* memory)
    {
        int first = _firstPacked + piece * PanelsInPiece;
        int end = Math.Min(Panels, first + PanelsInPiece);
        for (int panel = first; panel < end; panel++)
        {
            float* source = product.B + panel * FullWidth * product.ColumnStepB, target = At(panel, memory);
            int columns = ColumnsOf(panel), width = WidthOf(columns);
            if (product.ColumnStepB == 1)
                Packing.CopyRows<TLane>(source, product.DepthStepB, columns, _depth, target, width);
            else
                Packing.Transpose(source, product.ColumnStepB, columns, _depth, target, width);
        }
    }

    /// <summary>A tile that knows where this panel of B lies and how deep it is.</summary>
    public Tile Place(in Product product, int panel, float* memory) => new()
    {
        Depth = _depth,
        B = panel >= _firstPacked ? At(panel, memory) : product.B + panel * FullWidth,
        DepthStepB = panel >= _firstPacked ? WidthOf(ColumnsOf(panel)) : product.DepthStepB,
    };

    private float* At(int panel, float* memory) => memory + (panel - _firstPacked) * FullWidth * _depth;
}
