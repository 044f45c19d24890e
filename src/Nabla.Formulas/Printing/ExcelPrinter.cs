using System.Globalization;
using System.Text;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing.Programs;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing;

/// <summary>
/// The cells of a spreadsheet that computes itself, one a line: <c>A1: w</c>, <c>B1: 0.4</c>, …, and last the formula,
/// <c>B9: =SUMPRODUCT(B1:B3,B4:B6)+B7</c>. A formula in braces, <c>B9:B10: {=MMULT(…)}</c>, is entered over its cells
/// with Ctrl+Shift+Enter.
/// </summary>
public sealed class ExcelPrinter : OutputLanguage
{
    private const int LongestFormula = 8192; // Excel takes no longer one

    /// <inheritdoc/>
    public override string Name => "excel";

    /// <inheritdoc/>
    public override string Summary => "the cells of a spreadsheet, one a line";

    /// <inheritdoc/>
    public override string Print(Expression tree, PrintOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var dialect = new ExcelDialect(options);
        FormulaProgram program = FormulaProgram.Of(tree, dialect, options);
        var text = new StringBuilder();
        foreach ((string name, int row, Term term) in dialect.Symbols)
        {
            Line(text, ExcelDialect.Cell(row, 1), Harmless(name));
            NumberArray? value = options.Bindings is { } bindings
                && bindings.TryGet(name, out NumberArray bound) ? bound : null;
            Numbers(text, row, term.Sizes ?? [], value);
        }
        int first = dialect.NextRow + 1;
        Line(text, ExcelDialect.Cell(first, 1), Harmless(program.Name));
        Result(text, program.Body, first, 2);
        return text.ToString();
    }

    private static void Numbers(StringBuilder text, int row, int[] sizes, NumberArray? value)
    {
        int rows = sizes.Length > 0 ? sizes[0] : 1, columns = sizes.Length > 1 ? sizes[1] : 1;
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                Line(text, ExcelDialect.Cell(row + i, 2 + j),
                    value is null ? "" : value.Values[i * columns + j].ToString("R", CultureInfo.InvariantCulture));
    }

    private static void Result(StringBuilder text, Term body, int row, int column)
    {
        if (body.Items is { } items)
        {
            for (int i = 0; i < items.Count; i++)
                if (items[i].Rank == 1 && items[i].Items is { } cells)
                    for (int j = 0; j < cells.Count; j++)
                        Result(text, cells[j], row + i, column + j);
                else if (items[i].Rank == 1)
                    Write(text, items[i] with { Text = $"TRANSPOSE({items[i].Text})" }, (row + i, column),
                        (row + i, column + items[i].Sizes![0] - 1));
                else
                    Result(text, items[i], row + i, column);
            return;
        }
        int[] sizes = body.Sizes ?? [];
        int rows = sizes.Length > 0 ? sizes[0] : 1, columns = sizes.Length > 1 ? sizes[1] : 1;
        Write(text, body, (row, column), (row + rows - 1, column + columns - 1));
    }

    private static void Write(StringBuilder text, Term body, (int Row, int Column) from, (int Row, int Column) to)
    {
        string first = ExcelDialect.Cell(from.Row, from.Column), last = ExcelDialect.Cell(to.Row, to.Column);
        if (body.Text.Length > LongestFormula)
            throw new FormulaException(
                $"the formula of {first} has {body.Text.Length} characters, and a spreadsheet takes at most "
                + $"{LongestFormula}; give smaller lists or ranges, or use nabla sheet.");
        bool isArray = first != last || body.Text.Contains(':', StringComparison.Ordinal)
            || body.Text.Contains('{', StringComparison.Ordinal);
        Line(text, first == last ? first : $"{first}:{last}", isArray ? $"{{={body.Text}}}" : $"={body.Text}");
    }

    // A name that begins as formulas do would be computed; behind an apostrophe everything is text.
    private static string Harmless(string name) =>
        name.Length > 0 && (name[0] is '=' or '+' or '-' or '−' or '@' || char.IsControl(name[0])) ? "'" + name : name;

    private static void Line(StringBuilder text, string cell, string content) =>
        text.Append(cell).Append(": ").Append(content).Append('\n');
}
