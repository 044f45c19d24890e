namespace Nabla.Formulas.Spreadsheets.Layout;

/// <summary>What a block of cells holds and how it is labelled.</summary>
/// <param name="Title">Its name: <c>Q, the queries</c>.</param>
/// <param name="Equation">Its formula as a book prints it: <c>Q = X·W_Q</c>; may be empty.</param>
/// <param name="Meaning">What it is for, in a line or two; may be empty.</param>
internal sealed record BlockSpec(string Title, string Equation = "", string Meaning = "")
{
    /// <summary>What Nabla has computed, or what is given.</summary>
    public required Grid Values { get; init; }

    /// <summary>The formula of the cell in a row and a column; null for what is given.</summary>
    public Func<int, int, string>? Cells { get; init; }

    /// <summary>As <see cref="Cells"/>, for formulas that refer to other cells of the same block.</summary>
    public Func<Block, int, int, string>? OwnCells { get; init; }

    /// <summary>The part it plays.</summary>
    public Role Role { get; init; } = Role.Computed;

    /// <summary>Whether colours say how large the numbers are.</summary>
    public Shade Shade { get; init; }

    /// <summary>How numbers are written; null chooses.</summary>
    public string? Format { get; init; }

    /// <summary>The largest number that may be typed; null if any.</summary>
    public double? Most { get; init; }

    /// <summary>Names of the rows.</summary>
    public Labels? Rows { get; init; }

    /// <summary>Names of the columns.</summary>
    public Labels? Columns { get; init; }

    /// <summary>Whether no cell has a formula.</summary>
    public bool IsGiven => Cells is null && OwnCells is null;

    /// <summary>
    /// The format that was chosen: given numbers as they were typed, computed ones with four decimals, or with powers
    /// of ten if they would look like zeros.
    /// </summary>
    public string UsedFormat => Format ?? (IsGiven && (Role == Role.Input || Values.IsShort) ? CellStyle.General
        : Values.IsTiny ? CellStyle.Scientific : CellStyle.Decimals);
}
