using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Nabla.Formulas.Spreadsheets.Xlsx;

/// <summary>
/// Writes a workbook as an .xlsx file (ISO/IEC 29500-1, SpreadsheetML): a ZIP archive of a few XML parts. Nothing in it
/// depends on the clock, so that the same workbook gives the same bytes.
/// </summary>
internal static class XlsxWriter
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private const string Documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006/";
    private const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private static readonly XmlWriterSettings Settings =
        new() { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize };

    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(Stream stream, Workbook workbook)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var styles = new StyleTable();
        int count = workbook.Sheets.Count;
        Part(archive, "[Content_Types].xml", xml => ContentTypes(xml, count));
        Part(archive, "_rels/.rels", xml => Relationships(xml, [("officeDocument", "xl/workbook.xml")]));
        Part(archive, "xl/workbook.xml", xml => Sheets(xml, workbook));
        Part(archive, "xl/_rels/workbook.xml.rels", xml => Relationships(xml,
        [
            .. Enumerable.Range(1, count).Select(i => ("worksheet", $"worksheets/sheet{i}.xml")),
            ("styles", "styles.xml"),
        ]));
        for (int i = 0; i < count; i++)
        {
            var writer = new SheetXml(workbook.Sheets[i], styles) { IsFirst = i == 0 };
            Part(archive, $"xl/worksheets/sheet{i + 1}.xml", writer.Write);
        }
        Part(archive, "xl/styles.xml", styles.Write);
    }

    private static void Part(ZipArchive archive, string name, Action<XmlWriter> write)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Timeless;
        using Stream to = entry.Open();
        using var xml = XmlWriter.Create(to, Settings);
        xml.WriteStartDocument(standalone: true);
        write(xml);
    }

    private static void ContentTypes(XmlWriter xml, int sheets)
    {
        xml.WriteStartElement("Types", Packages + "content-types");
        Default("rels", "application/vnd.openxmlformats-package.relationships+xml");
        Default("xml", "application/xml");
        Override("/xl/workbook.xml", "sheet.main+xml");
        for (int i = 1; i <= sheets; i++)
            Override($"/xl/worksheets/sheet{i}.xml", "worksheet+xml");
        Override("/xl/styles.xml", "styles+xml");
        xml.WriteEndElement();

        void Default(string extension, string type) =>
            xml.Empty("Default", ("Extension", extension), ("ContentType", type));
        void Override(string part, string type) =>
            xml.Empty("Override", ("PartName", part), ("ContentType", ContentType + type));
    }

    private static void Relationships(XmlWriter xml, IReadOnlyList<(string Type, string Target)> targets)
    {
        xml.WriteStartElement("Relationships", Packages + "relationships");
        for (int i = 0; i < targets.Count; i++)
            xml.Empty("Relationship",
                ("Id", $"rId{i + 1}"), ("Type", $"{Documents}/{targets[i].Type}"), ("Target", targets[i].Target));
        xml.WriteEndElement();
    }

    private static void Sheets(XmlWriter xml, Workbook workbook)
    {
        xml.WriteStartElement("workbook", Main);
        xml.WriteAttributeString("xmlns", "r", null, Documents);
        xml.WriteStartElement("sheets");
        for (int i = 0; i < workbook.Sheets.Count; i++)
        {
            xml.WriteStartElement("sheet");
            xml.Attribute("name", workbook.Sheets[i].Name);
            xml.Attribute("sheetId", $"{i + 1}");
            xml.WriteAttributeString("r", "id", Documents, $"rId{i + 1}");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.Empty("calcPr", ("calcId", "191029"), ("fullCalcOnLoad", "1"));
        xml.WriteEndElement();
    }
}
