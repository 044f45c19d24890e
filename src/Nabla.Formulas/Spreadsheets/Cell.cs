namespace Nabla.Formulas.Spreadsheets;

/// <summary>A cell: what it shows, and the formula that computes it, if one does.</summary>
/// <param name="Value">
/// What it shows; of a formula the value that Nabla has computed, for programs that do not recalculate.
/// </param>
/// <param name="Style">How it looks.</param>
public sealed record Cell(CellValue Value, CellStyle Style)
{
    /// <summary>The formula without its equals sign, or null: <c>SUMPRODUCT($B5:$D5,$B$9:$D$9)</c>.</summary>
    public string? Formula { get; init; }
}

/// <summary>How a cell looks.</summary>
/// <param name="Role">The part that it plays, which decides the colours.</param>
/// <param name="Format">How a number is written, in Excel's language: <c>0.0000</c>.</param>
public sealed record CellStyle(Role Role, string Format = CellStyle.General)
{
    /// <summary>As many digits as there are.</summary>
    public const string General = "General";

    /// <summary>Four decimals.</summary>
    public const string Decimals = "0.0000";

    /// <summary>Six decimals, for what is small.</summary>
    public const string Fine = "0.000000";

    /// <summary>Per cent.</summary>
    public const string Percent = "0.00%";

    /// <summary>Powers of ten.</summary>
    public const string Scientific = "0.000E+00";
}

/// <summary>The part that a cell plays; each has its colours.</summary>
public enum Role
{
    /// <summary>The title of a sheet.</summary>
    Title,

    /// <summary>Words that explain.</summary>
    Note,

    /// <summary>The title of a step.</summary>
    Band,

    /// <summary>The name of a block.</summary>
    Heading,

    /// <summary>The formula of a block, as a book prints it.</summary>
    Formula,

    /// <summary>The name of a row.</summary>
    Label,

    /// <summary>The name of a column, in two lines if it is long.</summary>
    ColumnLabel,

    /// <summary>Data, to be edited.</summary>
    Input,

    /// <summary>What training found, or finds.</summary>
    Weight,

    /// <summary>Computed from other cells.</summary>
    Computed,

    /// <summary>Computed, and what one wanted to know.</summary>
    Result,

    /// <summary>A derivative.</summary>
    Gradient,

    /// <summary>A weight after a step of training.</summary>
    Updated,

    /// <summary>A link to another sheet.</summary>
    Link,
}
