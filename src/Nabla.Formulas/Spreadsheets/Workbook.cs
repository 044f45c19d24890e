using Nabla.Formulas.Spreadsheets.Xlsx;

namespace Nabla.Formulas.Spreadsheets;

/// <summary>
/// A spreadsheet that computes itself: its cells hold formulas for Excel and LibreOffice, and beside each the number
/// that Nabla has computed. No function is used that Excel 2007 lacks.
/// </summary>
/// <param name="title">What it is about.</param>
public sealed class Workbook(string title)
{
    private readonly List<Sheet> sheets = [];
    private readonly List<WorkbookResult> results = [];

    /// <summary>What it is about.</summary>
    public string Title => title;

    /// <summary>Its sheets, in the order of their tabs.</summary>
    public IReadOnlyList<Sheet> Sheets => sheets;

    /// <summary>The numbers one wants to see first, and where they are.</summary>
    public IReadOnlyList<WorkbookResult> Results => results;

    /// <summary>Cells that compute themselves.</summary>
    public int FormulaCount => sheets.Sum(sheet => sheet.Cells.Values.Count(cell => cell.Formula is not null));

    /// <summary>
    /// Writes it as a file of Excel, <c>.xlsx</c> (ISO 29500). The same workbook gives the same bytes.
    /// </summary>
    /// <param name="stream">Where to; it need not be seekable and stays open.</param>
    public void Write(Stream stream) => XlsxWriter.Write(stream, this);

    internal Sheet Add(string name)
    {
        if (sheets.Exists(sheet => sheet.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"Workbook: there is a sheet '{name}' already.", nameof(name));
        var sheet = new Sheet(name);
        sheets.Add(sheet);
        return sheet;
    }

    internal void AddResult(WorkbookResult result) => results.Add(result);
}

/// <summary>A number or a text that a workbook is about.</summary>
/// <param name="Name">What it is: <c>probability of rain</c>.</param>
/// <param name="Sheet">The sheet on which it is.</param>
/// <param name="Cell">The cell in which it is.</param>
/// <param name="Value">What Nabla has computed.</param>
public sealed record WorkbookResult(string Name, string Sheet, CellAddress Cell, CellValue Value);
