using System.Globalization;
using DocumentFormat.OpenXml;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Spreadsheets.Layout;
using X = DocumentFormat.OpenXml.Spreadsheet;

namespace Nabla.Formulas.Spreadsheets.Xlsx;

/// <summary>Writes one sheet, a row at a time. The elements stand in the order that the schema asks for.</summary>
internal sealed class SheetWriter(Sheet sheet, StyleTable styles)
{
    private const double UsualWidth = 10.5, UsualHeight = 15;
    private const int LongestHintTitle = 32, LongestHint = 255;

    // What is larger is printed on several pages; it could not be read on one.
    private const int ColumnsOfPage = 40, RowsOfPage = 80;

    /// <summary>Whether it is the sheet that one sees first.</summary>
    public bool IsFirst { get; init; }

    public void Write(OpenXmlWriter xml)
    {
        xml.WriteStartElement(new X.Worksheet());
        xml.WriteElement(new X.SheetProperties(new X.PageSetupProperties { FitToPage = true }));
        xml.WriteElement(new X.SheetViews(View()));
        xml.WriteElement(new X.SheetFormatProperties
        {
            DefaultColumnWidth = UsualWidth,
            DefaultRowHeight = UsualHeight,
        });
        xml.WriteElement(new X.Columns(Columns()));
        xml.WriteStartElement(new X.SheetData());
        foreach (var row in sheet.Cells.GroupBy(cell => cell.Key.Row).OrderBy(row => row.Key))
            xml.WriteElement(Row(row.Key, row.OrderBy(cell => cell.Key.Column)));
        xml.WriteEndElement();
        foreach (X.ConditionalFormatting shade in sheet.Shades.Select(Shaded))
            xml.WriteElement(shade);
        if (sheet.Hints.Count > 0)
            xml.WriteElement(new X.DataValidations(sheet.Hints.Select(Hinted)) { Count = (uint)sheet.Hints.Count });
        xml.WriteElement(new X.PageMargins
        {
            Left = 0.4,
            Right = 0.4,
            Top = 0.4,
            Bottom = 0.4,
            Header = 0.2,
            Footer = 0.2,
        });
        xml.WriteElement(new X.PageSetup
        {
            Orientation = X.OrientationValues.Landscape,
            FitToWidth = (uint)(1 + sheet.Cells.Keys.Max(at => at.Column) / ColumnsOfPage),
            FitToHeight = sheet.Cells.Keys.Max(at => at.Row) < RowsOfPage ? 1u : 0u,
        });
        xml.WriteEndElement();
    }

    private X.SheetView View()
    {
        var view = new X.SheetView { ShowGridLines = false, WorkbookViewId = 0 };
        if (IsFirst)
            view.TabSelected = true;
        if (sheet.FrozenRows > 0)
            view.Append(new X.Pane
            {
                VerticalSplit = sheet.FrozenRows,
                TopLeftCell = new CellAddress(sheet.FrozenRows, 0).ToString(),
                ActivePane = X.PaneValues.BottomLeft,
                State = X.PaneStateValues.Frozen,
            });
        return view;
    }

    private IEnumerable<X.Column> Columns()
    {
        uint count = (uint)sheet.Cells.Keys.Max(at => at.Column) + 1;
        for (uint column = 1; column <= count; column++)
            yield return new X.Column
            {
                Min = column,
                Max = column,
                Width = sheet.Widths.GetValueOrDefault((int)column - 1, UsualWidth),
                CustomWidth = true,
            };
    }

    private X.Row Row(int index, IEnumerable<KeyValuePair<CellAddress, Cell>> cells)
    {
        var row = new X.Row(cells.Select(cell => Written(cell.Key, cell.Value))) { RowIndex = (uint)index + 1 };
        if (sheet.Heights.TryGetValue(index, out double height))
            (row.Height, row.CustomHeight) = (height, true);
        return row;
    }

    private X.Cell Written(CellAddress at, Cell cell)
    {
        var written = new X.Cell { CellReference = at.ToString(), StyleIndex = styles.IndexOf(cell.Style) };
        if (cell.Formula is not null)
            written.CellFormula = new X.CellFormula(XlsxWriter.Sayable(cell.Formula));
        if (cell.Value.Text is { } text && (text.Length > 0 || cell.Formula is not null))
            Say(written, XlsxWriter.Sayable(text));
        else if (double.IsFinite(cell.Value.Number))
            written.CellValue = new X.CellValue(cell.Value.Number);
        return written;
    }

    private static void Say(X.Cell cell, string text)
    {
        if (cell.CellFormula is not null)
            (cell.DataType, cell.CellValue) = (X.CellValues.String, new X.CellValue(text));
        else
            (cell.DataType, cell.InlineString) = (X.CellValues.InlineString, new X.InlineString(
                new X.Text(text) { Space = SpaceProcessingModeValues.Preserve }));
    }

    private static X.ConditionalFormatting Shaded((string Range, Shade Shade) shaded, int index)
    {
        X.ConditionalFormattingRule rule = shaded.Shade == Shade.Masked ? Masked() : Coloured(shaded.Shade);
        rule.Priority = index + 1;
        return new(rule) { SequenceOfReferences = Ranges(shaded.Range) };
    }

    private static X.ConditionalFormattingRule Masked() =>
        new(new X.Formula(CellFormulas.MinusInfinity + "/10"))
        {
            Type = X.ConditionalFormatValues.CellIs,
            Operator = X.ConditionalFormattingOperatorValues.LessThan,
            FormatId = StyleTable.MaskedFormat,
        };

    private static X.ConditionalFormattingRule Coloured(Shade shade)
    {
        bool isSigned = shade == Shade.Signed;
        var scale = new X.ColorScale();
        if (isSigned)
            scale.Append(Bound(X.ConditionalFormatValueObjectValues.Min));
        scale.Append(Bound(X.ConditionalFormatValueObjectValues.Number, "0"));
        scale.Append(Bound(X.ConditionalFormatValueObjectValues.Max));
        foreach (string colour in (string[])(isSigned
            ? [Palette.Negative, Palette.Zero, Palette.Positive] : [Palette.Zero, Palette.Share]))
            scale.Append(new X.Color { Rgb = Palette.Opaque(colour) });
        return new(scale) { Type = X.ConditionalFormatValues.ColorScale };
    }

    private static X.ConditionalFormatValueObject Bound(
        X.ConditionalFormatValueObjectValues type, string? value = null) => new() { Type = type, Val = value };

    private static X.DataValidation Hinted(Hint hint)
    {
        var shown = new X.DataValidation
        {
            AllowBlank = true,
            ShowInputMessage = true,
            SequenceOfReferences = Ranges(hint.Range),
            PromptTitle = Cut(hint.Title, LongestHintTitle),
            Prompt = Cut(hint.Text, LongestHint),
        };
        if (hint.Most is not { } most)
            return shown;
        shown.Append(new X.Formula1(most.ToString("R", CultureInfo.InvariantCulture)));
        shown.Type = X.DataValidationValues.Decimal;
        shown.Operator = X.DataValidationOperatorValues.LessThanOrEqual;
        shown.ShowErrorMessage = true;
        return shown;
    }

    private static ListValue<StringValue> Ranges(string range) => new([range]);

    private static string Cut(string text, int longest)
    {
        string said = XlsxWriter.Sayable(text);
        return Shortened.To(said, longest);
    }
}
