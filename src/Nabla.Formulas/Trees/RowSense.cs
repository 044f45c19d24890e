namespace Nabla.Formulas.Trees;

/// <summary>
/// What a program's setting dim=-1 makes of a function of lists: of a matrix it is taken of each row. Of a vector it
/// says nothing new.
/// </summary>
public enum RowSense
{
    /// <summary>Nothing is said: of all entries.</summary>
    None,

    /// <summary>Of each row, <c>A.mean(dim=-1)</c>; one number for each row.</summary>
    Taken,

    /// <summary>The same, each number in a row of its own, <c>A.mean(dim=-1, keepdim=True)</c>.</summary>
    Kept,
}
