using System.Text.Json.Nodes;
using Nabla.Cli.Output;

namespace Nabla.Cli.Race;

/// <summary>The standings of a race, for people and as JSON.</summary>
internal static class RaceTable
{
    public static IEnumerable<InkedLine> Draw(RaceProblem problem, IEnumerable<RaceResult> results)
    {
        yield return new InkedLine(problem.Title, Ink.Strong);
        var table = new TextTable(
            "", "optimizer", "rate", "loss", problem.Surface is null ? "" : "to the minimum", "arrived")
            .AlignRight(0, 2, 3, 4, 5);
        int place = 1;
        foreach (RaceResult result in RaceResult.Ranked(results))
            table.Row(
                new InkedLine($"{place++}", Ink.Dim), new InkedLine(result.Optimizer, Ink.Model),
                new InkedLine(Amounts.Rate(result.LearningRate), Ink.Dim),
                result.Diverged ? new InkedLine("diverged", Ink.Bad) : Amounts.Rate(result.Loss),
                result.Distance is { } distance && !result.Diverged ? Amounts.Rate(distance) : "",
                result.Arrived is { } step ? new InkedLine($"step {Amounts.Count(step)}", Ink.Good)
                    : new InkedLine("no", Ink.Dim));
        foreach (InkedLine line in table.Draw())
            yield return line;
        yield return new InkedLine(
            $"  arrived: from this step on the loss was at most {Amounts.Rate(problem.Tolerance)}", Ink.Dim);
    }

    public static JsonObject Document(RaceProblem problem, IEnumerable<RaceResult> results) => new()
    {
        ["problem"] = problem.Name,
        ["tolerance"] = problem.Tolerance,
        ["results"] = JsonOutput.Array(RaceResult.Ranked(results).Select(Describe)),
    };

    private static JsonObject Describe(RaceResult result) => new()
    {
        ["optimizer"] = result.Optimizer,
        ["learning_rate"] = JsonOutput.Number(Math.Round(result.LearningRate, 6)),
        ["loss"] = JsonOutput.Number(result.Loss),
        ["distance_to_minimum"] = result.Diverged ? null : JsonOutput.Number(result.Distance),
        ["steps_to_tolerance"] = result.Arrived,
        ["diverged"] = result.Diverged,
        ["losses"] = JsonOutput.Array(result.Losses.Select(loss => JsonOutput.Number(loss))),
        ["path"] = JsonOutput.Array(result.Path.Select(
            point => (JsonNode)JsonOutput.Array([JsonOutput.Number(point.X), JsonOutput.Number(point.Y)]))),
    };
}
