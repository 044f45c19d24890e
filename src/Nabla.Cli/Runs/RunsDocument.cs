using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Learning.Training;

namespace Nabla.Cli.Runs;

/// <summary>Runs as JSON.</summary>
internal static class RunsDocument
{
    public static JsonObject Of(IReadOnlyList<ReportedRun> runs) => new()
    {
        ["runs"] = JsonOutput.Array(runs.Select(Of)),
        ["differences"] = new JsonObject(runs.Count < 2 ? [] : ReportedRun.Differences(runs).Select(row =>
            KeyValuePair.Create(
                row.Setting, (JsonNode?)JsonOutput.Array(row.Values.Select(value => (JsonNode?)value))))),
    };

    /// <summary>One run.</summary>
    public static JsonObject Of(ReportedRun run)
    {
        CurveFacts facts = run.Verdict.Facts;
        return new JsonObject
        {
            ["name"] = run.Title,
            ["folder"] = run.Log.Folder,
            ["kind"] = run.Log.Kind,
            ["steps"] = run.Last.Step,
            ["loss"] = JsonOutput.Number(run.Last.Loss),
            ["best_val_loss"] = JsonOutput.Number(run.Best?.ValLoss),
            ["best_step"] = run.Best?.Step,
            ["last_val_loss"] = JsonOutput.Number(run.Log.Steps.LastOrDefault(s => s.ValLoss is not null)?.ValLoss),
            ["best_val_accuracy"] = JsonOutput.Number(run.Accuracy),
            ["per_second"] = JsonOutput.Number(run.Speed),
            ["unit"] = run.Log.SpeedUnit,
            ["damaged_lines"] = run.Log.DamagedLines,
            ["verdict"] = run.OutcomeKey,
            ["reasons"] = JsonOutput.Array(run.Verdict.Reasons.Select(reason => (JsonNode?)reason)),
            ["advice"] = run.Verdict.Advice,
            ["start_loss"] = JsonOutput.Number(facts.Start),
            ["end_loss"] = JsonOutput.Number(facts.Last),
            ["gap"] = JsonOutput.Number(facts.Gap),
            ["noise"] = JsonOutput.Number(facts.Noise),
            ["settings"] = new JsonObject(
                run.Log.Settings.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value))),
        };
    }
}
