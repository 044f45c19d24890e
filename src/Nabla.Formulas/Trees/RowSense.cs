namespace Nabla.Formulas.Trees;

/// <summary>
/// What a program's setting dim=-1 makes of a function of lists: of a matrix it is taken of each row. Of a vector it
/// says nothing new. With dim=0 it is taken of each column.
/// </summary>
public enum RowSense
{
    /// <summary>Nothing is said: of all entries.</summary>
    None,

    /// <summary>Of each row, <c>A.mean(dim=-1)</c>; one number for each row.</summary>
    Taken,

    /// <summary>The same, each number in a row of its own, <c>A.mean(dim=-1, keepdim=True)</c>.</summary>
    Kept,

    /// <summary>Of each row of a matrix, and of nothing else: <c>A.mean(dim=1)</c>.</summary>
    OfMatrix,

    /// <summary>The same, each number in a row of its own.</summary>
    OfMatrixKept,

    /// <summary>Of each column, <c>A.mean(dim=0)</c>; of a vector of all its entries.</summary>
    Columns,

    /// <summary>The same, the numbers in one row.</summary>
    ColumnsKept,
}

/// <summary>What is said of rows and columns below a brace, so that it can be read again.</summary>
internal static class RowCaptions
{
    private static readonly (RowSense Sense, string Caption)[] All =
    [
        (RowSense.Taken, "of each row"),
        (RowSense.Kept, "of each row, as a column"),
        (RowSense.Columns, "of each column"),
        (RowSense.ColumnsKept, "of each column, as a row"),
        (RowSense.OfMatrix, "of each row"),
        (RowSense.OfMatrixKept, "of each row, as a column"),
    ];

    /// <summary>The words for it.</summary>
    public static string Of(RowSense sense) => Array.Find(All, one => one.Sense == sense).Caption;

    /// <summary>What the words below a brace mean, or nothing.</summary>
    public static RowSense Find(Expression note)
    {
        string? said = note switch { Words words => words.Value, Symbol symbol => symbol.Letter, _ => null };
        return Array.Find(All, one => one.Caption == said).Sense;
    }
}
