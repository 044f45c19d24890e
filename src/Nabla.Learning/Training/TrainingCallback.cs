using Nabla.Tensors;
using Nabla.Tensors.Diagnostics;

namespace Nabla.Learning.Training;

/// <summary>
/// Something that a <see cref="Trainer"/> does beside training: a log, a stop, an average of the weights. A subclass
/// overrides what it needs. Callbacks are called in the order in which they were added, except
/// <see cref="OnValidated"/>, which undoes what <see cref="OnValidating"/> did and is called in the reverse order.
/// </summary>
public abstract class TrainingCallback
{
    /// <summary>The run begins, or goes on after a checkpoint.</summary>
    public virtual void OnStart(Trainer trainer)
    {
    }

    /// <summary>What watches the operations of the pass that is about to begin; null for nothing.</summary>
    public virtual OpObserver? Watch(Trainer trainer) => null;

    /// <summary>
    /// The gradients of a step are there, summed over its passes and not yet clipped; <paramref name="scale"/> is what
    /// the optimizer will multiply them by. The weights are as before the step.
    /// </summary>
    public virtual void OnGradients(Trainer trainer, float scale)
    {
    }

    /// <summary>The optimizer has changed the weights; the step is not yet counted.</summary>
    public virtual void OnUpdated(Trainer trainer)
    {
    }

    /// <summary>A validation begins.</summary>
    public virtual void OnValidating(Trainer trainer)
    {
    }

    /// <summary>A validation has ended; <paramref name="validation"/> is null if it was cancelled.</summary>
    public virtual void OnValidated(Trainer trainer, Validation? validation)
    {
    }

    /// <summary>A step is done, and its validation if one was due.</summary>
    public virtual void OnStep(Trainer trainer, StepMetrics metrics)
    {
    }

    /// <summary>An epoch is done, after its last step; <see cref="Trainer.Position"/> counts it.</summary>
    public virtual void OnEpoch(Trainer trainer)
    {
    }

    /// <summary>The run has ended; <paramref name="result"/> is null if an error ended it.</summary>
    public virtual void OnEnd(Trainer trainer, TrainingResult? result)
    {
    }

    /// <summary>Tensors that a checkpoint keeps and restores, by names of their own.</summary>
    public virtual IEnumerable<(string Name, Shape Shape, Memory<float> Values)> State() => [];

    /// <summary>Writes what a checkpoint keeps beside tensors, under keys of its own.</summary>
    public virtual void Save(IDictionary<string, string> notes)
    {
    }

    /// <summary>Reads what <see cref="Save"/> wrote; a key may be missing.</summary>
    public virtual void Load(IReadOnlyDictionary<string, string> notes)
    {
    }
}

/// <summary>How a run ended.</summary>
/// <param name="Position">How far it came.</param>
/// <param name="Finished">Whether it came to its end, or a callback ended it; false if it was cancelled.</param>
/// <param name="StopReason">Why a callback ended it; null if none did.</param>
/// <param name="Validation">The last validation; null if there was none.</param>
/// <param name="Seconds">Time taken by this call, validations and checkpoints included.</param>
public sealed record TrainingResult(
    TrainingPosition Position, bool Finished, string? StopReason, Validation? Validation, double Seconds);
