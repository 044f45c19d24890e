namespace Nabla.Formulas.Spreadsheets.Layout;

/// <summary>
/// A block of cells that has its place. Its members write references for the formulas of other blocks; each says what
/// moves when the formula is copied downwards or to the right.
/// </summary>
/// <param name="Sheet">Where it is.</param>
/// <param name="TopLeft">Its first cell.</param>
/// <param name="Values">What Nabla has computed for its cells.</param>
internal sealed record Block(Sheet Sheet, CellAddress TopLeft, Grid Values)
{
    public int Rows => Values.Rows;

    public int Columns => Values.Columns;

    /// <summary>The only cell: $B$5.</summary>
    public string Only => At(0, 0, Anchor.Both);

    /// <summary>The whole block: $B$5:$E$8.</summary>
    public string All => Range((0, 0), (Rows - 1, Columns - 1), Anchor.Both);

    /// <summary>A cell: B5.</summary>
    public string At(int row, int column, Anchor anchor = Anchor.None) =>
        Sheet.Prefix + Place(row, column).Text(anchor);

    /// <summary>A row: $B5:$E5.</summary>
    public string Row(int row) => Range((row, 0), (row, Columns - 1), Anchor.Column);

    /// <summary>A row that stays: $B$5:$E$5, such as the weights of a neuron.</summary>
    public string FixedRow(int row) => Range((row, 0), (row, Columns - 1), Anchor.Both);

    /// <summary>A column: B$5:B$8.</summary>
    public string Column(int column) => Range((0, column), (Rows - 1, column), Anchor.Row);

    /// <summary>A part of a row: $B5:$E5.</summary>
    public string Row(int row, int from, int count) => Range((row, from), (row, from + count - 1), Anchor.Column);

    /// <summary>The cell of a block of one column in a row: $B5.</summary>
    public string InRow(int row) => At(row, 0, Anchor.Column);

    /// <summary>The cell of a block of one row in a column: B$5.</summary>
    public string InColumn(int column) => At(0, column, Anchor.Row);

    /// <summary>A rectangle of cells: B5:C7.</summary>
    public string Range(int row, int column, int rows, int columns) =>
        Range((row, column), (row + rows - 1, column + columns - 1), Anchor.None);

    public CellAddress Place(int row, int column) => new(TopLeft.Row + row, TopLeft.Column + column);

    /// <summary>The block as the sheet itself calls it: B5:E8.</summary>
    public string Extent => $"{TopLeft}:{Place(Rows - 1, Columns - 1)}";

    private string Range((int Row, int Column) from, (int Row, int Column) to, Anchor anchor) =>
        $"{Sheet.Prefix}{Place(from.Row, from.Column).Text(anchor)}:{Place(to.Row, to.Column).Text(anchor)}";
}
