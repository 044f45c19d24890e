namespace Nabla.Cli.Output;

/// <summary>A training run as a picture: progress, loss curves, numbers, the latest sample.</summary>
internal sealed class TrainingPicture(TrainingHistory history)
{
    private const int SampleRows = 4, OtherRows = 8;

    public IEnumerable<InkedLine> Draw(int width, int height)
    {
        yield return "";
        yield return Progress(width);
        yield return "";
        int plotRows = Math.Clamp(height - OtherRows - SampleRows, 4, 12);
        var plot = new LossPlot(history.Steps) { Training = history.Training, Validation = history.Validation };
        foreach (InkedLine line in plot.Draw(width - 2, plotRows))
            yield return new InkedLine(" ").Add(line);
        yield return Numbers().Cut(width);
        foreach (InkedLine line in Sample(width))
            yield return line;
    }

    /// <summary>The line of numbers for the latest step.</summary>
    public InkedLine Numbers()
    {
        var line = new InkedLine("  ");
        if (history.Latest is not { } latest)
            return line.Add("The first step…", Ink.Dim);
        line.Add("training ", Ink.Dim).Add(Amounts.Fixed(latest.Loss, 3), Ink.Model);
        if (history.Validation.Count > 0)
            line.Add("   held out ", Ink.Dim).Add(Amounts.Fixed(history.Validation[^1].Loss, 3), Ink.HeldOut);
        return line.Add(" nats a token   ", Ink.Dim)
            .Add(Amounts.Count((long)latest.TokensPerSecond)).Add(" tokens/s   lr ", Ink.Dim)
            .Add(Amounts.Rate(latest.Lr))
            .Add("   gradient ", Ink.Dim).Add(Amounts.Fixed(latest.GradNorm, 2));
    }

    private InkedLine Progress(int width)
    {
        string left = history.SecondsLeft is { } seconds ? $"{Amounts.Time(seconds)} left" : "";
        string text =
            $"{100 * history.Share:0} %  step {Amounts.Count(history.Step)} of {Amounts.Count(history.Steps)}  {left}";
        // Room for the longest text, so that the bar does not change its length while it fills.
        int room = $"100 %  step {Amounts.Count(history.Steps)} of {Amounts.Count(history.Steps)}  00:00 left".Length;
        return new InkedLine("  ").Add(Bars.Progress(history.Share, Math.Max(10, width - room - 6))).Add("  ")
            .Add(text).Cut(width);
    }

    private IEnumerable<InkedLine> Sample(int width)
    {
        if (history.Sample is not { } sample)
            yield break;
        yield return "";
        yield return new InkedLine($"  At step {Amounts.Count(sample.Step)} it writes:", Ink.Dim);
        foreach (string line in Printable.Wrap(sample.Text, width - 6).Where(line => line.Length > 0).Take(SampleRows))
            yield return new InkedLine("  │ ", Ink.Model).Add(line);
    }
}
