using System.Buffers;

namespace Nabla.Formulas.Spreadsheets;

/// <summary>A sheet of a workbook.</summary>
public sealed class Sheet
{
    /// <summary>The longest name that Excel takes.</summary>
    internal const int LongestName = 31;

    /// <summary>The most characters of a formula in a cell.</summary>
    internal const int LongestFormula = 8192;

    private const int LongestText = 32_767;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("[]:*?/\\'");

    private readonly Dictionary<CellAddress, Cell> cells = [];

    internal Sheet(string name)
    {
        if (name.Length is 0 or > LongestName || name.AsSpan().ContainsAny(Forbidden))
            throw new ArgumentException(
                $"Sheet: '{name}' is no name for a sheet; it takes 1 to {LongestName} characters without []:*?/\\'.",
                nameof(name));
        Name = name;
    }

    /// <summary>Its name, as on its tab.</summary>
    public string Name { get; }

    /// <summary>The cells that hold something.</summary>
    public IReadOnlyDictionary<CellAddress, Cell> Cells => cells;

    /// <summary>What stands before an address when another sheet refers to a cell of this one.</summary>
    internal string Prefix => $"'{Name}'!";

    /// <summary>Rows at the top that stay when one scrolls.</summary>
    internal int FrozenRows { get; set; }

    /// <summary>Widths of columns that are not as wide as usual, in characters.</summary>
    internal SortedDictionary<int, double> Widths { get; } = [];

    /// <summary>Heights of rows that are not as high as usual, in points.</summary>
    internal Dictionary<int, double> Heights { get; } = [];

    /// <summary>Ranges whose colours say how large the numbers are.</summary>
    internal List<(string Range, Shade Shade)> Shades { get; } = [];

    /// <summary>What is shown beside a cell when one goes there.</summary>
    internal List<Hint> Hints { get; } = [];

    internal void Set(CellAddress at, Cell cell)
    {
        if ((uint)at.Row >= CellAddress.MostRows || (uint)at.Column >= CellAddress.MostColumns)
            throw new ArgumentException(
                $"Sheet '{Name}': row {at.Row + 1}, column {at.Column + 1} is outside of a sheet, which has "
                + $"{CellAddress.MostRows} rows and {CellAddress.MostColumns} columns. Use smaller sizes.");
        if (cell.Formula?.Length > LongestFormula || cell.Value.Text?.Length > LongestText)
            throw new ArgumentException(
                $"Sheet '{Name}': what {at} holds is longer than a cell can be. Use smaller sizes.");
        cells[at] = cell;
    }
}

/// <summary>How colours say how large the numbers of a range are.</summary>
internal enum Shade
{
    /// <summary>They do not.</summary>
    None,

    /// <summary>Red below 0, white at 0, blue above.</summary>
    Signed,

    /// <summary>From white at 0 to green.</summary>
    Share,

    /// <summary>No colours, but −∞ for what a mask has put out of reach.</summary>
    Masked,
}

/// <summary>What is shown beside the cells of a range when one goes there.</summary>
/// <param name="Range">The range.</param>
/// <param name="Title">In bold, 32 characters at most.</param>
/// <param name="Text">The text, 255 characters at most.</param>
internal sealed record Hint(string Range, string Title, string Text)
{
    /// <summary>The largest number that may be typed; null if any.</summary>
    public double? Most { get; init; }
}
