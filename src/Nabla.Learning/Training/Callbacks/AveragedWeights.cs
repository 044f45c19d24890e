using System.Globalization;
using Nabla.Learning.Optimizers;
using Nabla.Tensors;

namespace Nabla.Learning.Training;

/// <summary>
/// Keeps a mean of the weights over the steps, such as an <see cref="ExponentialMovingAverage"/>: validations look at
/// the mean, and at the end it is the model's. A callback that keeps the best weights stands after it.
/// </summary>
/// <param name="average">The mean, of the trainer's model.</param>
public sealed class AveragedWeights(WeightAverage average) : TrainingCallback
{
    private const string Key = "averaged_weights";
    private IDisposable? inUse;

    /// <inheritdoc/>
    public override void OnUpdated(Trainer trainer) => average.Update();

    /// <inheritdoc/>
    public override void OnValidating(Trainer trainer) => inUse = average.Use();

    /// <inheritdoc/>
    public override void OnValidated(Trainer trainer, Validation? validation)
    {
        inUse?.Dispose();
        inUse = null;
    }

    /// <inheritdoc/>
    public override void OnEnd(Trainer trainer, TrainingResult? result)
    {
        inUse?.Dispose(); // an error ended a validation
        inUse = null;
        if (result is { Finished: true } && average.Updates > 0)
            average.CopyToModule();
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Shape Shape, Memory<float> Values)> State() => average.State();

    /// <inheritdoc/>
    public override void Save(IDictionary<string, string> notes) =>
        notes[Key] = average.Updates.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override void Load(IReadOnlyDictionary<string, string> notes)
    {
        if (notes.TryGetValue(Key, out string? updates))
            average.Resume(int.Parse(updates, CultureInfo.InvariantCulture));
    }
}
