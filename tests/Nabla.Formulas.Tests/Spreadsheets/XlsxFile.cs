using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Nabla.Formulas.Spreadsheets;

namespace Nabla.Formulas.Tests.Spreadsheets;

/// <summary>Reads what the cells of an .xlsx file show: the little that the tests need of the format.</summary>
internal static class XlsxFile
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>For each sheet in order what its cells show, by address.</summary>
    public static IReadOnlyList<Dictionary<string, CellValue>> Read(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        string[] shared = archive.GetEntry("xl/sharedStrings.xml") is { } entry
            ? [.. Xml(entry).Root!.Elements(Main + "si").Select(Text)] : [];
        int count = Xml(archive.GetEntry("xl/workbook.xml")!).Descendants(Main + "sheet").Count();
        return [.. Enumerable.Range(1, count).Select(i => Cells(Xml(archive.GetEntry($"xl/worksheets/sheet{i}.xml")!), shared))];
    }

    private static Dictionary<string, CellValue> Cells(XDocument sheet, string[] shared) =>
        sheet.Descendants(Main + "c").Where(cell => cell.Element(Main + "v") is not null || cell.Element(Main + "is") is not null)
            .ToDictionary(cell => cell.Attribute("r")!.Value, cell => Value(cell, shared), StringComparer.Ordinal);

    private static CellValue Value(XElement cell, string[] shared)
    {
        string value = cell.Element(Main + "v")?.Value ?? "";
        return cell.Attribute("t")?.Value switch
        {
            "s" => shared[int.Parse(value, CultureInfo.InvariantCulture)],
            "inlineStr" => Text(cell.Element(Main + "is")!),
            "str" or "e" => value,
            _ => double.Parse(value, CultureInfo.InvariantCulture),
        };
    }

    private static string Text(XElement element) => string.Concat(element.Descendants(Main + "t").Select(t => t.Value));

    private static XDocument Xml(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        return XDocument.Load(stream, LoadOptions.PreserveWhitespace);
    }
}
