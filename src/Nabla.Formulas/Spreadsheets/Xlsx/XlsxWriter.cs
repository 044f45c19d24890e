using System.IO.Compression;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using X = DocumentFormat.OpenXml.Spreadsheet;

namespace Nabla.Formulas.Spreadsheets.Xlsx;

/// <summary>
/// Writes a workbook as an .xlsx file (ISO/IEC 29500-1, SpreadsheetML). Nothing in it depends on the clock or on
/// chance, so that the same workbook gives the same bytes.
/// </summary>
internal static class XlsxWriter
{
    private const uint CalculatedBy = 191_029; // Excel 2019

    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(Stream stream, Workbook workbook)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook, autoSave: false))
            Write(document, workbook);
        ForgetTheTime(file);
        file.WriteTo(stream);
    }

    private static void Write(SpreadsheetDocument document, Workbook workbook)
    {
        WorkbookPart book = document.AddNewPart<WorkbookPart>(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "rId1");
        var styles = new StyleTable();
        var sheets = new X.Sheets();
        for (int i = 0; i < workbook.Sheets.Count; i++)
        {
            string id = $"rId{i + 1}";
            WorksheetPart part = book.AddNewPart<WorksheetPart>(id);
            using var xml = OpenXmlWriter.Create(part);
            new SheetWriter(workbook.Sheets[i], styles) { IsFirst = i == 0 }.Write(xml);
            sheets.Append(new X.Sheet { Name = workbook.Sheets[i].Name, SheetId = (uint)i + 1, Id = id });
        }
        styles.Build().Save(book.AddNewPart<WorkbookStylesPart>("styles"));
        var calculation = new X.CalculationProperties { CalculationId = CalculatedBy, FullCalculationOnLoad = true };
        new X.Workbook(sheets, calculation).Save(book);
    }

    private static void ForgetTheTime(MemoryStream file)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true);
        foreach (ZipArchiveEntry entry in archive.Entries)
            entry.LastWriteTime = Timeless;
    }

    /// <summary>The text with � for what XML cannot say.</summary>
    public static string Sayable(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
            return text;
        var said = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
            said.Append(rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "�");
        return said.ToString();
    }
}
