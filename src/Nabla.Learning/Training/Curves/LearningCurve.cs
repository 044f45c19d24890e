namespace Nabla.Learning.Training;

/// <summary>A loss at a step.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Loss">The loss; it may be no number.</param>
public readonly record struct CurvePoint(double Step, double Loss);

/// <summary>How the losses of a run went, steps rising.</summary>
/// <param name="Training">On the batches that were learned from.</param>
/// <param name="Validation">On held-out data, where it was looked at; may be empty.</param>
public sealed record LearningCurve(IReadOnlyList<CurvePoint> Training, IReadOnlyList<CurvePoint> Validation)
{
    /// <summary>What became of the run, with its reasons.</summary>
    public CurveVerdict Judge() => CurveJudge.Judge(this);
}

/// <summary>What can become of a training run.</summary>
public enum RunOutcome
{
    /// <summary>There are too few points to say.</summary>
    TooShort,

    /// <summary>The loss rises, or is no number.</summary>
    Diverges,

    /// <summary>Training goes on falling while validation does not, or is far below it.</summary>
    Overfits,

    /// <summary>Both losses stay near where they began.</summary>
    Underfits,

    /// <summary>Nothing has changed for the last part of the run.</summary>
    Plateau,

    /// <summary>The loss was still falling when the run ended.</summary>
    StillImproving,

    /// <summary>It fell, has levelled off lately, and holds for held-out data.</summary>
    Healthy,
}

/// <summary>A judgement on a run.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reasons">Why, in plain words with numbers.</param>
/// <param name="Advice">What to try next.</param>
/// <param name="Facts">The numbers behind it.</param>
public sealed record CurveVerdict(
    RunOutcome Outcome, IReadOnlyList<string> Reasons, string Advice, CurveFacts Facts);

/// <summary>What a learning curve says in numbers; NaN where it does not say.</summary>
public sealed record CurveFacts
{
    /// <summary>The training loss at the beginning: the mean of the first twentieth.</summary>
    public double Start { get; init; } = double.NaN;

    /// <summary>The training loss at the end: the mean of the last twentieth.</summary>
    public double Last { get; init; } = double.NaN;

    /// <summary>The least such mean of a twentieth.</summary>
    public double Best { get; init; } = double.NaN;

    /// <summary>Standard deviation of the training loss around its trend in the last quarter.</summary>
    public double Noise { get; init; } = double.NaN;

    /// <summary>By how much the trend of the training loss fell over the last quarter; negative if it rose.</summary>
    public double TrainingFall { get; init; } = double.NaN;

    /// <summary>The validation loss at its first look.</summary>
    public double FirstValidation { get; init; } = double.NaN;

    /// <summary>The least validation loss.</summary>
    public double BestValidation { get; init; } = double.NaN;

    /// <summary>The step of the least validation loss.</summary>
    public double BestStep { get; init; } = double.NaN;

    /// <summary>The validation loss at the end: the mean of the last looks, a tenth of them.</summary>
    public double LastValidation { get; init; } = double.NaN;

    /// <summary>Validation loss minus training loss at the end.</summary>
    public double Gap => LastValidation - Last;
}
