using System.Globalization;
using System.Text.Json;
using Nabla.Learning.Data.Formats;
using Nabla.Learning.Training.TensorBoard;

namespace Nabla.Learning.Training;

/// <summary>
/// Reads the log of a run that any program wrote: a table (<c>.csv</c>, <c>.tsv</c>), lines of JSON (<c>.jsonl</c>), or
/// TensorBoard's event files; or a folder with one of them.
/// </summary>
public static class RunFile
{
    private const string EventFiles = "*tfevents*";
    private const int DeepestFolder = 3;

    /// <summary>Whether a path is named as such a log is, or is a folder that holds one.</summary>
    public static bool IsRun(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return File.Exists(path) ? IsEvents(path) || IsTable(path) || IsLines(path)
            : Directory.Exists(path) && (RunLog.Exists(path) || EventsIn(path).Any());
    }

    /// <summary>Reads a run.</summary>
    /// <exception cref="TrainingException">It cannot be read, is damaged, or has no training loss.</exception>
    /// <exception cref="Data.DataException">It is no table.</exception>
    public static RunLog Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
            return RunLog.Exists(path) ? RunLog.Read(path) : Events(path, EventsIn(path));
        if (IsEvents(path))
            return Events(path, [path]);
        if (IsTable(path))
            return Table(path);
        return Path.GetFileName(path) == MetricsLog.PathIn("")
            ? RunLog.Read(Path.GetDirectoryName(Path.GetFullPath(path))!) : Lines(path);
    }

    private static bool IsEvents(string path) =>
        Path.GetFileName(path).Contains("tfevents", StringComparison.Ordinal);

    private static bool IsTable(string path) => Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv";

    private static bool IsLines(string path) => Path.GetExtension(path).ToLowerInvariant() is ".jsonl" or ".ndjson";

    private static IEnumerable<string> EventsIn(string folder) => Directory.EnumerateFiles(folder, EventFiles,
        new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = DeepestFolder,
            IgnoreInaccessible = true,
        }).Order(StringComparer.Ordinal);

    // Keras writes the same names into the folders train and validation: the folder is a part of the name.
    private static RunLog Events(string path, IEnumerable<string> files)
    {
        var scalars = new RunScalars(path);
        foreach (string file in files)
        {
            string folder = file == path ? "" : Path.GetRelativePath(path, Path.GetDirectoryName(file)!) + "/";
            foreach (ScalarEvent scalar in EventReader.Read(file))
                if (scalar.IsRestart)
                    scalars.ForgetFrom(scalar.Step);
                else
                    scalars.Add(folder + scalar.Tag, scalar.Step, scalar.Value);
        }
        return scalars.ToLog();
    }

    private static RunLog Table(string path)
    {
        var scalars = new RunScalars(path);
        try
        {
            using StreamReader text = TextLines.Open(path);
            string header = CsvFile.FirstLine(text, path, new CsvOptions()) ?? "";
            using var records = new CsvRecords(text, CsvFile.Delimiter(header), path, new CsvOptions());
            using var first = new CsvRecords(
                new StringReader(header), CsvFile.Delimiter(header), path, new CsvOptions());
            string[] names = first.Next() ?? [];
            int steps = Array.IndexOf(names, ScalarNames.StepAmong(names));
            for (int row = 1; records.Next() is { } fields; row++)
                AddRow(scalars, names, fields, steps >= 0 && steps < fields.Length ? Number(fields[steps]) : row);
        }
        catch (Exception error) when (TextLines.Explains(error))
        {
            throw TextLines.Explain(error, path);
        }
        return scalars.ToLog();
    }

    private static void AddRow(RunScalars scalars, string[] names, string[] fields, double? step)
    {
        if (step is not { } at || !double.IsFinite(at))
        {
            scalars.DamagedLines++;
            return;
        }
        for (int i = 0; i < Math.Min(names.Length, fields.Length); i++)
            if (Number(fields[i]) is { } value)
                scalars.Add(names[i], at, value);
    }

    private static RunLog Lines(string path)
    {
        var scalars = new RunScalars(path);
        int row = 0;
        foreach (string line in TextLines.Read(path))
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            row++;
            if (Members(line) is { Count: > 0 } members)
                AddRow(scalars, [.. members.Keys], [.. members.Values],
                    ScalarNames.StepAmong(members.Keys) is { } name ? Number(members[name]) : row);
            else
                scalars.DamagedLines++;
        }
        return scalars.ToLog();
    }

    private static Dictionary<string, string>? Members(string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            var members = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (JsonProperty member in json.RootElement.EnumerateObject())
                if (member.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String)
                    members[member.Name] = member.Value.ToString();
            return members;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Number(string text) => text.Trim().ToLowerInvariant() switch
    {
        "nan" or "-nan" => double.NaN,
        "inf" or "infinity" or "+inf" => double.PositiveInfinity,
        "-inf" or "-infinity" => double.NegativeInfinity,
        var number => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value : null,
    };
}
