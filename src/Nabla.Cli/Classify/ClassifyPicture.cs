using Nabla.Cli.Output;
using Nabla.Learning.Training;

namespace Nabla.Cli.Classify;

/// <summary>A classifier's training while it runs: a live picture on a terminal, else a line for each epoch.</summary>
internal sealed class ClassifyPicture(int steps, int epochs) : IProgress<StepMetrics>
{
    private const int FewestPlotRows = 4, MostPlotRows = 12, OtherRows = 6, MostLines = 40;

    private readonly List<(int Step, double Loss)> training = [], heldOut = [];
    private readonly List<(int Epoch, double Loss, double? HeldOut, double? Accuracy)> byEpoch = [];
    private readonly Pace pace = new(window: 200);
    private StepMetrics? latest;
    private double epochLoss;
    private int epochSteps;

    /// <summary>Called after each step, and after each epoch.</summary>
    public Action<StepMetrics, bool>? Changed { get; set; }

    /// <summary>Mean training loss, held-out loss and held-out accuracy of each epoch that is done.</summary>
    public IReadOnlyList<(int Epoch, double Loss, double? HeldOut, double? Accuracy)> Epochs => byEpoch;

    /// <summary>Runs the training and shows it.</summary>
    public static TrainingResult Show(Screen screen, ClassifyPicture picture, ClassifyRun run, CancellationToken stop)
    {
        if (screen.CanRedraw)
            return LivePicture.Show(screen, picture.Draw, live =>
            {
                picture.Changed = (_, ended) => live.Refresh(atOnce: ended);
                return run.Train(picture, stop);
            });
        picture.Changed = (_, ended) =>
        {
            if (ended && picture.IsWorthALine)
                screen.Line(picture.LineOf(picture.byEpoch[^1]));
        };
        return run.Train(picture, stop);
    }

    public void Report(StepMetrics value)
    {
        latest = value;
        training.Add((value.Step, value.Loss));
        if (value.ValLoss is { } loss)
            heldOut.Add((value.Step, loss));
        pace.Done(value.Step);
        epochLoss += value.Loss;
        epochSteps++;
        bool ended = value.Step % (steps / epochs) == 0;
        if (ended)
        {
            byEpoch.Add((value.Epoch, epochLoss / epochSteps, value.ValLoss, value.ValAccuracy));
            (epochLoss, epochSteps) = (0, 0);
        }
        Changed?.Invoke(value, ended);
    }

    /// <summary>The picture for a screen.</summary>
    public IEnumerable<InkedLine> Draw(int width, int height)
    {
        int rows = Math.Min(MostPlotRows, height - OtherRows);
        if (rows < FewestPlotRows)
            return new[] { Progress(width), Numbers().Cut(width) }.Take(height);
        var plot = new LossPlot(steps) { Training = training, Validation = heldOut };
        return ["", Progress(width), "", .. plot.Draw(width - 2, rows).Select(line => new InkedLine(" ").Add(line)),
            Numbers().Cut(width)];
    }

    private bool IsWorthALine => byEpoch.Count == 1 || byEpoch.Count == epochs
        || byEpoch.Count % Ladder.AtLeast((double)epochs / MostLines) == 0;

    private InkedLine Progress(int width)
    {
        int step = latest?.Step ?? 0;
        string text = $"{100.0 * step / steps:0} %  epoch {Math.Min(epochs, step / (steps / epochs) + 1)} of {epochs}"
            + (pace.SecondsTo(steps) is { } seconds ? $"  {Amounts.Time(seconds)} left" : "");
        int room = $"100 %  epoch {epochs} of {epochs}  00:00 left".Length;
        return new InkedLine("  ").Add(Bars.Progress((double)step / steps, Math.Max(10, width - room - 6))).Add("  ")
            .Add(text).Cut(width);
    }

    private InkedLine Numbers()
    {
        var line = new InkedLine("  ");
        if (latest is null)
            return line.Add("The first step…", Ink.Dim);
        line.Add("training ", Ink.Dim).Add(Amounts.Fixed(latest.Loss, 3), Ink.Model);
        if (byEpoch.Count > 0 && byEpoch[^1].HeldOut is { } loss)
            line.Add("   held out ", Ink.Dim).Add(Amounts.Fixed(loss, 3), Ink.HeldOut)
                .Add($", {Amounts.Percent(byEpoch[^1].Accuracy ?? double.NaN)} right", Ink.HeldOut);
        return line.Add("   ").Add(Amounts.Count((long)(latest.ExamplesPerSecond ?? 0)))
            .Add(" examples/s   lr ", Ink.Dim).Add(Amounts.Rate(latest.LearningRate))
            .Add("   gradient ", Ink.Dim).Add(Amounts.Fixed(latest.GradientNorm, 2));
    }

    private string LineOf((int Epoch, double Loss, double? HeldOut, double? Accuracy) done)
    {
        string held = done.HeldOut is { } loss
            ? $"  val_loss {Amounts.Fixed(loss, 4)}  val_accuracy {Amounts.Fixed(done.Accuracy ?? double.NaN, 4)}" : "";
        string left = pace.SecondsTo(steps) is { } seconds ? $"  {Amounts.Time(seconds)} left" : "";
        return $"epoch {done.Epoch}/{epochs}  loss {Amounts.Fixed(done.Loss, 4)}{held}  "
            + $"{latest!.ExamplesPerSecond:0} examples/s{left}";
    }
}
