namespace Nabla.Cli.Output;

/// <summary>A training run as a picture: progress, loss curves, numbers, the latest sample.</summary>
internal sealed class TrainingPicture(TrainingHistory history)
{
    // Rows besides those of the curves: an empty one, the bar, another, two of the axis, the numbers; a sample has six.
    private const int OtherRows = 6, SampleRows = 6, SampleLines = 4, FewestPlotRows = 4, MostPlotRows = 12;

    public IEnumerable<InkedLine> Draw(int width, int height)
    {
        bool hasSample = height >= OtherRows + FewestPlotRows + SampleRows;
        int plotRows = Math.Min(MostPlotRows, height - OtherRows - (hasSample ? SampleRows : 0));
        if (plotRows < FewestPlotRows)
            return new[] { Progress(width), Numbers().Cut(width) }.Take(height);
        var plot = new LossPlot(history.Steps) { Training = history.Training, Validation = history.Validation };
        return
        [
            "", Progress(width), "",
            .. plot.Draw(width - 2, plotRows).Select(line => new InkedLine(" ").Add(line)),
            Numbers().Cut(width),
            .. hasSample ? Sample(width) : [],
        ];
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
        foreach (string line in Printable.Wrap(sample.Text, width - 6).Where(line => line.Length > 0).Take(SampleLines))
            yield return new InkedLine("  │ ", Ink.Model).Add(line);
    }
}
