namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// B as panels of two registers' width. They are packed, so that the kernel reads one unbroken stream, unless there are
/// too few rows to make up for the copying and B lies right already. A last panel that is not filled is always packed,
/// with zeros, because the kernel reads whole registers.
/// </summary>
internal readonly unsafe struct PackedPanels<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private const int LeastRowsForPacking = 80;

    private readonly int depth;
    private readonly int columns;
    private readonly int firstPacked;

    public PackedPanels(in Product product)
    {
        depth = product.K;
        columns = product.N;
        Panels = Cuts.Count(columns, FullWidth);
        bool last = ColumnsOf(Panels - 1) == WidthOf(ColumnsOf(Panels - 1));
        bool inPlace = product.ColumnStepB == 1 && product.M < LeastRowsForPacking;
        firstPacked = !inPlace ? 0 : last ? Panels : Panels - 1;
    }

    public static int FullWidth => 2 * TRegister.Width;

    public int Panels { get; }

    /// <summary>The memory it takes.</summary>
    public int Floats => (Panels - firstPacked) * FullWidth * depth;

    /// <summary>Into how many pieces packing is cut.</summary>
    public int Pieces => Cuts.Count(Panels - firstPacked, PanelsInPiece);

    private int PanelsInPiece => Math.Max(1, Packing.FloatsInPiece / (FullWidth * depth));

    /// <summary>The width of the kernel for so many columns: one register or two.</summary>
    public static int WidthOf(int columns) => columns > TRegister.Width ? FullWidth : TRegister.Width;

    public int ColumnsOf(int panel) => Math.Min(FullWidth, columns - panel * FullWidth);

    /// <summary>Packs some panels into memory for <see cref="Floats"/>.</summary>
    public void Pack(in Product product, int piece, float* memory)
    {
        int first = firstPacked + piece * PanelsInPiece;
        int end = Math.Min(Panels, first + PanelsInPiece);
        for (int panel = first; panel < end; panel++)
        {
            float* source = product.B + panel * FullWidth * product.ColumnStepB, target = At(panel, memory);
            int columns = ColumnsOf(panel), width = WidthOf(columns);
            if (product.ColumnStepB == 1)
                Packing.CopyRows<TRegister>(source, product.DepthStepB, columns, depth, target, width);
            else
                Packing.Transpose(source, product.ColumnStepB, columns, depth, target, width);
        }
    }

    /// <summary>A tile that knows where this panel of B lies and how deep it is.</summary>
    public Tile Place(in Product product, int panel, float* memory) => new()
    {
        Depth = depth,
        B = panel >= firstPacked ? At(panel, memory) : product.B + panel * FullWidth,
        DepthStepB = panel >= firstPacked ? WidthOf(ColumnsOf(panel)) : product.DepthStepB,
    };

    private float* At(int panel, float* memory) => memory + (panel - firstPacked) * FullWidth * depth;
}
