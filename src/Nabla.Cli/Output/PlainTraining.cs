using Nabla.Language.Training;

namespace Nabla.Cli.Output;

/// <summary>
/// A training run as plain lines: one every so many steps, and one for every look at the validation loss.
/// </summary>
internal sealed class PlainTraining(Screen screen, TrainingHistory history) : IProgress<TrainingEvent>
{
    private const int MostLines = 40;

    public void Report(TrainingEvent value)
    {
        history.Add(value);
        switch (value)
        {
            case StepDone step when IsWorthALine(step):
                screen.Line(Line(step));
                break;
            case Sampled sample:
                screen.Line($"step {sample.Step} sample: {Printable.OneLine(sample.Text, screen.Width - 20)}");
                break;
        }
    }

    private bool IsWorthALine(StepDone step) => step.ValLoss is not null || step.Step == 1
        || step.Step == history.Steps || step.Step % Ladder.AtLeast((double)history.Steps / MostLines) == 0;

    private string Line(StepDone step)
    {
        string held = step.ValLoss is { } loss ? $"  val_loss {Amounts.Fixed(loss, 4)}" : "";
        string left = history.SecondsLeft is { } seconds ? $"  {Amounts.Time(seconds)} left" : "";
        return $"step {step.Step}/{history.Steps}  loss {Amounts.Fixed(step.Loss, 4)}{held}  "
            + $"lr {Amounts.Rate(step.Lr)}  grad_norm {Amounts.Fixed(step.GradNorm, 3)}  {step.TokensPerSecond:0} "
            + $"tokens/s{left}";
    }
}
