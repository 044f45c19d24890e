namespace Nabla.Learning.Training;

/// <summary>
/// Measures, every so many steps, each parameter's gradient ‖g‖ and how far the step moved it, ‖Δθ‖/‖θ‖; about 10⁻³ is
/// usual, far less means that a layer hardly learns, far more that it jumps. Adds <c>update_ratio</c> of all weights
/// together to the metrics, and with <see cref="PerParameter"/> two tables.
/// </summary>
/// <param name="every">Steps between measurements, 1 or more.</param>
public sealed class GradientLog(int every = 1) : TrainingCallback
{
    private readonly int every = Require.Positive(every, nameof(GradientLog));
    private GradientStatistics? under;

    /// <summary>Whether the metrics get <c>grad_norms</c> and <c>update_ratios</c>, a number for each path.</summary>
    public bool PerParameter { get; init; }

    /// <summary>The latest measurement, a row for each trainable parameter; empty before the first.</summary>
    public IReadOnlyList<ParameterGradient> Latest { get; private set; } = [];

    /// <inheritdoc/>
    public override void OnGradients(Trainer trainer, float scale) =>
        under = (trainer.Step + 1) % every == 0 ? GradientStatistics.Before(trainer.Model, scale) : null;

    /// <inheritdoc/>
    public override void OnUpdated(Trainer trainer) => Latest = under?.After() ?? Latest;

    /// <inheritdoc/>
    public override void OnStep(Trainer trainer, StepMetrics metrics)
    {
        if (under is null)
            return;
        metrics.More["update_ratio"] = GradientStatistics.UpdateRatio(Latest);
        if (!PerParameter)
            return;
        metrics.More["grad_norms"] =
            Latest.ToDictionary(row => row.Path, row => row.GradientNorm, StringComparer.Ordinal);
        metrics.More["update_ratios"] =
            Latest.ToDictionary(row => row.Path, row => row.UpdateRatio, StringComparer.Ordinal);
    }
}
