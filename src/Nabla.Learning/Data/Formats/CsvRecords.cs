using CsvHelper;
using Nabla.Numerics;

namespace Nabla.Learning.Data.Formats;

/// <summary>
/// The records of a CSV text, one after the other; what is badly formed is an error that names the line.
/// </summary>
internal sealed class CsvRecords : IDisposable
{
    private readonly CsvReader reader;
    private readonly string name;
    private readonly CsvOptions options;

    public CsvRecords(TextReader text, char separator, string name, CsvOptions options)
    {
        (this.name, this.options) = (name, options);
        reader = CsvReader.Create(text, new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MaxRecordSize = options.LongestRecord,
            MalformedData = CsvMalformedDataHandling.Throw,
        });
    }

    /// <summary>The line of the file on which the latest record begins, counted from 1.</summary>
    public long Line => options.SkipLines + reader.LineNumber;

    /// <summary>The fields of the next record, or null at the end.</summary>
    public string[]? Next()
    {
        try
        {
            if (!reader.Read())
                return null;
            var fields = new string[reader.FieldCount];
            for (int i = 0; i < fields.Length; i++)
                fields[i] = reader.GetString(i);
            return fields;
        }
        catch (CsvFormatException error)
        {
            throw new DataException(
                $"Cannot use '{name}': {Foreign.OneLine(error.Message)} Expected records of at most "
                + $"{options.LongestRecord:N0} bytes, and quotation marks only \"like \"\"this\"\"\".", error);
        }
    }

    public void Dispose() => reader.Dispose();
}
