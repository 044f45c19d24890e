namespace Nabla.Learning.Training;

/// <summary>
/// Writes a line of <c>metrics.jsonl</c> for every step into a run's folder, where <c>nabla runs</c> finds it. A
/// callback that adds to <see cref="StepMetrics.More"/> stands before it.
/// </summary>
/// <param name="folder">The run's folder.</param>
public sealed class MetricsFile(string folder) : TrainingCallback
{
    private MetricsLog? log;

    /// <inheritdoc/>
    /// <exception cref="Checkpoints.CheckpointException">The folder cannot be written.</exception>
    public override void OnStart(Trainer trainer) => log = MetricsLog.Open(folder, trainer.Step);

    /// <inheritdoc/>
    public override void OnStep(Trainer trainer, StepMetrics metrics)
    {
        log!.Write(metrics);
        log.Flush(); // a checkpoint of this step must find the line
    }

    /// <inheritdoc/>
    public override void OnEnd(Trainer trainer, TrainingResult? result) => log?.Dispose();
}
