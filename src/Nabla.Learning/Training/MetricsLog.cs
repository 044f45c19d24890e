using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nabla.Learning.Checkpoints;

namespace Nabla.Learning.Training;

/// <summary><c>metrics.jsonl</c>: a line of JSON for each step, whatever the line says beside the step.</summary>
public sealed class MetricsLog : IDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly StreamWriter writer;

    private MetricsLog(StreamWriter writer) => this.writer = writer;

    /// <summary>The path of the log in a run's folder.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "metrics.jsonl");

    /// <summary>
    /// Opens the log for what follows step <paramref name="step"/>: lines of later steps, and one cut short by a kill,
    /// are dropped, for those steps are taken again.
    /// </summary>
    /// <exception cref="CheckpointException">The folder cannot be written.</exception>
    public static MetricsLog Open(string folder, int step)
    {
        string path = PathIn(folder);
        try
        {
            string kept = File.Exists(path)
                ? string.Concat(
                    File.ReadLines(path).Where(line => StepOf(line) is { } s && s <= step).Select(line => line + '\n'))
                : "";
            AtomicFile.WriteText(path, kept);
            var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            return new MetricsLog(new StreamWriter(file, new UTF8Encoding(false)));
        }
        catch (Exception error) when (FileErrors.Explains(error))
        {
            throw FileErrors.Writing(path, error);
        }
    }

    /// <summary>
    /// Writes a line: the public properties in snake case, those that are null left out. One is <c>Step</c>.
    /// </summary>
    public void Write<TLine>(TLine line) => writer.WriteLine(JsonSerializer.Serialize(line, Json));

    /// <summary>Hands what was written to the operating system.</summary>
    public void Flush() => writer.Flush();

    /// <summary>Writes what is left and closes the file.</summary>
    public void Dispose() => writer.Dispose();

    private static int? StepOf(string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("step").GetInt32();
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
