namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// B as panels of two registers' width. They are packed, so that the kernel reads one unbroken stream, unless there are
/// too few rows to make up for the copying and B lies right already. A last panel that is not filled is always packed,
/// with zeros, because the kernel reads whole registers.
/// </summary>
/// <remarks>
/// Where the columns of B lie next to each other, several panels are packed together, a few k at a time, to read runs
/// of two kilobytes; else a panel is transposed as a whole.
/// </remarks>
internal readonly unsafe struct PackedPanels<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private const int LeastRowsForPacking = 80;
    private const int PanelsInRun = 16;

    private readonly int depth;
    private readonly int columns;
    private readonly int firstPacked;
    private readonly bool inRows;
    private readonly bool hasStray;

    public PackedPanels(in Product product, bool rowsArePacked)
    {
        depth = product.K;
        columns = product.N;
        inRows = product.ColumnStepB == 1;
        Panels = Cuts.Count(columns, FullWidth);
        hasStray = StrayColumns<TRegister>.Fit(ColumnsOf(Panels - 1), product, rowsArePacked);
        bool last = ColumnsOf(Panels - 1) == WidthOf(ColumnsOf(Panels - 1));
        firstPacked = !inRows || product.M >= LeastRowsForPacking ? 0 : last ? Panels : Panels - 1;
    }

    public static int FullWidth => 2 * TRegister.Width;

    public int Panels { get; }

    private int PanelFloats => FullWidth * depth;

    /// <summary>So many panels are packed and used together.</summary>
    public int MostPanelsInGroup => PanelsInRun;

    /// <summary>The memory that some panels take.</summary>
    public long Floats((int First, int End) panels) =>
        (long)Math.Max(0, panels.End - Math.Max(panels.First, firstPacked)) * PanelFloats;

    /// <summary>The width of the kernel for so many columns: one register or two.</summary>
    public static int WidthOf(int columns) => columns > TRegister.Width ? FullWidth : TRegister.Width;

    public int ColumnsOf(int panel) => Math.Min(FullWidth, columns - panel * FullWidth);

    /// <summary>Whether the panel is no panel but <see cref="StrayColumns{TRegister}"/>.</summary>
    public bool IsStray(int panel) => hasStray && panel == Panels - 1;

    /// <summary>Packs some panels into memory for them.</summary>
    public void Pack(in Product product, (int First, int End) panels, float* memory)
    {
        panels.First = Math.Max(panels.First, firstPacked);
        if (IsStray(panels.End - 1))
        {
            int last = --panels.End;
            StrayColumns<TRegister>.Pack(
                product, (last * FullWidth, ColumnsOf(last)), At(product, last, panels.First, memory));
        }

        if (inRows)
            CopyPanels(product, panels, memory);
        else
            for (int panel = panels.First; panel < panels.End; panel++, memory += PanelFloats)
                Packing.Transpose(
                    new(product.B + panel * FullWidth * product.ColumnStepB, (int)product.ColumnStepB),
                    ColumnsOf(panel), depth, new(memory, WidthOf(ColumnsOf(panel))));
    }

    /// <summary>Where the kernel finds a panel, given the memory that its group was packed into.</summary>
    public float* At(in Product product, int panel, int firstPanel, float* memory) => panel >= firstPacked
        ? memory + (panel - Math.Max(firstPanel, firstPacked)) * PanelFloats : product.B + panel * FullWidth;

    /// <summary>From one k of a panel to the next.</summary>
    public nint DepthStep(in Product product, int panel) =>
        panel >= firstPacked ? WidthOf(ColumnsOf(panel)) : product.DepthStepB;

    private void CopyPanels(in Product product, (int First, int End) panels, float* memory)
    {
        for (int k = 0; k < depth; k += Packing.DepthInTurn)
        {
            int count = Math.Min(Packing.DepthInTurn, depth - k);
            float* source = product.B + k * product.DepthStepB + panels.First * FullWidth, target = memory;
            for (int panel = panels.First; panel < panels.End; panel++, source += FullWidth, target += PanelFloats)
            {
                int width = WidthOf(ColumnsOf(panel));
                Packing.CopyRows<TRegister>(
                    new(source, (int)product.DepthStepB), ColumnsOf(panel), count, new(target + k * width, width));
            }
        }
    }
}
