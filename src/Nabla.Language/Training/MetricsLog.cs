using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nabla.Learning.Checkpoints;

namespace Nabla.Language.Training;

/// <summary><c>metrics.jsonl</c>: a line of JSON for each step.</summary>
internal sealed class MetricsLog : IDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly StreamWriter writer;

    private MetricsLog(StreamWriter writer) => this.writer = writer;

    public static string PathIn(string folder) => Path.Combine(folder, "metrics.jsonl");

    /// <summary>
    /// Opens the log for what follows step <paramref name="step"/>: lines of later steps, and one cut short by a kill,
    /// are dropped, for those steps are taken again.
    /// </summary>
    public static MetricsLog Open(string folder, int step)
    {
        string path = PathIn(folder);
        string kept = File.Exists(path)
            ? string.Concat(
                File.ReadLines(path).Where(line => StepOf(line) is { } s && s <= step).Select(line => line + '\n'))
            : "";
        AtomicFile.WriteText(path, kept);
        var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        return new MetricsLog(new StreamWriter(file, new UTF8Encoding(false)));
    }

    public void Write(StepDone step) => writer.WriteLine(JsonSerializer.Serialize(step, Json));

    public void Flush() => writer.Flush();

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
