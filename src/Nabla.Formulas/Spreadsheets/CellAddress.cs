using System.Globalization;

namespace Nabla.Formulas.Spreadsheets;

/// <summary>Where a cell is on its sheet, both counted from 0: row 4, column 1 is <c>B5</c>.</summary>
/// <param name="Row">The row.</param>
/// <param name="Column">The column.</param>
public readonly record struct CellAddress(int Row, int Column)
{
    /// <summary>The rows that a sheet has in Excel and LibreOffice.</summary>
    public const int MostRows = 1 << 20;

    /// <summary>The columns that a sheet has in Excel and LibreOffice.</summary>
    public const int MostColumns = 1 << 14;

    /// <summary>As people write it, <c>B5</c>.</summary>
    public override string ToString() => Text(Anchor.None);

    /// <summary>With $ before what stays when the formula is copied to another cell.</summary>
    internal string Text(Anchor anchor)
    {
        string column = anchor is Anchor.Column or Anchor.Both ? "$" : "";
        string row = anchor is Anchor.Row or Anchor.Both ? "$" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{column}{ColumnName(Column)}{row}{Row + 1}");
    }

    /// <summary>A, B, …, Z, AA, …</summary>
    internal static string ColumnName(int column)
    {
        string name = "";
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
            name = (char)('A' + (rest - 1) % 26) + name;
        return name;
    }
}

/// <summary>What of an address stays when its formula is copied.</summary>
internal enum Anchor
{
    None,
    Row,
    Column,
    Both,
}
