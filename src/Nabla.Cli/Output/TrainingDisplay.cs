using Nabla.Language.Training;

namespace Nabla.Cli.Output;

/// <summary>
/// Shows a training run while it runs: a live picture on a terminal, otherwise a line every so many steps.
/// </summary>
internal static class TrainingDisplay
{
    /// <summary>Runs <paramref name="train"/>, which reports its progress to what it is given.</summary>
    public static TrainingOutcome Show(
        Screen screen, string folder, Func<IProgress<TrainingEvent>, TrainingEnded> train)
    {
        var history = new TrainingHistory();
        history.Recall(folder);
        TrainingEnded ended = screen.CanRedraw
            ? LiveTraining.Show(screen, history, train) : train(new PlainTraining(screen, history));
        return new TrainingOutcome(ended, StepsTaken: ended.Step - (history.Started?.Step ?? 0));
    }
}

/// <summary>How a run ended, and how many of its steps were taken just now and not before an interruption.</summary>
internal sealed record TrainingOutcome(TrainingEnded End, int StepsTaken);
