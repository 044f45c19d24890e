using System.Globalization;
using System.Xml;

namespace Nabla.Formulas.Spreadsheets.Xlsx;

/// <summary>Writes one sheet. The elements stand in the order that the schema asks for.</summary>
internal sealed class SheetXml(Sheet sheet, StyleTable styles)
{
    private const double UsualWidth = 10.5, UsualHeight = 15;
    private const int LongestHintTitle = 32, LongestHint = 255;

    /// <summary>Whether it is the sheet that one sees first.</summary>
    public bool IsFirst { get; init; }

    public void Write(XmlWriter xml)
    {
        xml.WriteStartElement("worksheet", XlsxWriter.Main);
        xml.WriteStartElement("sheetPr");
        xml.Empty("pageSetUpPr", ("fitToPage", "1"));
        xml.WriteEndElement();
        View(xml);
        xml.Empty("sheetFormatPr", ("defaultColWidth", Text(UsualWidth)), ("defaultRowHeight", Text(UsualHeight)));
        Columns(xml);
        Rows(xml);
        Shades(xml);
        Hints(xml);
        xml.Empty("pageMargins", ("left", "0.4"), ("right", "0.4"), ("top", "0.4"), ("bottom", "0.4"),
            ("header", "0.2"), ("footer", "0.2"));
        xml.Empty("pageSetup", ("orientation", "landscape"), ("fitToHeight", "0"));
        xml.WriteEndElement();
    }

    private void View(XmlWriter xml)
    {
        xml.WriteStartElement("sheetViews");
        xml.WriteStartElement("sheetView");
        xml.Attribute("showGridLines", "0");
        if (IsFirst)
            xml.Attribute("tabSelected", "1");
        xml.Attribute("workbookViewId", "0");
        if (sheet.FrozenRows > 0)
            xml.Empty("pane", ("ySplit", Text(sheet.FrozenRows)),
                ("topLeftCell", new CellAddress(sheet.FrozenRows, 0).ToString()), ("activePane", "bottomLeft"),
                ("state", "frozen"));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Columns(XmlWriter xml)
    {
        int last = sheet.Cells.Keys.Max(at => at.Column);
        xml.WriteStartElement("cols");
        for (int column = 0; column <= last; column++)
        {
            string number = Text(column + 1), width = Text(sheet.Widths.GetValueOrDefault(column, UsualWidth));
            xml.Empty("col", ("min", number), ("max", number), ("width", width), ("customWidth", "1"));
        }
        xml.WriteEndElement();
    }

    private void Rows(XmlWriter xml)
    {
        xml.WriteStartElement("sheetData");
        foreach (var row in sheet.Cells.GroupBy(cell => cell.Key.Row).OrderBy(row => row.Key))
        {
            xml.WriteStartElement("row");
            xml.Attribute("r", Text(row.Key + 1));
            if (sheet.Heights.TryGetValue(row.Key, out double height))
            {
                xml.Attribute("ht", Text(height));
                xml.Attribute("customHeight", "1");
            }
            foreach ((CellAddress at, Cell cell) in row.OrderBy(cell => cell.Key.Column))
                Write(xml, at, cell);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private void Write(XmlWriter xml, CellAddress at, Cell cell)
    {
        xml.WriteStartElement("c");
        xml.Attribute("r", at.ToString());
        xml.Attribute("s", Text(styles.IndexOf(cell.Style)));
        if (cell.Formula is not null)
            Computed(xml, cell.Formula, cell.Value);
        else if (cell.Value.Text is { Length: > 0 } text)
            Given(xml, text);
        else if (double.IsFinite(cell.Value.Number))
            xml.WriteElementString("v", Text(cell.Value.Number));
        xml.WriteEndElement();
    }

    private void Computed(XmlWriter xml, string formula, CellValue value)
    {
        if (value.Text is not null)
            xml.Attribute("t", "str");
        xml.WriteElementString("f", XmlParts.Sayable(formula));
        if (value.Text is not null)
            xml.WriteElementString("v", XmlParts.Sayable(value.Text));
        else if (double.IsFinite(value.Number))
            xml.WriteElementString("v", Text(value.Number));
    }

    private static void Given(XmlWriter xml, string text)
    {
        xml.Attribute("t", "inlineStr");
        xml.WriteStartElement("is");
        xml.WriteStartElement("t");
        xml.Text(text);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Shades(XmlWriter xml)
    {
        for (int i = 0; i < sheet.Shades.Count; i++)
        {
            (string range, Shade shade) = sheet.Shades[i];
            xml.WriteStartElement("conditionalFormatting");
            xml.Attribute("sqref", range);
            xml.WriteStartElement("cfRule");
            xml.Attribute("type", "colorScale");
            xml.Attribute("priority", Text(i + 1));
            xml.WriteStartElement("colorScale");
            if (shade == Shade.Signed)
                xml.Empty("cfvo", ("type", "min"));
            xml.Empty("cfvo", ("type", "num"), ("val", "0"));
            xml.Empty("cfvo", ("type", "max"));
            foreach (string colour in shade == Shade.Signed
                ? new[] { Palette.Negative, Palette.Zero, Palette.Positive } : [Palette.Zero, Palette.Share])
                xml.Empty("color", ("rgb", Palette.Opaque(colour)));
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
    }

    private void Hints(XmlWriter xml)
    {
        if (sheet.Hints.Count == 0)
            return;
        xml.WriteStartElement("dataValidations");
        xml.Attribute("count", Text(sheet.Hints.Count));
        foreach (Hint hint in sheet.Hints)
            xml.Empty("dataValidation", ("allowBlank", "1"), ("showInputMessage", "1"), ("sqref", hint.Range),
                ("promptTitle", Cut(hint.Title, LongestHintTitle)), ("prompt", Cut(hint.Text, LongestHint)));
        xml.WriteEndElement();
    }

    private static string Cut(string text, int longest)
    {
        string said = XmlParts.Sayable(text);
        return said.Length <= longest ? said : said[..(longest - 1)] + "…";
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
