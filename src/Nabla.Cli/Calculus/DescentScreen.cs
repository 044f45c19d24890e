using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Formulas.Printing;

namespace Nabla.Cli.Calculus;

/// <summary>A run down a formula, for people and as JSON.</summary>
internal static class DescentScreen
{
    private const int MostRows = 21, MostColumns = 4;

    public static void Print(Screen screen, DescentReport report)
    {
        FormulaFunction function = report.Function;
        screen.Line(new InkedLine(Printable.OneLine(function.Text, screen.Width - 2), Ink.Strong));
        screen.Line(new InkedLine(DescentRacers.TitleOf(report.Racer), Ink.Model)
            .Add(", learning rate ", Ink.Dim).Add(Amounts.Rate(report.Rate))
            .Add($", from {Place(report.Steps[0].At, function.Labels)}", Ink.Dim));
        screen.Line();
        screen.Lines(Table(report));
        screen.Line();
        screen.Line(new InkedLine("  ").Add(Verdict(report), report.Verdict switch
        {
            DescentVerdict.Converged => Ink.Good,
            DescentVerdict.TooSlow => Ink.Strong,
            _ => Ink.Bad,
        }));
        foreach (string line in Sentences(report).Concat(function.Remarks)
            .SelectMany(line => Printable.Wrap(line, screen.Width - 4)))
            screen.Line($"  {line}", Ink.Plain);
    }

    public static JsonObject Document(DescentReport report) => new()
    {
        ["formula"] = report.Function.Text,
        ["latex"] = FormulaPrinter.Latex(report.Function.Formula.Tree),
        ["optimizer"] = report.Racer.Name.ToLowerInvariant(),
        ["learning_rate"] = JsonOutput.Number(Math.Round((double)report.Rate, 9)),
        ["names"] = JsonOutput.Array(report.Function.Labels.Select(name => (JsonNode?)name)),
        ["steps"] = JsonOutput.Array(report.Steps.Select(step => new JsonObject
        {
            ["step"] = step.Step,
            ["at"] = Numbers(step.At),
            ["loss"] = JsonOutput.Number(step.Loss),
            ["gradient"] = Numbers(step.Gradient),
        })),
        ["verdict"] = VerdictName(report.Verdict),
        ["minimum"] = report.Minimum is { } minimum ? Numbers(minimum) : null,
        ["loss_at_minimum"] = report.Minimum is null ? null : JsonOutput.Number(report.LossAtMinimum),
        ["level_place"] = report.LevelPlace is { } level
            ? new JsonObject { ["at"] = Numbers(level.At), ["kind"] = level.Kind } : null,
        ["lower_place"] = report.LowerPlace is { } lower ? new JsonObject
        {
            ["at"] = Numbers(lower.At),
            ["loss"] = JsonOutput.Number(lower.Height),
        } : null,
        ["tolerance"] = DescentReport.Tolerance,
        ["arrived"] = report.Arrived ?? report.WouldArrive,
        ["corner"] = report.Corner is not null,
        ["approached"] = report.Approached is { } approached ? JsonOutput.Number(approached) : null,
        ["unbounded_below"] = (report.Edge is { IsBottomless: true } || report.FallsForEver) && report.Minimum is null,
        ["notes"] = JsonOutput.Array(report.Function.Remarks.Select(remark => (JsonNode?)remark)),
        ["rate_limit"] = report.Limit is { } limit ? new JsonObject
        {
            ["rate"] = JsonOutput.Number(limit.Rate),
            ["safe"] = JsonOutput.Number(limit.Safe),
            ["how"] = limit.IsExact ? "2 / greatest curvature at the minimum" : "runs at many rates",
            ["curvature"] = JsonOutput.Number(limit.Curvature),
        } : null,
    };

    /// <summary>What the run is called in the document.</summary>
    private static string VerdictName(DescentVerdict verdict) => verdict switch
    {
        DescentVerdict.Converged => "converged",
        DescentVerdict.TooSlow => "too slow",
        DescentVerdict.Oscillates => "oscillates",
        DescentVerdict.Diverges => "diverges",
        DescentVerdict.StandsStill => "stands still",
        _ => "no minimum",
    };

    private static string Verdict(DescentReport report) => report.Verdict switch
    {
        DescentVerdict.Converged => "It converged.",
        DescentVerdict.TooSlow => "It is on its way, and too slow for so few steps.",
        DescentVerdict.Oscillates => "It oscillates: it jumps over the minimum and back, and does not settle.",
        DescentVerdict.Diverges when !report.IsClimbing =>
            "It ended higher than it began: a jump went too far, and it found no way back.",
        DescentVerdict.Diverges => "It diverges: each jump lands farther away.",
        DescentVerdict.StandsStill => "It stands still where the slope is 0, and that is no minimum.",
        _ when report.Approached is { } limit =>
            $"It goes on for ever: the values come nearer and nearer to {Shown.Number(limit)}, and there is no "
                + "minimum.",
        _ when report.FallsForEver => "It goes down without end: there is no minimum this way.",
        _ => "No minimum was found.",
    };

    private static IEnumerable<string> Sentences(DescentReport report)
    {
        if (double.IsNaN(report.Last.Loss))
            yield return $"At step {report.Last.Step} it left the numbers for which the formula has a value.";
        if (report is { Edge: { } edge, Minimum: null })
            yield return edge.IsBottomless
                ? $"It has no minimum: towards {Place(edge.At, report.Function.Labels)}, where its values end, it "
                    + "falls below every number."
                : $"Its values end near {Place(edge.At, report.Function.Labels)}, and a step went over that edge.";
        if (report.LevelPlace is { } level)
            yield return $"At {Place(level.At, report.Function.Labels)} the slope is 0, but it goes farther down from "
                + $"there: it is a {level.Kind}.";
        if (report.Minimum is { } minimum)
            yield return $"The {(report.LowerPlace is null ? "" : "local ")}minimum is "
                + $"{Shown.Number(report.LossAtMinimum)} at {Place(minimum, report.Function.Labels)}.";
        if (report.Arrived is { } arrived)
            yield return $"Within {DescentReport.Tolerance} of that point from step {Amounts.Count(arrived)} on.";
        else if (report.WouldArrive is { } would)
            yield return $"Within {DescentReport.Tolerance} of that point after {Amounts.Count(would)} steps.";
        if (report.LowerPlace is { } lower)
            yield return $"It is not the lowest place: at {Place(lower.At, report.Function.Labels)} the function is "
                + $"{Shown.Number(lower.Height)}{(lower.IsMinimum ? ", another minimum" : "")}. Which one a run comes "
                + "to depends on where it starts.";
        if (report.Corner is { } corner)
            yield return $"The minimum is a corner: the slope jumps from {Shown.Number(corner.Left)} to "
                + $"{Shown.Number(corner.Right)} there and is nowhere near 0 around it. At a fixed rate the steps do "
                + "not become shorter, so a run lands on both sides of it, about as near as a step is long; a rate "
                + "that falls comes to rest.";
        if (report.Limit is not { } limit)
            yield break;
        string rate = limit.IsExact ? Shown.Number(limit.Rate) : Amounts.Rate(limit.Rate);
        string verdict = report.Rate >= limit.Rate * 0.9999 ? "The rate is too high: a" : "A";
        string how = $"found by trying rates, {RateLimit.Steps} steps each.";
        yield return limit.IsExact
            ? $"{verdict} rate of {rate} or more does not converge: 2/λ, where λ = "
                + $"{Shown.Number(limit.Curvature!.Value)} is the greatest curvature at the minimum."
            : limit.IsSharp ? $"{verdict} rate from about {rate} on does not come down from here; {how}"
            : $"{verdict} rate from about {rate} on does not come down from here, one up to about "
                + $"{Amounts.Rate(limit.Safe)} does, and of those in between some do; {how}";
    }

    private static IEnumerable<InkedLine> Table(DescentReport report)
    {
        int shown = Math.Min(report.Function.Count, MostColumns);
        IEnumerable<string> names = report.Function.Labels.Take(shown);
        bool isOne = report.Function.Count == 1;
        var table = new TextTable(["step", .. names, .. shown < report.Function.Count ? ["…"] : Array.Empty<string>(),
            "loss", isOne ? "gradient" : "‖gradient‖"]);
        table.AlignRight([.. Enumerable.Range(0, shown + 4)]);
        foreach (DescentStep step in Rows(report.Steps))
            table.Row([
                new InkedLine($"{step.Step}", Ink.Dim),
                .. step.At.Take(shown).Select(value => new InkedLine(Fixed(value), Ink.Model)),
                .. shown < report.Function.Count ? [new InkedLine("…")] : Array.Empty<InkedLine>(),
                new InkedLine(Fixed(step.Loss)),
                new InkedLine(Fixed(isOne ? step.Gradient[0]
                    : Math.Sqrt(step.Gradient.Sum(slope => slope * slope))), Ink.Dim)]);
        return table.Draw();
    }

    // The first ones, round numbers of steps, and the last.
    private static IEnumerable<DescentStep> Rows(IReadOnlyList<DescentStep> steps)
    {
        int every = steps.Count <= MostRows ? 1 : (int)Ladder.AtLeast((double)steps.Count / (MostRows - 1));
        return steps.Where((step, i) => i % every == 0 || i == steps.Count - 1);
    }

    private static string Fixed(double value) => !double.IsFinite(value) ? "not a number"
        : Math.Abs(value) is >= 1e6 or (> 0 and < 1e-4) ? Shown.Number(value)
        : Amounts.Fixed(value, 4).Replace('-', '−');

    private static string Place(double[] at, IReadOnlyList<string> names) => at.Length <= MostColumns
        ? string.Join(", ", at.Zip(names, (value, name) => $"{name} = {Shown.Number(value)}"))
        : $"{at.Length} numbers";

    private static JsonArray Numbers(IEnumerable<double> values) =>
        JsonOutput.Array(values.Select(value => JsonOutput.Number(value)));
}
