namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// How a block of a product is cut into pieces: groups of tiles of rows × groups of panels of columns. It depends on
/// the sizes alone, not on the number of threads.
/// </summary>
/// <remarks>
/// Threads take pieces from the two ends of their order, in which the groups of one side, the outer one, follow each
/// other. So each of two threads meets half of the outer groups and all of the inner ones: the longer side is the outer
/// one.
/// </remarks>
internal readonly struct ProductGrid
{
    private const int GroupsInRound = 4; // so that no thread of two or four gets one group more than the others
    private const int WantedPieces = 32; // small ones at the end, for threads that are disturbed
    private const int LeastPanels = 2;
    private const double LeastFlopsInPiece = 1 << 21; // about 10 µs

    private readonly int tiles;
    private readonly int panels;
    private readonly int rowGroups = 1;
    private readonly int columnGroups = 1;

    /// <summary>Cuts so many tiles and panels.</summary>
    /// <param name="product">The block's product.</param>
    /// <param name="tiles">Tiles of rows.</param>
    /// <param name="panels">Panels of columns.</param>
    /// <param name="most">So many tiles and panels are in a group at most.</param>
    public ProductGrid(in Product product, int tiles, int panels, (int Tiles, int Panels) most)
    {
        (this.tiles, this.panels) = (tiles, panels);
        RowsAreOuter = product.M >= product.N;
        int wanted = (int)Math.Clamp(product.Flops / LeastFlopsInPiece, 1, WantedPieces);
        if (wanted < GroupsInRound)
            return;
        if (RowsAreOuter)
        {
            rowGroups = InRounds(tiles, most.Tiles);
            columnGroups = Math.Clamp(Cuts.Count(wanted, rowGroups), 1, Math.Max(1, panels / LeastPanels));
            rowGroups = Math.Clamp(Cuts.Count(wanted, columnGroups), rowGroups, tiles);
        }
        else
        {
            columnGroups = InRounds(panels, most.Panels);
            rowGroups = Math.Clamp(Cuts.Count(wanted, columnGroups), 1, tiles);
        }
    }

    /// <summary>Whether groups of rows are the outer ones.</summary>
    public bool RowsAreOuter { get; }

    /// <summary>Number of inner groups, no more than the pieces wanted.</summary>
    public int InnerGroups => RowsAreOuter ? columnGroups : rowGroups;

    /// <summary>Number of pieces.</summary>
    public int Pieces => rowGroups * columnGroups;

    /// <summary>The most tiles that a group has.</summary>
    public int MostTiles => Cuts.Count(tiles, rowGroups);

    /// <summary>The most panels that a group has.</summary>
    public int MostPanels => Cuts.Count(panels, columnGroups);

    /// <summary>The groups of a piece.</summary>
    public (int Outer, int Inner) Groups(int piece) => (piece / InnerGroups, piece % InnerGroups);

    /// <summary>The tiles of a group.</summary>
    public (int First, int End) Tiles(int group) =>
        (Cuts.Start(tiles, group, rowGroups), Cuts.Start(tiles, group + 1, rowGroups));

    /// <summary>The panels of a group.</summary>
    public (int First, int End) Panels(int group) =>
        (Cuts.Start(panels, group, columnGroups), Cuts.Start(panels, group + 1, columnGroups));

    private static int InRounds(int units, int most) =>
        Math.Min(units, Cuts.Count(Cuts.Count(units, most), GroupsInRound) * GroupsInRound);
}
