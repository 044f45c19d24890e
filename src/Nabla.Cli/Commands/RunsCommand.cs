using System.CommandLine;
using Nabla.Cli.Output;
using Nabla.Cli.Runs;
using Nabla.Learning.Training;

namespace Nabla.Cli.Commands;

/// <summary>Lists training runs, compares them, draws their losses and says what became of each.</summary>
internal sealed class RunsCommand : NablaCommand
{
    private const string DefaultFolder = "models";

    private readonly Argument<string[]> folders = new("FOLDER")
    {
        Description = $"Runs, or folders that hold runs (default: {DefaultFolder})",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public RunsCommand() : base("runs", "List, compare and plot training runs, and say what became of each")
    {
        Arguments.Add(folders);
        Options.Add(CommonOptions.Plot);
    }

    public override int Place => 11;

    public override IReadOnlyList<string> Examples =>
    [
        "nabla runs", "nabla runs models/shakespeare",
        "nabla runs models/small models/large --plot losses.html",
    ];

    public override int Run(Session session)
    {
        List<ReportedRun> runs = Read(session);
        session.Result(RunsDocument.Of(runs), () => RunsScreen.Print(session.Screen, runs));
        session.Plot(() => RunsFigure.Of(runs, hasEachStep: true));
        return 0;
    }

    private List<ReportedRun> Read(Session session)
    {
        string[] named = session.Get(folders) is { Length: > 0 } given ? given : [DefaultFolder];
        var runs = new List<ReportedRun>();
        foreach (string folder in Folders(named))
            try
            {
                runs.Add(new ReportedRun(RunLog.Read(folder)));
            }
            catch (TrainingException error) when (!named.Contains(folder, StringComparer.Ordinal))
            {
                session.Remarks.Line($"Left out: {Printable.OneLine(error.Message, 200)}");
            }
        if (runs.Count == 0)
            throw new UsageException(
                $"There is no run that can be read in {string.Join(", ", named)}. 'nabla train' makes one in the "
                + "folder of its --out.");
        ReportedRun.Name(runs);
        return runs;
    }

    private static IEnumerable<string> Folders(string[] named) => named
        .SelectMany(folder => RunLog.Exists(folder) ? [folder] : RunLog.Find(folder))
        .DistinctBy(Path.GetFullPath, StringComparer.Ordinal);
}
