using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;

namespace Nabla.Cli.Tests.Sheets;

/// <summary>An .xlsx file: the little that the tests need of the format.</summary>
internal static class XlsxFile
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>What each cell with a formula shows, by sheet and address: a number or a text.</summary>
    public static Dictionary<string, (object Value, string Formula)> Computed(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        string[] shared = archive.GetEntry("xl/sharedStrings.xml") is { } entry
            ? [.. Xml(entry).Root!.Elements(Main + "si").Select(Text)] : [];
        var all = new Dictionary<string, (object, string)>(StringComparer.Ordinal);
        XElement[] sheets = [.. Xml(archive.GetEntry("xl/workbook.xml")!).Descendants(Main + "sheet")];
        for (int i = 0; i < sheets.Length; i++)
            foreach (XElement cell in Xml(archive.GetEntry(SheetName(i))!).Descendants(Main + "c"))
                if (cell.Element(Main + "f") is { } formula)
                    all[$"{sheets[i].Attribute("name")!.Value}!{cell.Attribute("r")!.Value}"] =
                        (Value(cell, shared), formula.Value);
        return all;
    }

    /// <summary>Types into the cells without formulas what another file has there.</summary>
    public static void Type(string path, string like)
    {
        using ZipArchive from = ZipFile.OpenRead(like);
        Edit(path, (sheet, i) =>
        {
            Dictionary<string, XElement> asked = Xml(from.GetEntry(SheetName(i))!).Descendants(Main + "c")
                .Where(cell => cell.Element(Main + "f") is null)
                .ToDictionary(cell => cell.Attribute("r")!.Value, StringComparer.Ordinal);
            foreach (XElement cell in sheet.Descendants(Main + "c").Where(cell => cell.Element(Main + "f") is null))
                if (asked.TryGetValue(cell.Attribute("r")!.Value, out XElement? other) && other.HasElements)
                    cell.ReplaceNodes(other.Nodes());
        });
    }

    /// <summary>Takes out what the cells with formulas show.</summary>
    public static void Forget(string path) => Edit(path, (sheet, _) => sheet.Descendants(Main + "c")
        .Where(cell => cell.Element(Main + "f") is not null).Elements(Main + "v").Remove());

    private static void Edit(string path, Action<XDocument, int> change)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Update);
        for (int i = 0; archive.GetEntry(SheetName(i)) is { } entry; i++)
        {
            XDocument sheet = Xml(entry);
            change(sheet, i);
            entry.Delete();
            using Stream stream = archive.CreateEntry(SheetName(i)).Open();
            sheet.Save(stream, SaveOptions.DisableFormatting);
        }
    }

    private static string SheetName(int index) => $"xl/worksheets/sheet{index + 1}.xml";

    private static object Value(XElement cell, string[] shared)
    {
        string value = cell.Element(Main + "v")?.Value ?? "";
        return cell.Attribute("t")?.Value switch
        {
            "s" => shared[int.Parse(value, CultureInfo.InvariantCulture)],
            "str" or "e" => value,
            _ when value.Length == 0 => "",
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
