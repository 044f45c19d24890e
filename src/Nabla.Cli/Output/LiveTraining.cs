using Nabla.Language.Training;

namespace Nabla.Cli.Output;

/// <summary>A training run as a picture that is drawn anew a few times a second.</summary>
internal sealed class LiveTraining(TrainingHistory history, LivePicture picture) : IProgress<TrainingEvent>
{
    public static TrainingEnded Show(
        Screen screen, TrainingHistory history, Func<IProgress<TrainingEvent>, TrainingEnded> train) =>
        LivePicture.Show(screen, new TrainingPicture(history).Draw,
            picture => train(new LiveTraining(history, picture)));

    public void Report(TrainingEvent value)
    {
        history.Add(value);
        picture.Refresh(atOnce: value is TrainingStarted);
    }
}
