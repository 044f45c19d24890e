using System.Text.Json;
using Nabla.Learning.Checkpoints;

namespace Nabla.Learning.Training;

/// <summary>A step of a run as its log has it.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Loss">The training loss.</param>
public sealed record RunStep(int Step, double Loss)
{
    /// <summary>The validation loss, where it was looked at.</summary>
    public double? ValLoss { get; init; }

    /// <summary>The share of held-out examples that were right, where it was looked at.</summary>
    public double? ValAccuracy { get; init; }

    /// <summary>Tokens or examples a second.</summary>
    public double? Speed { get; init; }
}

/// <summary>A run as its folder tells of it: <c>metrics.jsonl</c>, and <c>training/run.json</c> if any.</summary>
public sealed record RunLog
{
    private const int DeepestFolder = 4;

    /// <summary>The run's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The file that it was read from.</summary>
    public string Source { get => field ?? MetricsLog.PathIn(Folder); init; }

    /// <summary>What trained: <c>train</c> for a language model, <c>classify</c>, …; empty if nothing says.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Settings by dotted names, as text; empty if nothing says.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The steps, rising; of a step that is there twice the later line.</summary>
    public required IReadOnlyList<RunStep> Steps { get; init; }

    /// <summary>What the speed counts: <c>tokens</c> or <c>examples</c>; null if it is not there.</summary>
    public string? SpeedUnit { get; init; }

    /// <summary>Lines that are no step: cut short by a kill, or damaged.</summary>
    public int DamagedLines { get; init; }

    /// <summary>The losses.</summary>
    public LearningCurve Curve => new(
        [.. Steps.Select(s => new CurvePoint(s.Step, s.Loss))],
        [.. Steps.Where(s => s.ValLoss is not null).Select(s => new CurvePoint(s.Step, s.ValLoss!.Value))]);

    /// <summary>Whether a folder holds a run's log.</summary>
    public static bool Exists(string folder) => File.Exists(MetricsLog.PathIn(folder));

    /// <summary>The folders in and under a folder that hold a run, by name.</summary>
    /// <exception cref="TrainingException">There is no such folder, or it cannot be read.</exception>
    public static IReadOnlyList<string> Find(string folder)
    {
        if (!Directory.Exists(folder))
            throw new TrainingException(
                $"There is no folder '{folder}'. Name a folder that holds runs, such as the --out of 'nabla train'.");
        try
        {
            var options = new EnumerationOptions
            {
                RecurseSubdirectories = true,
                MaxRecursionDepth = DeepestFolder,
                IgnoreInaccessible = true,
            };
            string name = Path.GetFileName(MetricsLog.PathIn(folder));
            return [.. Directory.EnumerateFiles(folder, name, options).Select(path => Path.GetDirectoryName(path)!)
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (FileErrors.Explains(error))
        {
            throw new TrainingException(FileErrors.Reading(folder, error).Message, error);
        }
    }

    /// <summary>Reads a run; damaged lines are counted and left out, and so is a damaged record.</summary>
    /// <exception cref="TrainingException">There is no log, it cannot be read, or it has no step.</exception>
    public static RunLog Read(string folder)
    {
        string path = MetricsLog.PathIn(folder);
        if (!File.Exists(path))
            throw new TrainingException(
                $"{folder} holds no training run ({path} is missing). Name the --out of a 'nabla train'.");
        var steps = new SortedDictionary<int, RunStep>();
        (int damaged, string? unit) = (0, null);
        try
        {
            foreach (string line in File.ReadLines(path))
            {
                if (line.Length == 0)
                    continue;
                if (Parse(line, ref unit) is { } step)
                    steps[step.Step] = step;
                else
                    damaged++;
            }
        }
        catch (Exception error) when (FileErrors.Explains(error))
        {
            throw new TrainingException(FileErrors.Reading(path, error).Message, error);
        }
        if (steps.Count == 0)
            throw new TrainingException(
                $"{path} has no step that can be read ({damaged} damaged lines). It should have a line of JSON with "
                + "'step' and 'loss' for each step.");
        (string kind, IReadOnlyDictionary<string, string> settings) = RunDescription.Read(folder);
        return new RunLog
        {
            Folder = folder,
            Kind = kind,
            Settings = settings,
            Steps = [.. steps.Values],
            SpeedUnit = unit,
            DamagedLines = damaged,
        };
    }

    private static RunStep? Parse(string line, ref string? unit)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement row = json.RootElement;
            if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty("step", out JsonElement step)
                || !step.TryGetInt32(out int number) || number < 0 || Number(row, "loss") is not { } loss)
                return null;
            (double? tokens, double? examples) = (Number(row, "tokens_per_second"), Number(row, "examples_per_second"));
            unit ??= tokens is not null ? "tokens" : examples is not null ? "examples" : null;
            return new RunStep(number, loss)
            {
                ValLoss = Number(row, "val_loss"),
                ValAccuracy = Number(row, "val_accuracy"),
                Speed = tokens ?? examples,
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static double? Number(JsonElement row, string name) =>
        !row.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : value.ValueKind != JsonValueKind.String ? null
        : value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => null,
        };
}
