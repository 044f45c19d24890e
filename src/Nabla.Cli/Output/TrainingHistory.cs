using Nabla.Language.Training;
using Nabla.Learning.Training;

namespace Nabla.Cli.Output;

/// <summary>What is known of a training run so far.</summary>
internal sealed class TrainingHistory
{
    private readonly List<(int Step, double Loss)> training = [], validation = [];
    private readonly Pace pace = new(window: 100);

    public IReadOnlyList<(int Step, double Loss)> Training => training;

    public IReadOnlyList<(int Step, double Loss)> Validation => validation;

    public TrainingStarted? Started { get; private set; }

    public StepDone? Latest { get; private set; }

    public Sampled? Sample { get; private set; }

    public int Step => Latest?.Step ?? Started?.Step ?? 0;

    public int Steps => Started?.Steps ?? 0;

    /// <summary>How much of the run is done, 0 to 1.</summary>
    public double Share => Steps == 0 ? 0 : (double)Step / Steps;

    /// <summary>Time left at the pace of the last steps; null before the second.</summary>
    public double? SecondsLeft => pace.SecondsTo(Steps);

    /// <summary>Takes the losses of the steps before an interruption from a run's folder.</summary>
    public void Recall(string folder)
    {
        if (!RunLog.Exists(folder))
            return;
        try
        {
            foreach (RunStep step in RunLog.Read(folder).Steps)
                Add(step.Step, step.Loss, step.ValLoss);
        }
        catch (TrainingException)
        {
            // It was killed before a first step was written: there is nothing to recall.
        }
    }

    public void Add(TrainingEvent report)
    {
        switch (report)
        {
            case TrainingStarted started:
                Started = started;
                training.RemoveAll(point => point.Step > started.Step);
                validation.RemoveAll(point => point.Step > started.Step);
                break;
            case StepDone step:
                Latest = step;
                pace.Done(step.Step);
                Add(step.Step, step.Loss, step.ValLoss);
                break;
            case Sampled sample:
                Sample = sample;
                break;
        }
    }

    private void Add(int step, double loss, double? heldOut)
    {
        training.Add((step, loss));
        if (heldOut is { } known)
            validation.Add((step, known));
    }
}
