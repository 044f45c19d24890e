using System.Globalization;
using System.Xml;

namespace Nabla.Formulas.Spreadsheets.Xlsx;

/// <summary>The styles that a workbook uses, each with the number under which its cells name it.</summary>
internal sealed class StyleTable
{
    private const int FirstOwnFormat = 164; // those below are Excel's own

    private readonly List<CellStyle> styles = [];
    private readonly Dictionary<CellStyle, int> indices = [];

    /// <summary>The number of a style; 0 is the one of cells that nobody wrote.</summary>
    public int IndexOf(CellStyle style)
    {
        if (!indices.TryGetValue(style, out int index))
        {
            styles.Add(style);
            indices[style] = index = styles.Count;
        }
        return index;
    }

    public void Write(XmlWriter xml)
    {
        Look[] looks = [.. styles.Select(style => Palette.Of(style.Role))];
        string[] formats = [.. styles.Select(style => style.Format).Where(format => format != CellStyle.General)
            .Distinct(StringComparer.Ordinal)];
        xml.WriteStartElement("styleSheet", XlsxWriter.Main);
        if (formats.Length > 0)
            List("numFmts", formats, (format, i) =>
                xml.Empty("numFmt", ("numFmtId", Text(FirstOwnFormat + i)), ("formatCode", format)));
        List("fonts", [new Look("000000"), .. looks], (look, _) => Font(xml, look));
        List("fills", [null, null, .. looks.Select(look => look.Fill)], (fill, i) => Fill(xml, fill, i));
        List("borders", [null, .. looks.Select(look => look.Border)], (border, _) => Border(xml, border));
        List("cellStyleXfs", [0], (_, _) =>
            xml.Empty("xf", ("numFmtId", "0"), ("fontId", "0"), ("fillId", "0"), ("borderId", "0")));
        List("cellXfs", [null, .. styles], (style, i) => Format(xml, style, i, Array.IndexOf(formats, style?.Format)));
        xml.WriteEndElement();

        void List<T>(string name, T[] items, Action<T, int> write)
        {
            xml.WriteStartElement(name);
            xml.Attribute("count", Text(items.Length));
            for (int i = 0; i < items.Length; i++)
                write(items[i], i);
            xml.WriteEndElement();
        }
    }

    private static void Format(XmlWriter xml, CellStyle? style, int index, int format)
    {
        xml.WriteStartElement("xf");
        xml.Attribute("numFmtId", format < 0 ? "0" : Text(FirstOwnFormat + format));
        xml.Attribute("fontId", Text(index));
        xml.Attribute("fillId", Text(index == 0 ? 0 : index + 1));
        xml.Attribute("borderId", Text(index));
        xml.Attribute("xfId", "0");
        if (style is not null)
        {
            foreach (string part in new[] { "NumberFormat", "Font", "Fill", "Border" })
                xml.Attribute("apply" + part, "1");
            Look look = Palette.Of(style.Role);
            xml.Attribute("applyAlignment", "1");
            xml.Empty("alignment", ("horizontal", look.Horizontal ?? "general"), ("vertical", "bottom"),
                ("wrapText", look.Wraps ? "1" : "0"));
        }
        xml.WriteEndElement();
    }

    private static void Font(XmlWriter xml, Look look)
    {
        xml.WriteStartElement("font");
        if (look.IsBold)
            xml.Empty("b");
        if (look.IsUnderlined)
            xml.Empty("u");
        xml.Empty("sz", ("val", Text(look.Size)));
        xml.Empty("color", ("rgb", Palette.Opaque(look.Colour)));
        xml.Empty("name", ("val", look.Font));
        xml.WriteEndElement();
    }

    // The first two patterns are Excel's own.
    private static void Fill(XmlWriter xml, string? colour, int index)
    {
        xml.WriteStartElement("fill");
        xml.WriteStartElement("patternFill");
        xml.Attribute("patternType", colour is not null ? "solid" : index == 1 ? "gray125" : "none");
        if (colour is not null)
            xml.Empty("fgColor", ("rgb", Palette.Opaque(colour)));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Border(XmlWriter xml, string? colour)
    {
        xml.WriteStartElement("border");
        foreach (string side in new[] { "left", "right", "top", "bottom" })
        {
            xml.WriteStartElement(side);
            if (colour is not null)
            {
                xml.Attribute("style", "thin");
                xml.Empty("color", ("rgb", Palette.Opaque(colour)));
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
