using Nabla.Learning.Schedules;
using Nabla.Numerics;

namespace Nabla.Learning.Training;

/// <summary>Settings of a <see cref="Trainer"/>: how long, how, and what it looks at meanwhile.</summary>
public sealed record TrainerOptions
{
    /// <summary>Passes over the data, 1 or more; null for as many as the steps need.</summary>
    public int? Epochs { get; init; }

    /// <summary>Optimizer steps, 1 or more; null for as many as the epochs have. The first limit counts.</summary>
    public int? Steps { get; init; }

    /// <summary>The learning rate at each step; without one it stays as the optimizer has it.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Batches whose gradients are averaged for one step; at the end of an epoch what is left.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>The largest norm of the gradient; longer ones are shortened. 0 for no limit.</summary>
    public double ClipNorm { get; init; }

    /// <summary>Steps between validations; 0 for one at the end of each epoch. There is one at the end too.</summary>
    public int ValidateEvery { get; init; }

    /// <summary>The file that checkpoints are written to; null for none. See <see cref="Trainer.Load"/>.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Steps between checkpoints; 0 for one at the end of each epoch. There is one at the end too.</summary>
    public int CheckpointEvery { get; init; }

    /// <summary>
    /// What the run is: settings and data, as text or a digest. A checkpoint of a run with another is refused.
    /// </summary>
    public string Identity { get; init; } = "";

    /// <summary>Source of each pass's random numbers; null for none.</summary>
    public Rng? Rng { get; init; }

    /// <summary>
    /// Whether a loss or gradient that is no finite number is traced to the operation where it began, by repeating the
    /// step's passes under a <see cref="Tensors.Diagnostics.NanCheck"/>. It costs nothing before.
    /// </summary>
    public bool ExplainNotFinite { get; init; } = true;

    internal TrainerOptions Validated()
    {
        new Setting(nameof(Trainer))
            .Check(Epochs is not null || Steps is not null, "null", nameof(Epochs), "given, or Steps")
            .AtLeastOne(Epochs ?? 1, nameof(Epochs)).AtLeastOne(Steps ?? 1, nameof(Steps)).AtLeastOne(Accumulate)
            .Check(ClipNorm >= 0 && double.IsFinite(ClipNorm), ClipNorm, nameof(ClipNorm),
                "finite, 0 (no limit) or more")
            .Check(ValidateEvery >= 0, ValidateEvery, nameof(ValidateEvery), "0 (every epoch) or more")
            .Check(CheckpointEvery >= 0, CheckpointEvery, nameof(CheckpointEvery), "0 (every epoch) or more");
        return this;
    }
}
