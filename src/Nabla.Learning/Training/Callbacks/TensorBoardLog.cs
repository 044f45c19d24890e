using Nabla.Learning.Training.TensorBoard;

namespace Nabla.Learning.Training;

/// <summary>
/// Writes a run's numbers as TensorBoard reads them: <c>tensorboard --logdir FOLDER</c>. Scalars for every step,
/// histograms of weights and gradients every so many.
/// </summary>
/// <param name="folder">The folder of the event files.</param>
public sealed class TensorBoardLog(string folder) : TrainingCallback
{
    private EventWriter? writer;

    /// <summary>Steps between histograms of weights and gradients; 0 for none.</summary>
    public int HistogramsEvery { get; init; }

    /// <summary>The writer while the run is under way, for images and texts.</summary>
    public EventWriter Writer => writer ?? throw new InvalidOperationException(
        "TensorBoardLog: there is no event file yet. Use Writer between OnStart and OnEnd.");

    /// <inheritdoc/>
    /// <exception cref="Checkpoints.CheckpointException">The folder cannot be written.</exception>
    public override void OnStart(Trainer trainer) => writer = EventWriter.Create(folder, trainer.Step);

    /// <inheritdoc/>
    public override void OnGradients(Trainer trainer, float scale)
    {
        if (!IsDue(trainer.Step + 1))
            return;
        foreach (NamedParameter named in trainer.Model.Parameters())
            if (named.Parameter.Gradient is { } gradient)
                Writer.Histogram($"gradients/{named.Path}", trainer.Step + 1, gradient.AsSpan());
    }

    /// <inheritdoc/>
    public override void OnStep(Trainer trainer, StepMetrics metrics)
    {
        Scalar("loss/train", metrics.Loss);
        Scalar("loss/validation", metrics.ValLoss);
        Scalar("accuracy/validation", metrics.ValAccuracy);
        Scalar("learning_rate", metrics.LearningRate);
        Scalar("grad_norm", metrics.GradientNorm);
        Scalar("examples_per_second", metrics.ExamplesPerSecond);
        foreach ((string name, object value) in metrics.More)
            if (value is double number)
                Scalar(name, number);
        if (IsDue(metrics.Step))
            foreach (NamedParameter named in trainer.Model.Parameters())
                Writer.Histogram($"weights/{named.Path}", metrics.Step, named.Parameter.Values);
        if (metrics.ValLoss is not null)
            Writer.Flush();

        void Scalar(string tag, double? value)
        {
            if (value is { } number)
                Writer.Scalar(tag, metrics.Step, number);
        }
    }

    /// <inheritdoc/>
    public override void OnEnd(Trainer trainer, TrainingResult? result)
    {
        writer?.Dispose();
        writer = null;
    }

    private bool IsDue(int step) => HistogramsEvery > 0 && step % HistogramsEvery == 0;
}
