using Nabla.Language.Training;

namespace Nabla.Cli.Output;

/// <summary>
/// Shows a training run while it runs: a live picture on a terminal, otherwise a line every so many steps.
/// </summary>
internal static class TrainingDisplay
{
    /// <summary>Runs <paramref name="train"/>, which reports its progress to what it is given.</summary>
    public static TrainingEnded Show(Screen screen, string folder, Func<IProgress<TrainingEvent>, TrainingEnded> train)
    {
        var history = new TrainingHistory();
        history.Recall(Path.Combine(folder, "metrics.jsonl"));
        return screen.IsLive ? LiveTraining.Show(screen, history, train) : train(new PlainTraining(screen, history));
    }
}
