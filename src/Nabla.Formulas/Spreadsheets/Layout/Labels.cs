using System.Globalization;
using System.Text;

namespace Nabla.Formulas.Spreadsheets.Layout;

/// <summary>
/// The names of the rows or the columns of a block; they may be formulas, so that they follow what one types.
/// </summary>
internal sealed class Labels
{
    private const string Digits = "₀₁₂₃₄₅₆₇₈₉";

    private readonly IReadOnlyList<(CellValue Value, string? Formula)> labels;

    private Labels(IEnumerable<(CellValue, string?)> labels) => this.labels = [.. labels];

    public int Count => labels.Count;

    public (CellValue Value, string? Formula) this[int index] => labels[index];

    /// <summary>These words.</summary>
    public static Labels Of(params IEnumerable<string> names) =>
        new(names.Select(name => ((CellValue)name, (string?)null)));

    /// <summary>What a block of one column shows.</summary>
    public static Labels From(Block column) =>
        new(Enumerable.Range(0, column.Rows)
            .Select(i => (column.Values[i, 0], (string?)column.At(i, 0, Anchor.Column))));

    /// <summary>q₁, q₂, …</summary>
    public static Labels Numbered(string letter, int count) =>
        Of(Enumerable.Range(1, count).Select(i => letter.Length == 0 ? $"{i}" : letter + Subscript(i)));

    private static string Subscript(int number)
    {
        var text = new StringBuilder();
        foreach (char digit in number.ToString(CultureInfo.InvariantCulture))
            text.Append(Digits[digit - '0']);
        return text.ToString();
    }
}
