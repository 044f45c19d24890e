using Nabla.Numerics;

namespace Nabla.Learning.Training;

/// <summary>
/// The numbers of a run under whatever names a program gave them, of which the losses and the accuracy are made out.
/// </summary>
/// <param name="path">Where they come from; errors name it.</param>
internal sealed class RunScalars(string path)
{
    private const int MostNumbers = 2_000_000, MostNames = 10_000, NamesShown = 12, MostRestarts = 1000;

    private readonly Dictionary<string, SortedDictionary<double, double>> series = new(StringComparer.Ordinal);
    private int numbers, restarts;

    /// <summary>Lines that could not be read.</summary>
    public int DamagedLines { get; set; }

    /// <summary>A number at a step; a later one at the same step counts.</summary>
    /// <exception cref="TrainingException">There are too many.</exception>
    public void Add(string name, double step, double value)
    {
        if (!series.TryGetValue(name, out SortedDictionary<double, double>? points))
            series[name] = points = [];
        points[step] = value;
        if (++numbers > MostNumbers || series.Count > MostNames)
            throw new TrainingException($"Cannot use '{path}': it has more than {MostNumbers:N0} numbers or "
                + $"{MostNames:N0} names. Give a part of it.");
    }

    /// <summary>Forgets a step and all later ones, for the run took them again.</summary>
    /// <exception cref="TrainingException">The run began anew too often.</exception>
    public void ForgetFrom(double step)
    {
        if (++restarts > MostRestarts)
            throw new TrainingException(
                $"Cannot use '{path}': the run began anew more than {MostRestarts:N0} times. Give a part of it.");
        foreach (SortedDictionary<double, double> points in series.Values)
            foreach (double later in points.Keys.Where(key => key >= step).ToArray())
                points.Remove(later);
    }

    /// <summary>The run. A held-out loss belongs to the last training loss that is not after it.</summary>
    /// <exception cref="TrainingException">There is no training loss.</exception>
    public RunLog ToLog()
    {
        SortedDictionary<double, double> training = Longest(ScalarNames.IsTrainingLoss)
            ?? Longest(ScalarNames.IsSomeLoss) ?? throw new TrainingException(
                $"Cannot use '{path}': none of its numbers is a training loss, such as loss or train_loss; "
                + $"it has {Names()}.");
        SortedDictionary<double, double> validation = Longest(ScalarNames.IsValidationLoss) ?? [];
        SortedDictionary<double, double> accuracy = Longest(ScalarNames.IsValidationAccuracy) ?? [];
        double[] at = [.. training.Keys];
        double[] losses = [.. training.Values];
        bool areSteps = at.All(step => step is >= 0 and <= int.MaxValue && step == Math.Floor(step));
        var steps = new RunStep[at.Length];
        for (int i = 0; i < at.Length; i++)
            steps[i] = new RunStep(areSteps ? (int)at[i] : i + 1, losses[i]);
        foreach ((double step, double loss) in validation)
            steps[Before(at, step)] = steps[Before(at, step)] with { ValLoss = loss };
        foreach ((double step, double share) in accuracy)
            steps[Before(at, step)] = steps[Before(at, step)] with { ValAccuracy = share };
        return new RunLog { Folder = path, Source = path, Steps = steps, DamagedLines = DamagedLines };
    }

    private SortedDictionary<double, double>? Longest(Func<string, bool> isMeant) => series
        .Where(pair => pair.Value.Count > 0 && isMeant(pair.Key)).Select(pair => pair.Value)
        .MaxBy(points => points.Count);

    private static int Before(double[] steps, double step)
    {
        int place = Array.BinarySearch(steps, step);
        return place >= 0 ? place : Math.Max(0, ~place - 1);
    }

    private string Names() => series.Count == 0 ? "none at all"
        : string.Join(", ", series.Keys.Take(NamesShown).Select(Foreign.Quote))
        + (series.Count > NamesShown ? ", …" : "");
}
