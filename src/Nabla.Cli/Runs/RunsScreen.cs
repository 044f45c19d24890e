using Nabla.Cli.Output;
using Nabla.Cli.Output.Plots;
using Nabla.Learning.Training;

namespace Nabla.Cli.Runs;

/// <summary>Runs as people read them: a table, what differs, the curves, and a verdict with its reasons.</summary>
internal static class RunsScreen
{
    private const int CurveRows = 12, MostCurves = 6, MostDifferences = 20;

    public static void Print(Screen screen, IReadOnlyList<ReportedRun> runs)
    {
        screen.Lines(Table(runs).Draw());
        screen.Line();
        if (runs.Count > 1)
            PrintDifferences(screen, runs);
        screen.Lines(TerminalFigure.Draw(
            RunsFigure.Of([.. runs.Take(MostCurves)]), screen.Width, CurveRows, screen.HasColours));
        if (runs.Count > MostCurves)
            screen.Line(new InkedLine($"The curves of the first {MostCurves}; name runs to see others.", Ink.Dim));
        screen.Line();
        foreach (ReportedRun run in runs)
            PrintVerdict(screen, run);
    }

    private static TextTable Table(IReadOnlyList<ReportedRun> runs)
    {
        bool accuracy = runs.Any(run => run.Accuracy is not null);
        var table = new TextTable(["run", "kind", "steps", "loss", "best val", "at step",
            .. accuracy ? (string[])["accuracy"] : [], "speed", "verdict"]);
        table.AlignRight([2, 3, 4, 5, .. accuracy ? (int[])[6, 7] : [6]]);
        foreach (ReportedRun run in runs)
            table.Row([
                new InkedLine(run.Title, Ink.Model), new InkedLine(Printable.OneLine(run.Log.Kind, 20), Ink.Dim),
                Amounts.Count(run.Last.Step),
                Amounts.Fixed(run.Last.Loss, 4),
                new InkedLine(run.Best?.ValLoss is { } loss ? Amounts.Fixed(loss, 4) : "", Ink.HeldOut),
                run.Best is { } best ? Amounts.Count(best.Step) : "",
                .. accuracy ? [run.Accuracy is { } share ? Amounts.Percent(share) : ""] : (InkedLine[])[],
                run.Speed is { } speed ? $"{Amounts.Short(speed)} {run.Log.SpeedUnit}/s" : "",
                new InkedLine(run.Outcome, InkOf(run.Verdict.Outcome)),
            ]);
        return table;
    }

    private static void PrintDifferences(Screen screen, IReadOnlyList<ReportedRun> runs)
    {
        (string Setting, string?[] Values)[] rows = [.. ReportedRun.Differences(runs)];
        if (rows.Length == 0)
            return;
        ReportedRun[] shown = [.. runs.Take(MostCurves)];
        var table = new TextTable(["setting", .. shown.Select(run => run.Title)]);
        foreach ((string setting, string?[] values) in rows.Take(MostDifferences))
            table.Row([
                new InkedLine(Printable.OneLine(setting, 40), Ink.Dim),
                .. shown.Select((_, i) => new InkedLine(Printable.OneLine(values[i] ?? "–", 24))),
            ]);
        screen.Lines(table.Draw());
        if (rows.Length > MostDifferences)
            screen.Line(new InkedLine($"  and {rows.Length - MostDifferences} more; --json has them all", Ink.Dim));
        screen.Line();
    }

    private static void PrintVerdict(Screen screen, ReportedRun run)
    {
        screen.Line(new InkedLine(run.Title, Ink.Model).Add(": ").Add(run.Outcome, InkOf(run.Verdict.Outcome)));
        foreach (string reason in run.Verdict.Reasons)
            screen.Line($"  {reason}");
        screen.Line(new InkedLine($"  {run.Verdict.Advice}", Ink.Dim));
        if (run.Log.DamagedLines > 0)
            screen.Line(new InkedLine(
                $"  Damaged lines of {run.Log.Source} left out: {run.Log.DamagedLines}.",
                Ink.Dim));
    }

    private static Ink InkOf(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Healthy or RunOutcome.StillImproving => Ink.Good,
        RunOutcome.Diverges or RunOutcome.Overfits or RunOutcome.Underfits => Ink.Bad,
        _ => Ink.Plain,
    };
}
