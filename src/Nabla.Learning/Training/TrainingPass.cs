using Nabla.Numerics;

namespace Nabla.Learning.Training;

/// <summary>One forward and backward pass of a run, as the loss function sees it.</summary>
/// <param name="Step">Steps done before it.</param>
/// <param name="Epoch">Epochs done before it.</param>
/// <param name="Index">Passes done before it: the batch's number over all epochs.</param>
/// <param name="Rng">
/// The pass's own random numbers, for dropout say; they depend on the trainer's generator and the index only. Null if
/// the trainer was given none.
/// </param>
public readonly record struct TrainingPass(int Step, int Epoch, long Index, Rng? Rng);

/// <summary>How far a run is.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Batch">Batches of the epoch under way that are done.</param>
/// <param name="Pass">Batches done in all epochs.</param>
/// <param name="Examples">Examples seen, if they are counted.</param>
public readonly record struct TrainingPosition(int Step, int Epoch, long Batch, long Pass, long Examples);
