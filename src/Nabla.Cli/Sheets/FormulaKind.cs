using Nabla.Formulas;
using Nabla.Formulas.Spreadsheets;
using Nabla.Formulas.Spreadsheets.Graphs;

namespace Nabla.Cli.Sheets;

/// <summary>Any formula, step by step.</summary>
internal static class FormulaKind
{
    /// <summary>The name in the document, and of the file.</summary>
    public const string Name = "formula";

    public static Workbook Build(string formula, SheetRequest request) =>
        FormulaSheet.Build(Formula.Parse(formula), request.Given);
}
