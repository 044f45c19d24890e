using System.Globalization;
using System.Text;
using CsvHelper;
using Nabla.Learning.Checkpoints;
using Nabla.Numerics;

namespace Nabla.Learning.Data.Formats;

/// <summary>
/// Tables as text, a line for each row (RFC 4180), parsed by CsvHelper. A column is numeric if all its values are
/// numbers, else categorical.
/// </summary>
/// <example><code>
/// Table t = CsvFile.Parse("x,kind\n1,a\n2.5,b\n");
/// ((NumericColumn)t["x"]).Values[1];           // = 2.5
/// ((CategoricalColumn)t["kind"]).Codes[1];     // = 1
/// </code></example>
public static class CsvFile
{
    private const string Candidates = ",;\t|";

    /// <summary>The table in the file <paramref name="path"/>, in UTF-8, compressed with gzip or not.</summary>
    /// <exception cref="DataException">There is no such file, or it is no table.</exception>
    public static Table Read(string path, CsvOptions? options = null) =>
        Read(() => TextLines.Open(path), path, options ?? new());

    /// <summary>The table in a text; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="DataException">It is no table.</exception>
    public static Table Parse(string text, CsvOptions? options = null, string name = "the text") =>
        Read(() => new StringReader(text), name, options ?? new());

    /// <summary>Writes a table with its header into the file <paramref name="path"/>.</summary>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Write(string path, Table table) => AtomicFile.WriteText(path, Format(table));

    /// <summary>A table as text with its header.</summary>
    public static string Format(Table table)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var writer = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            foreach (Column column in table.Columns)
                writer.WriteField(column.Name);
            writer.EndRecord();
            for (int row = 0; row < table.Rows; row++)
            {
                foreach (Column column in table.Columns)
                    writer.WriteField(column.Text(row));
                writer.EndRecord();
            }
        }
        return text.ToString();
    }

    private static Table Read(Func<TextReader> open, string name, CsvOptions options)
    {
        try
        {
            var kinds = new ColumnKinds(options);
            while (true)
            {
                using TextReader text = open();
                if (ReadOnce(text, name, options, kinds) is { } table)
                    return table;
                // A column turned out to be words after some numbers: now that this is known, from the beginning.
            }
        }
        catch (Exception error) when (TextLines.Explains(error))
        {
            throw TextLines.Explain(error, name);
        }
    }

    private static Table? ReadOnce(TextReader text, string name, CsvOptions options, ColumnKinds kinds)
    {
        for (int i = 0; i < options.SkipLines; i++)
            FirstLine(text, name, options);
        string first = FirstLine(text, name, options) ?? throw new DataException(
            $"Cannot use '{name}': it is empty; expected a table with a row or more.");
        char delimiter = options.Delimiter ?? Delimiter(first);
        using var all = new JoinedReader(first + "\n", text);
        using var records = new CsvRecords(all, delimiter, name, options);
        string[] row = records.Next() ?? throw new DataException(
            $"Cannot use '{name}': it is empty; expected a table with a row or more.");
        bool isHeader = options.HasHeader ?? !row.Any(field => ColumnBuilder.IsNumber(field));
        ColumnBuilder[] columns = kinds.Builders(isHeader
            ? Names(row, name) : [.. row.Select((_, i) => $"column{i + 1}")], name);
        if (isHeader)
            row = records.Next()!;
        for (; row is not null; row = records.Next()!)
        {
            if (row.Length != columns.Length)
                throw new DataException($"Cannot use '{name}': line {records.Line} has {row.Length} fields; expected "
                    + $"{columns.Length} (between {Shown(delimiter)}).");
            for (int i = 0; i < row.Length; i++)
                columns[i].Add(row[i], records.Line);
        }
        return kinds.Settle(columns) ? new Table([.. columns.Select(column => column.Column())], name) : null;
    }

    /// <summary>The next line, however long what comes says that it is.</summary>
    internal static string? FirstLine(TextReader text, string name, CsvOptions options)
    {
        var line = new StringBuilder();
        for (int c; (c = text.Read()) >= 0; line.Append((char)c))
        {
            if (c == '\r' && text.Peek() == '\n')
                c = text.Read();
            if (c is '\n' or '\r')
                return line.ToString();
            if (line.Length == options.LongestRecord)
                throw new DataException($"Cannot use '{name}': its first line is longer than "
                    + $"{options.LongestRecord:N0} characters; expected a table. Is it a text file?");
        }
        return line.Length > 0 ? line.ToString() : null;
    }

    private static string[] Names(string[] header, string name)
    {
        string[] names = [.. header.Select((field, i) => field.Length > 0 ? field : $"column{i + 1}")];
        string? twice = names.GroupBy(word => word, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Skip(1).Any())?.Key;
        return twice is null
            ? names
            : throw new DataException(
                $"Cannot use '{name}': two columns are called {Foreign.Quote(twice)}; expected different names.");
    }

    /// <summary>What stands between the fields of a table that begins with this line.</summary>
    internal static char Delimiter(string line)
    {
        bool quoted = false;
        int[] counts = new int[Candidates.Length];
        foreach (char c in line)
        {
            quoted ^= c == '"';
            if (!quoted && Candidates.IndexOf(c, StringComparison.Ordinal) is >= 0 and var place)
                counts[place]++;
        }
        return Candidates[Array.IndexOf(counts, counts.Max())];
    }

    private static string Shown(char delimiter) => delimiter switch
    {
        '\t' => "tabs",
        ' ' => "spaces",
        _ => $"'{delimiter}'",
    };
}
