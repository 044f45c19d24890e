using Nabla.Tensors.Diagnostics;

namespace Nabla.Learning.Training;

/// <summary>
/// Watches the activations of a step now and then, and adds <c>dead_units</c>, the share of ReLU units that were 0 for
/// every input of that step, to the metrics.
/// </summary>
/// <param name="every">Steps between looks, 1 or more.</param>
public sealed class ActivationLog(int every = 100) : TrainingCallback
{
    private readonly int every = Require.Positive(every, nameof(ActivationLog));
    private ActivationRecorder? recorder;

    /// <summary>The latest statistics; empty before the first look.</summary>
    public IReadOnlyList<ActivationStatistics> Latest { get; private set; } = [];

    /// <inheritdoc/>
    public override OpObserver? Watch(Trainer trainer)
    {
        if ((trainer.Step + 1) % every != 0)
            return null;
        return recorder ??= new ActivationRecorder(trainer.Model); // one for all passes of the step
    }

    /// <inheritdoc/>
    public override void OnStep(Trainer trainer, StepMetrics metrics)
    {
        if (recorder is null)
            return;
        Latest = recorder.Statistics;
        recorder = null;
        int units = Latest.Sum(row => row.Units);
        if (units > 0)
            metrics.More["dead_units"] = (double)Latest.Sum(row => row.DeadUnits.Count) / units;
    }
}
