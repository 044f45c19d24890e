using Nabla.Learning.Training;

namespace Nabla.Cli.Runs;

/// <summary>A run, the name it has among others, and what became of it.</summary>
internal sealed class ReportedRun(RunLog log)
{
    public RunLog Log { get; } = log;

    public CurveVerdict Verdict { get; } = log.Curve.Judge();

    /// <summary>The end of its path, as much as it takes to tell it from the others.</summary>
    public string Title { get; private set; } = "";

    public RunStep Last => Log.Steps[^1];

    /// <summary>The step with the least validation loss; null without validation.</summary>
    public RunStep? Best => Log.Steps.Where(step => step.ValLoss is { } loss && double.IsFinite(loss))
        .MinBy(step => step.ValLoss);

    /// <summary>The best accuracy on held-out data; null where there is none.</summary>
    public double? Accuracy => Log.Steps.Max(step => step.ValAccuracy);

    /// <summary>Tokens or examples a second: the median of the last hundred steps.</summary>
    public double? Speed
    {
        get
        {
            double[] last = [.. Log.Steps.TakeLast(100).Select(step => step.Speed).OfType<double>().Order()];
            return last.Length == 0 ? null : last[last.Length / 2];
        }
    }

    /// <summary>What became of it, in two words at most.</summary>
    public string Outcome => OutcomeIn(' ');

    /// <summary>The same as JSON has it: <c>still_improving</c>.</summary>
    public string OutcomeKey => OutcomeIn('_');

    /// <summary>The run in a folder, alone.</summary>
    /// <exception cref="TrainingException">There is none that can be read.</exception>
    public static ReportedRun Read(string folder)
    {
        var run = new ReportedRun(RunLog.Read(folder));
        Name([run]);
        return run;
    }

    /// <summary>Gives each run the shortest end of its path that no other has.</summary>
    public static void Name(IReadOnlyList<ReportedRun> runs)
    {
        string[][] paths = [.. runs.Select(run => Path.GetFullPath(run.Log.Folder)
            .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))];
        for (int i = 0; i < runs.Count; i++)
        {
            int parts = 1;
            while (parts < paths[i].Length
                && paths.Where((_, other) => other != i).Any(path => End(path, parts) == End(paths[i], parts)))
                parts++;
            runs[i].Title = Output.Printable.OneLine(End(paths[i], parts), 60);
        }
    }

    /// <summary>Settings that two runs have differently, or only one has; those of every run in its place.</summary>
    public static IEnumerable<(string Setting, string?[] Values)> Differences(IReadOnlyList<ReportedRun> runs)
    {
        foreach (string key in runs.SelectMany(run => run.Log.Settings.Keys).Distinct(StringComparer.Ordinal))
        {
            string?[] values = [.. runs.Select(run => run.Log.Settings.GetValueOrDefault(key))];
            if (values.Distinct(StringComparer.Ordinal).Skip(1).Any())
                yield return (key, values);
        }
    }

    private static string End(string[] path, int parts) => string.Join('/', path[^Math.Min(parts, path.Length)..]);

    private string OutcomeIn(char between) => string.Concat(Verdict.Outcome.ToString().Select((c, i) =>
        char.IsUpper(c) ? (i == 0 ? "" : between.ToString()) + char.ToLowerInvariant(c) : c.ToString()));
}
