namespace Nabla.Language.Training;

/// <summary>What a training run reports as it goes.</summary>
public abstract record TrainingEvent(int Step);

/// <summary>The run is about to take its first step (or the first after a checkpoint).</summary>
/// <param name="Step">Steps already done: 0, or those of the checkpoint.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="TrainingTokens">Tokens in the training part.</param>
/// <param name="ValidationTokens">Tokens in the validation part.</param>
/// <param name="Vocabulary">Tokens in the vocabulary.</param>
public sealed record TrainingStarted(
    int Step, int Steps, long Parameters, long TrainingTokens, long ValidationTokens, int Vocabulary)
    : TrainingEvent(Step);

/// <summary>A step is done; these are the fields of a line of <c>metrics.jsonl</c>.</summary>
/// <param name="Step">Steps done, from 1.</param>
/// <param name="Tokens">Tokens trained on so far.</param>
/// <param name="Loss">Mean training loss of this step, nats a token.</param>
/// <param name="Lr">The learning rate that was used.</param>
/// <param name="GradNorm">Norm of the gradient before clipping.</param>
/// <param name="TokensPerSecond">Over the last steps, without evaluation, samples and checkpoints.</param>
public sealed record StepDone(
    int Step, long Tokens, double Loss, double Lr, double GradNorm, double TokensPerSecond) : TrainingEvent(Step)
{
    /// <summary>Loss on the validation part in nats a token, at steps where it was looked at.</summary>
    public double? ValLoss { get; init; }
}

/// <summary>A text that the model wrote.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Text">Prompt and continuation.</param>
public sealed record Sampled(int Step, string Text) : TrainingEvent(Step);

/// <summary>A checkpoint is on disk.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Folder">Where.</param>
public sealed record CheckpointSaved(int Step, string Folder) : TrainingEvent(Step);

/// <summary>The run has ended.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Finished">Whether all steps were taken; false if it was cancelled, saved and can be resumed.</param>
/// <param name="ValLoss">Loss on the whole validation part in nats a token; null if it was cancelled.</param>
/// <param name="BitsPerByte">The same in bits a byte of UTF-8 text.</param>
/// <param name="Seconds">Time taken by this call, evaluation and checkpoints included.</param>
public sealed record TrainingEnded(int Step, bool Finished, double? ValLoss, double? BitsPerByte, double Seconds)
    : TrainingEvent(Step);
