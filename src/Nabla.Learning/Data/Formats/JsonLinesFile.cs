using System.Text.Json;
using Nabla.Learning.Checkpoints;
using Nabla.Numerics;

namespace Nabla.Learning.Data.Formats;

/// <summary>
/// A JSON value on each line (jsonlines.org), read one after the other, so that files may be of any size.
/// </summary>
/// <example><code>
/// var lines = new StringReader("{\"x\": 1}\n{\"x\": 2.5}\n");
/// JsonLinesFile.Read(lines, "example").Sum(line => line.GetProperty("x").GetDouble());      // = 3.5
/// </code></example>
public static class JsonLinesFile
{
    /// <summary>The values in the file <paramref name="path"/>, in UTF-8; lines of white space are skipped.</summary>
    /// <exception cref="DataException">
    /// There is no such file, or a line is no JSON; when that line is reached.
    /// </exception>
    public static IEnumerable<JsonElement> Read(string path) => Values(TextLines.Read(path), path);

    /// <summary>The values in a text; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="DataException">A line is no JSON; when that line is reached.</exception>
    public static IEnumerable<JsonElement> Read(TextReader text, string name) =>
        Values(TextLines.Read(text, name), name);

    /// <summary>
    /// The values in the file <paramref name="path"/> as a table: each line an object, each of its names a column, true
    /// and false 1 and 0. A name that an object has not, and null, are missing values.
    /// </summary>
    /// <exception cref="DataException">
    /// A line is no object of numbers, strings, truth values and nulls, a column has both numbers and strings, or
    /// hardly any two objects have the same names.
    /// </exception>
    public static Table ReadTable(string path) => ToTable(Read(path), path);

    /// <summary>Writes each value on a line into the file <paramref name="path"/>.</summary>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Write<T>(string path, IEnumerable<T> values) => AtomicFile.Write(path, stream =>
    {
        foreach (T value in values)
        {
            JsonSerializer.Serialize(stream, value);
            stream.WriteByte((byte)'\n');
        }
    });

    // A table is as large as its columns times its rows, which a small file of ever new names would make huge.
    private const int FewCells = 1 << 20, MostCellsForEachValue = 1000;

    private static IEnumerable<JsonElement> Values(IEnumerable<string> lines, string name)
    {
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Parse(line, name, number);
        }
    }

    private static JsonElement Parse(string line, string name, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new DataException(
                $"Cannot use '{name}': line {number} is no JSON ({Foreign.OneLine(error.Message)}); "
                + "expected one JSON value on each line.", error);
        }
    }

    private static Table ToTable(IEnumerable<JsonElement> values, string name)
    {
        var columns = new Dictionary<string, List<JsonElement?>>(StringComparer.Ordinal);
        int rows = 0;
        long given = 0;
        foreach (JsonElement value in values)
        {
            if (value.ValueKind != JsonValueKind.Object)
                throw new DataException(
                    $"Cannot use '{name}': value {rows + 1} is {Kind(value)}; expected an object, as {{\"x\": 1}}.");
            foreach (JsonProperty property in value.EnumerateObject())
            {
                string key = Text(() => property.Name, name, rows);
                if (!columns.TryGetValue(key, out List<JsonElement?>? column))
                    columns.Add(key, column = []);
                if ((long)columns.Count * rows > FewCells + MostCellsForEachValue * ++given)
                    throw new DataException($"Cannot use '{name}': its first {rows + 1:N0} values have "
                        + $"{columns.Count:N0} different names; expected objects with the same names.");
                column.AddRange(Enumerable.Repeat<JsonElement?>(null, Math.Max(0, rows - column.Count)));
                if (column.Count > rows)
                    throw new DataException($"Cannot use '{name}': value {rows + 1} has "
                        + $"{Foreign.Quote(key)} twice; expected each name once.");
                column.Add(property.Value);
            }
            rows++;
        }
        return new Table([.. columns.Select(pair => ToColumn(pair.Key, pair.Value, rows, name))], name);
    }

    private static Column ToColumn(string column, List<JsonElement?> values, int rows, string name)
    {
        values.AddRange(Enumerable.Repeat<JsonElement?>(null, rows - values.Count));
        bool words = values.Exists(value => value?.ValueKind == JsonValueKind.String);
        foreach ((int row, JsonElement? value) in values.Index())
            if (value is { } given && given.ValueKind != JsonValueKind.Null && !Fits(given, words))
                throw new DataException($"Cannot use '{name}': {Foreign.Quote(column)} of value {row + 1} is "
                    + $"{Kind(given)}; expected {(words ? "a string, as in other values" : "a number or a string")}.");
        return words
            ? new CategoricalColumn(
                column, values.Select((value, row) => Text(() => value?.GetString(), name, row)))
            : new NumericColumn(column, [.. values.Select(Number)]);
    }

    /// <summary>A string, which JSON can write as half a pair of surrogates; then it is no text.</summary>
    private static T Text<T>(Func<T> read, string name, int row)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException error)
        {
            throw new DataException($"Cannot use '{name}': a string of value {row + 1} is no text "
                + $"({Foreign.OneLine(error.Message)}); expected whole characters.", error);
        }
    }

    private static bool Fits(JsonElement value, bool words) => words
        ? value.ValueKind == JsonValueKind.String
        : value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    private static double Number(JsonElement? value) => value?.ValueKind switch
    {
        JsonValueKind.Number => value.Value.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => double.NaN,
    };

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };
}
