using System.Runtime.CompilerServices;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// A rectangle of C and a block of k: packs groups of rows of A and of columns of B, and multiplies two such groups.
/// Nothing here depends on the number of threads.
/// </summary>
internal readonly unsafe struct ProductBlock<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private readonly Product product;
    private readonly PackedRows<TRegister> a;
    private readonly PackedPanels<TRegister> b;
    private readonly ProductGrid grid;

    /// <summary>Takes one of nearly equal blocks of k.</summary>
    public ProductBlock(in Product product, int depthBlock, int depthBlocks)
    {
        int firstDepth = Cuts.Start(product.K, depthBlock, depthBlocks);
        this.product = product.DepthPart(firstDepth, Cuts.Start(product.K, depthBlock + 1, depthBlocks) - firstDepth);
        a = new PackedRows<TRegister>(this.product);
        b = new PackedPanels<TRegister>(this.product, a.IsPacked);
        grid = new ProductGrid(this.product, a.Tiles, b.Panels, (a.MostTilesInGroup, b.MostPanelsInGroup));
    }

    /// <summary>Into how many groups the inner side is cut.</summary>
    public int InnerGroups => grid.InnerGroups;

    /// <summary>Into how many pieces multiplying is cut.</summary>
    public int Pieces => grid.Pieces;

    /// <summary>How many floats the inner side takes when it is packed.</summary>
    public long InnerFloats => grid.RowsAreOuter ? b.Floats((0, b.Panels)) : a.Floats(a.Tiles);

    private long OuterFloats =>
        grid.RowsAreOuter ? a.Floats(grid.MostTiles) : b.Floats((b.Panels - grid.MostPanels, b.Panels));

    /// <summary>Packs an inner group into memory for all of them.</summary>
    public void PackInner(int group, float* inner) => Pack(group, !grid.RowsAreOuter, InnerMemory(group, inner));

    /// <summary>
    /// Computes a rectangle of C. The thread packs the outer group for itself, and the inner one too where it was not
    /// packed before for all threads.
    /// </summary>
    /// <param name="piece">The piece's number.</param>
    /// <param name="own">What the thread has packed so far.</param>
    /// <param name="shared">The inner groups that were packed for all threads, or null.</param>
    public void Multiply(int piece, ref OwnPacked own, float* shared)
    {
        (int outer, int inner) = grid.Groups(piece);
        float* outerMemory = Workspace.Get(OuterFloats + (shared == null ? InnerFloats : 0));
        float* innerMemory = InnerMemory(inner, shared == null ? outerMemory + OuterFloats : shared);
        if (own.SetOuter(outer))
            Pack(outer, grid.RowsAreOuter, outerMemory);
        if (shared == null && own.AddInner(inner))
            Pack(inner, !grid.RowsAreOuter, innerMemory);
        if (grid.RowsAreOuter)
            Multiply(grid.Tiles(outer), outerMemory, grid.Panels(inner), innerMemory);
        else
            Multiply(grid.Tiles(inner), innerMemory, grid.Panels(outer), outerMemory);
    }

    private float* InnerMemory(int group, float* inner) =>
        inner + (grid.RowsAreOuter ? b.Floats((0, grid.Panels(group).First)) : a.Floats(grid.Tiles(group).First));

    private void Pack(int group, bool isOfRows, float* memory)
    {
        if (isOfRows)
            a.Pack(product, grid.Tiles(group), memory);
        else
            b.Pack(product, grid.Panels(group), memory);
    }

    /// <summary>
    /// Each panel of B meets all tiles, which stay in the core's own cache, before the next panel comes.
    /// </summary>
    private void Multiply(
        (int First, int End) tiles, float* rows, (int First, int End) panels, float* columns)
    {
        for (int panel = panels.First; panel < panels.End; panel++)
        {
            float* at = b.At(product, panel, panels.First, columns);
            if (b.IsStray(panel))
                StrayColumns<TRegister>.Multiply(product, (a.FirstRow(tiles.First), a.FirstRow(tiles.End)),
                    (panel * PackedPanels<TRegister>.FullWidth, b.ColumnsOf(panel)), at);
            else
                MultiplyPanel(panel, at, tiles, rows);
        }
    }

    private void MultiplyPanel(int panel, float* at, (int First, int End) tiles, float* rows)
    {
        int column = panel * PackedPanels<TRegister>.FullWidth, columns = b.ColumnsOf(panel);
        bool wide = columns > TRegister.Width, whole = columns == PackedPanels<TRegister>.WidthOf(columns);
        var tile = new Tile
        {
            Depth = product.K,
            RowStepA = a.RowStep(product),
            DepthStepA = a.DepthStep(product),
            B = at,
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
    private void MultiplyEdge(
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
