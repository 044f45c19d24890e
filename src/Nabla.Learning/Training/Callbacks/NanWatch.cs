using Nabla.Tensors.Diagnostics;

namespace Nabla.Learning.Training;

/// <summary>
/// Looks at the weights after a step, and ends the run if a number is not finite, naming the parameter. The trainer
/// itself watches loss and gradient; what is left is what the optimizer makes of finite ones.
/// </summary>
/// <param name="every">Steps between looks, 1 or more.</param>
public sealed class NanWatch(int every = 1) : TrainingCallback
{
    private readonly int every = Require.Positive(every, nameof(NanWatch));

    /// <inheritdoc/>
    /// <exception cref="TrainingException">A weight is not finite.</exception>
    public override void OnStep(Trainer trainer, StepMetrics metrics)
    {
        if (metrics.Step % every != 0)
            return;
        foreach (NamedParameter named in trainer.Model.Parameters())
        {
            NumberRange range = NumberRange.Of(named.Parameter);
            if (!range.IsFinite)
                throw new TrainingException(
                    $"Training diverged: after step {metrics.Step} {named.Path} is {range}, although loss and gradient "
                    + "were finite. Use a lower learning rate, or a larger ε in the optimizer.");
        }
    }
}
