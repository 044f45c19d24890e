using System.Diagnostics;
using System.Text.Json;
using Nabla.Language.Training;

namespace Nabla.Cli.Output;

/// <summary>What is known of a training run so far.</summary>
internal sealed class TrainingHistory
{
    private const int PaceWindow = 100;

    private readonly List<(int Step, double Loss)> training = [], validation = [];
    private readonly Queue<double> times = new(); // when each of the last steps was done
    private readonly Stopwatch clock = Stopwatch.StartNew();

    public IReadOnlyList<(int Step, double Loss)> Training => training;

    public IReadOnlyList<(int Step, double Loss)> Validation => validation;

    public TrainingStarted? Started { get; private set; }

    public StepDone? Latest { get; private set; }

    public Sampled? Sample { get; private set; }

    public int Step => Latest?.Step ?? Started?.Step ?? 0;

    public int Steps => Started?.Steps ?? 0;

    /// <summary>How much of the run is done, 0 to 1.</summary>
    public double Share => Steps == 0 ? 0 : (double)Step / Steps;

    /// <summary>Time left at the pace of the last steps; null before the second, for the first also warms up.</summary>
    public double? SecondsLeft => times.Count < 2
        ? null : (times.Last() - times.Peek()) / (times.Count - 1) * (Steps - Step);

    /// <summary>Takes the losses of the steps before an interruption from <c>metrics.jsonl</c>.</summary>
    public void Recall(string metrics)
    {
        if (!File.Exists(metrics))
            return;
        foreach (string line in File.ReadLines(metrics))
            Recall(line, training, validation);
    }

    public void Add(TrainingEvent report)
    {
        switch (report)
        {
            case TrainingStarted started:
                Started = started;
                training.RemoveAll(point => point.Step > started.Step);
                validation.RemoveAll(point => point.Step > started.Step);
                break;
            case StepDone step:
                Latest = step;
                times.Enqueue(clock.Elapsed.TotalSeconds);
                if (times.Count > PaceWindow)
                    times.Dequeue();
                training.Add((step.Step, step.Loss));
                if (step.ValLoss is { } loss)
                    validation.Add((step.Step, loss));
                break;
            case Sampled sample:
                Sample = sample;
                break;
        }
    }

    private static void Recall(string line, List<(int, double)> training, List<(int, double)> validation)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            int step = json.RootElement.GetProperty("step").GetInt32();
            training.Add((step, json.RootElement.GetProperty("loss").GetDouble()));
            if (json.RootElement.TryGetProperty("val_loss", out JsonElement loss))
                validation.Add((step, loss.GetDouble()));
        }
        catch (Exception error) when (
            error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // A line that a kill cut short: the run takes that step again.
        }
    }
}
