namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// B as panels of two registers' width. They are packed, so that the kernel reads one unbroken stream, unless there are
/// too few rows to make up for the copying and B lies right already. A last panel that is not filled is always packed,
/// with zeros, because the kernel reads whole registers.
/// </summary>
/// <remarks>
/// Where the columns of B lie next to each other, one piece of packing takes several panels and few k, so that it reads
/// runs of a kilobyte; else a panel is transposed as a whole.
/// </remarks>
internal readonly unsafe struct PackedPanels<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private const int LeastRowsForPacking = 80;
    private const int FloatsInPiece = 1 << 14;
    private const int PanelsInRun = 8;

    private readonly int depth;
    private readonly int columns;
    private readonly int firstPacked;
    private readonly bool inRows;
    private readonly int depthPieces;

    public PackedPanels(in Product product)
    {
        depth = product.K;
        columns = product.N;
        inRows = product.ColumnStepB == 1;
        Panels = Cuts.Count(columns, FullWidth);
        bool last = ColumnsOf(Panels - 1) == WidthOf(ColumnsOf(Panels - 1));
        firstPacked = !inRows || product.M >= LeastRowsForPacking ? 0 : last ? Panels : Panels - 1;
        depthPieces = inRows ? Cuts.Count(depth, FloatsInPiece / (FullWidth * PanelsInRun)) : 1;
    }

    public static int FullWidth => 2 * TRegister.Width;

    public int Panels { get; }

    /// <summary>The memory it takes.</summary>
    public int Floats => (Panels - firstPacked) * FullWidth * depth;

    /// <summary>Into how many pieces packing is cut.</summary>
    public int Pieces => Cuts.Count(Panels - firstPacked, PanelsInPiece) * depthPieces;

    private int PanelsInPiece => inRows ? PanelsInRun : Math.Max(1, FloatsInPiece / (FullWidth * depth));

    /// <summary>The width of the kernel for so many columns: one register or two.</summary>
    public static int WidthOf(int columns) => columns > TRegister.Width ? FullWidth : TRegister.Width;

    public int ColumnsOf(int panel) => Math.Min(FullWidth, columns - panel * FullWidth);

    /// <summary>Packs some panels into memory for <see cref="Floats"/>.</summary>
    public void Pack(in Product product, int piece, float* memory)
    {
        int first = firstPacked + piece / depthPieces * PanelsInPiece;
        int end = Math.Min(Panels, first + PanelsInPiece), part = piece % depthPieces;
        if (inRows)
        {
            CopyPanels(product, (first, end),
                (Cuts.Start(depth, part, depthPieces), Cuts.Start(depth, part + 1, depthPieces)), memory);
            return;
        }

        for (int panel = first; panel < end; panel++)
            Packing.Transpose(product.B + panel * FullWidth * product.ColumnStepB, product.ColumnStepB,
                ColumnsOf(panel), depth, PackedAt(panel, memory), WidthOf(ColumnsOf(panel)));
    }

    /// <summary>Where the kernel finds a panel.</summary>
    public float* At(in Product product, int panel, float* memory) =>
        panel >= firstPacked ? PackedAt(panel, memory) : product.B + panel * FullWidth;

    /// <summary>From one k of a panel to the next.</summary>
    public nint DepthStep(in Product product, int panel) =>
        panel >= firstPacked ? WidthOf(ColumnsOf(panel)) : product.DepthStepB;

    private void CopyPanels(
        in Product product, (int First, int End) panels, (int First, int End) depths, float* memory)
    {
        for (int k = depths.First; k < depths.End; k += Packing.DepthInTurn)
        {
            int count = Math.Min(Packing.DepthInTurn, depths.End - k);
            float* source = product.B + k * product.DepthStepB + panels.First * FullWidth;
            for (int panel = panels.First; panel < panels.End; panel++, source += FullWidth)
            {
                int width = WidthOf(ColumnsOf(panel));
                Packing.CopyRows<TRegister>(source, product.DepthStepB, ColumnsOf(panel), count,
                    PackedAt(panel, memory) + k * width, width);
            }
        }
    }

    private float* PackedAt(int panel, float* memory) => memory + (panel - firstPacked) * FullWidth * depth;
}
