using Nabla.Cli.Output;
using Nabla.Cli.Runs;
using Nabla.Formulas.Configurations;
using Nabla.Learning.Training;

namespace Nabla.Cli.Explain;

/// <summary>
/// The path of a file or folder that is there: the log of a run, settings, or a model's <c>config.json</c>. A text that
/// names nothing of the kind is left for others: <c>x</c> is a formula even beside a file of that name.
/// </summary>
internal sealed class FileGiven : IGivenReader
{
    private const int LongestPath = 4096, LongestText = 1 << 20;
    private const string ModelConfiguration = "config.json";

    private static readonly HashSet<string> OfText = new(StringComparer.OrdinalIgnoreCase)
    {
        ".json", ".py", ".yaml", ".yml", ".toml", ".txt", ".log", ".cfg", ".conf", ".ini", ".sh", ".csv", ".tsv",
        ".jsonl",
    };

    public int? TryExplain(Session session, string text, ExplainOptions options)
    {
        if (options.IsForFormula || text.Length > LongestPath || text.Any(char.IsControl))
            return null;
        if (RunFile.IsRun(text))
            return Show(session, RunFile.Read(text), options);
        if (Directory.Exists(text) && Path.Combine(text, ModelConfiguration) is var inside && File.Exists(inside))
            return Explain(session, inside, options);
        if (!OfText.Contains(Path.GetExtension(text)))
            return null;
        if (File.Exists(text))
            return Explain(session, text, options);
        if (!text.Contains(' ', StringComparison.Ordinal))
            throw new UsageException($"There is no file '{text}'. Check the path.");
        return null;
    }

    private static int Explain(Session session, string path, ExplainOptions options)
    {
        if (new FileInfo(path).Length > LongestText)
            throw new UsageException($"'{path}' has more than {LongestText:N0} bytes, which is too long for settings. "
                + "The log of a run should be .csv, .jsonl or TensorBoard's.");
        string text = File.ReadAllText(path);
        if (RunText.TryRead(path, text) is { } log)
            return Show(session, log, options);
        if ((ConfigurationReader.TryExplain(text) ?? ConfigurationReader.TryExplain(RunText.Settings(text)))
            is not { } explained)
            throw new UsageException($"'{path}' holds no settings, no model's sizes and no lines of a training log. "
                + "A formula in a file: 'nabla explain - < FILE'; an article: 'nabla check FILE'.");
        ConfigurationGiven.Show(session, explained, options);
        return 0;
    }

    private static int Show(Session session, RunLog log, ExplainOptions options)
    {
        var run = new ReportedRun(log);
        ReportedRun.Name([run]);
        string reading = string.Join(' ', [$"The run: {run.Outcome}.", .. run.Verdict.Reasons, run.Verdict.Advice]);
        if (session.Json)
            ConfigurationGiven.Write(session, ConfigurationDocument.Write(run, reading), options);
        else if (options.Length is "line" or "paragraph")
            session.Screen.Line(Printable.OnTerminal(reading));
        else
            RunsScreen.Print(session.Screen, [run]);
        session.Plot(() => RunsFigure.Of([run], hasEachStep: true));
        return 0;
    }
}
