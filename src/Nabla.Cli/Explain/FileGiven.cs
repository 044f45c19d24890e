using System.Text.Json;
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
    private const int LongestPath = 4096, LongestText = 1 << 20, LongestLine = 60;
    private const string ModelConfiguration = "config.json";

    private static readonly HashSet<string> OfText = new(StringComparer.OrdinalIgnoreCase)
    {
        ".json", ".py", ".yaml", ".yml", ".toml", ".txt", ".log", ".cfg", ".conf", ".ini", ".sh", ".csv", ".tsv",
        ".jsonl",
    };

    public int? TryExplain(Session session, string text, ExplainOptions options)
    {
        if (text.Length > LongestPath || text.Any(char.IsControl))
            return null;
        if (options.IsForFormula)
            return OfText.Contains(Path.GetExtension(text)) && File.Exists(text) ? throw NotOfFormula(text, options)
                : null;
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
        if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase))
            RequireJson(path, text);
        if ((ConfigurationReader.TryExplain(text) ?? ConfigurationReader.TryExplain(RunText.Settings(text)))
            is not { } explained)
            throw new UsageException($"'{path}' holds no settings, no model's sizes and no lines of a training log. "
                + "A formula in a file: 'nabla explain - < FILE'; an article: 'nabla check FILE'.");
        ConfigurationGiven.Show(session, explained, options);
        return 0;
    }

    private static UsageException NotOfFormula(string path, ExplainOptions options)
    {
        string[] given =
        [
            .. new[]
            {
                ("--with", options.With.Count > 0), ("--shapes", options.Shapes.Count > 0),
                ("--grad", options.Gradients.Count > 0), ("--to", options.To is not null),
            }.Where(option => option.Item2).Select(option => option.Item1),
        ];
        return new UsageException($"'{path}' is a file of settings or of a run, and {string.Join(" and ", given)} "
            + $"{(given.Length == 1 ? "is" : "are")} for formulas; leave {(given.Length == 1 ? "it" : "them")} out. "
            + "A formula in a file: 'nabla explain - < FILE'.");
    }

    private static void RequireJson(string path, string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions
            {
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
            });
        }
        catch (JsonException error)
        {
            string place = error is { LineNumber: { } line, BytePositionInLine: { } column }
                ? $" at line {line + 1}, column {column + 1}" : "";
            string written = text.Split('\n').ElementAtOrDefault((int)(error.LineNumber ?? 0))?.Trim() ?? "";
            throw new UsageException($"'{path}' is no JSON{place}"
                + (written.Length > 0 ? $", in '{Printable.OneLine(written, LongestLine)}'" : "")
                + ": look there for a comma, a quote or a bracket that is missing or too many.");
        }
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
