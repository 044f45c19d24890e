namespace Nabla.Formulas.Trees;

/// <summary>
/// What a program's settings dim=-1 and keepdim=True make of a function of lists: of a matrix it is taken of each row.
/// Of a vector they say nothing new. With dim=0 it is taken of each column.
/// </summary>
/// <param name="Lines">Of what it is taken.</param>
/// <param name="IsKept">
/// Whether each number stays where its line was, in a row of its own, <c>A.mean(dim=-1, keepdim=True)</c>; of columns
/// all in one row.
/// </param>
public readonly record struct RowSense(Lines Lines, bool IsKept)
{
    /// <summary>Nothing is said: it is taken of all entries.</summary>
    public static RowSense None => default;

    /// <summary>Whether anything is said.</summary>
    public bool IsSaid => Lines != Lines.None;
}

/// <summary>Of what in a matrix a function of lists is taken.</summary>
public enum Lines : byte
{
    /// <summary>Nothing is said: of all entries.</summary>
    None,

    /// <summary>Of each row, <c>A.mean(dim=-1)</c>; one number for each row.</summary>
    Rows,

    /// <summary>Of each row of a matrix, and of nothing else: <c>A.mean(dim=1)</c>.</summary>
    RowsOfMatrix,

    /// <summary>Of each column, <c>A.mean(dim=0)</c>; of a vector of all its entries.</summary>
    Columns,
}

/// <summary>What is said of rows and columns below a brace, so that it can be read again.</summary>
internal static class RowCaptions
{
    private const string OfRow = "of each row", OfMatrixRow = "of each row of the matrix", OfColumn = "of each column";
    private const string AsColumn = ", as a column", AsRow = ", as a row";

    /// <summary>The words for it.</summary>
    public static string Of(RowSense sense) => sense.Lines switch
    {
        Lines.Columns => OfColumn + (sense.IsKept ? AsRow : ""),
        Lines.RowsOfMatrix => OfMatrixRow + (sense.IsKept ? AsColumn : ""),
        _ => OfRow + (sense.IsKept ? AsColumn : ""),
    };

    /// <summary>What the words below a brace mean, or nothing.</summary>
    public static RowSense Find(Expression note) =>
        (note switch { Words words => words.Value, Symbol symbol => symbol.Letter, _ => null }) switch
        {
            OfRow => new(Lines.Rows, IsKept: false),
            OfRow + AsColumn => new(Lines.Rows, IsKept: true),
            OfMatrixRow => new(Lines.RowsOfMatrix, IsKept: false),
            OfMatrixRow + AsColumn => new(Lines.RowsOfMatrix, IsKept: true),
            OfColumn => new(Lines.Columns, IsKept: false),
            OfColumn + AsRow => new(Lines.Columns, IsKept: true),
            _ => RowSense.None,
        };
}
