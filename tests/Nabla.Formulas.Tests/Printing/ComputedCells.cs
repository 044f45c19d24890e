using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>Printed cells, each formula on a sheet of one workbook that LibreOffice computes.</summary>
internal sealed class ComputedCells
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private readonly List<XElement> sheets = [];
    private readonly IReadOnlyList<string> printed;

    /// <summary>Computes all of them; an empty text is an empty sheet.</summary>
    public ComputedCells(IReadOnlyList<string> printed)
    {
        this.printed = printed;
        string folder = Directory.CreateTempSubdirectory("nabla-excel").FullName;
        try
        {
            Write(Path.Combine(folder, "cases.xlsx"));
            ExternalProgram.Run(Office!, folder, $"-env:UserInstallation=file://{folder}/profile", "--headless",
                "--convert-to", "xlsx", "--outdir", "out", "cases.xlsx");
            using ZipArchive archive = ZipFile.OpenRead(Path.Combine(folder, "out", "cases.xlsx"));
            for (int i = 0; archive.GetEntry($"xl/worksheets/sheet{i + 1}.xml") is { } entry; i++)
                sheets.Add(Xml(entry));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>LibreOffice, or null.</summary>
    public static string? Office { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(place => Path.Combine(place, "soffice")).FirstOrDefault(File.Exists);

    /// <summary>The numbers of the cells with formulas; of an error NaN.</summary>
    public double[] Result(int at)
    {
        string[] cells = [.. Contents(printed[at]).Where(cell => cell.Text.Contains('='))
            .SelectMany(cell => Range(cell.Place))];
        Dictionary<string, string> values = sheets[at].Descendants(Main + "c")
            .ToDictionary(cell => cell.Attribute("r")!.Value, cell => cell.Element(Main + "v")?.Value ?? "",
                StringComparer.Ordinal);
        return [.. cells.Select(cell => double.TryParse(values[cell], CultureInfo.InvariantCulture, out double number)
            ? number : double.NaN)];
    }

    private void Write(string path)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        int count = printed.Count;
        const string relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string package = "http://schemas.openxmlformats.org/package/2006";
        const string kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        IEnumerable<int> numbers = Enumerable.Range(1, count);
        Add(archive, "[Content_Types].xml", $"<Types xmlns=\"{package}/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>"
            + string.Concat(numbers.Select(i =>
                $"<Override PartName=\"/xl/worksheets/sheet{i}.xml\" ContentType=\"{kind}.worksheet+xml\"/>"))
            + "</Types>");
        Add(archive, "_rels/.rels", $"<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"a\" "
            + $"Type=\"{relationships}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        Add(archive, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{relationships}\"><sheets>"
            + string.Concat(numbers.Select(i => $"<sheet name=\"s{i}\" sheetId=\"{i}\" r:id=\"r{i}\"/>"))
            + "</sheets></workbook>");
        Add(archive, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{package}/relationships\">"
            + string.Concat(numbers.Select(i =>
                $"<Relationship Id=\"r{i}\" Type=\"{relationships}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>"))
            + "</Relationships>");
        for (int i = 0; i < count; i++)
        {
            string sheet = Sheet(printed[i]).ToString(SaveOptions.DisableFormatting);
            Add(archive, $"xl/worksheets/sheet{i + 1}.xml", sheet);
        }
    }

    private static void Add(ZipArchive archive, string name, string xml)
    {
        using Stream stream = archive.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(xml));
    }

    private static XElement Sheet(string printed)
    {
        var rows = new SortedDictionary<int, XElement>();
        foreach ((string place, string text) in Contents(printed))
        {
            string[] cells = [.. Range(place)];
            var cell = new XElement(Main + "c", new XAttribute("r", cells[0]));
            if (text.StartsWith("{=", StringComparison.Ordinal))
                cell.Add(new XElement(
                    Main + "f", new XAttribute("t", "array"), new XAttribute("ref", place), text[2..^1]));
            else if (text.StartsWith('='))
                cell.Add(new XElement(Main + "f", text[1..]));
            else if (double.TryParse(text, CultureInfo.InvariantCulture, out _) && cells[0][0] != 'A')
                cell.Add(new XElement(Main + "v", text));
            else
                cell.Add(new XAttribute("t", "inlineStr"), new XElement(Main + "is", new XElement(Main + "t", text)));
            int row = int.Parse(cells[0].TrimStart([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]), CultureInfo.InvariantCulture);
            if (!rows.TryGetValue(row, out XElement? element))
                rows[row] = element = new XElement(Main + "row", new XAttribute("r", row));
            element.Add(cell);
        }
        return new XElement(Main + "worksheet", new XElement(Main + "sheetData", rows.Values));
    }

    /// <summary>The lines <c>CELL: CONTENT</c>.</summary>
    private static IEnumerable<(string Place, string Text)> Contents(string printed) => printed
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(": ", 2))
        .Where(parts => parts.Length == 2 && parts[0].All(letter => char.IsAsciiLetterOrDigit(letter) || letter == ':'))
        .Select(parts => (parts[0], parts[1]));

    private static IEnumerable<string> Range(string place)
    {
        string[] ends = place.Split(':');
        (char column, int row) = (ends[0][0], int.Parse(ends[0].AsSpan(1), CultureInfo.InvariantCulture));
        (char lastColumn, int lastRow) = (ends[^1][0], int.Parse(ends[^1].AsSpan(1), CultureInfo.InvariantCulture));
        for (int i = row; i <= lastRow; i++)
            for (char letter = column; letter <= lastColumn; letter++)
                yield return $"{letter}{i.ToString(CultureInfo.InvariantCulture)}";
    }

    private static XElement Xml(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        return XElement.Load(stream);
    }
}
