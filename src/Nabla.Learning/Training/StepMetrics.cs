using System.Text.Json.Serialization;

namespace Nabla.Learning.Training;

/// <summary>What is known of a step when it is done: a line of <c>metrics.jsonl</c>.</summary>
public sealed class StepMetrics
{
    /// <summary>Steps done, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>The epoch that the step belongs to, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Examples seen so far; null if they are not counted.</summary>
    public long? Examples { get; internal set; }

    /// <summary>Mean training loss of the step's batches.</summary>
    public required double Loss { get; init; }

    /// <summary>The learning rate that was used.</summary>
    [JsonPropertyName("lr")]
    public required double LearningRate { get; init; }

    /// <summary>Norm of the gradient before clipping.</summary>
    [JsonPropertyName("grad_norm")]
    public required double GradientNorm { get; init; }

    /// <summary>Over the last steps, without validation, callbacks and checkpoints; null if not counted.</summary>
    public double? ExamplesPerSecond { get; internal set; }

    /// <summary>Loss on held-out data, at steps where it was looked at.</summary>
    public double? ValLoss { get; internal set; }

    /// <summary>Share of held-out examples that were right, in [0, 1], where it was looked at.</summary>
    public double? ValAccuracy { get; internal set; }

    /// <summary>
    /// Other numbers by their names in the line: those of the validation, and what callbacks add. A callback that
    /// writes the line stands after those that add to it.
    /// </summary>
    [JsonExtensionData]
    public Dictionary<string, object> More { get; } = new(StringComparer.Ordinal);
}
