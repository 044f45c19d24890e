using System.Text.Json.Nodes;
using Nabla.Cli.Output.Plots;
using Nabla.Language.Evaluation;

namespace Nabla.Cli.Output;

/// <summary>The losses of n-gram models and of a model on the same text, as bars: shorter is better.</summary>
internal static class LossBars
{
    public static IEnumerable<InkedLine> Draw(IReadOnlyList<NGramBaseline> baselines, EvaluationResult model, int width)
    {
        double longest = baselines.Select(baseline => baseline.Result.BitsPerByte).Append(model.BitsPerByte).Max();
        int bar = Math.Clamp(width - 37, 10, 44);
        yield return new InkedLine($"  {"",-6}  {"nats a byte",11}  {"bits a byte",11}  shorter is better", Ink.Dim);
        foreach (NGramBaseline baseline in baselines)
            yield return Row($"{baseline.Order}-gram", baseline.Result)
                .Add(Bars.Bar(baseline.Result.BitsPerByte / longest, bar), Ink.Dim);
        yield return Row("model", model).Add(Bars.Bar(model.BitsPerByte / longest, bar), Ink.Model);
    }

    /// <summary>The same for a file.</summary>
    public static Figure Figure(IReadOnlyList<NGramBaseline> baselines, EvaluationResult model) => new(
        "Loss on the same text", new Panel(new BarSeries(
            "", [.. baselines.Select(baseline => baseline.Result.BitsPerByte), model.BitsPerByte]))
        {
            X = new Axis("bits a byte (less is better)"),
            Y = new Axis { Categories = [.. baselines.Select(baseline => $"{baseline.Order}-gram"), "model"] },
        });

    public static JsonArray ToJson(IEnumerable<NGramBaseline> baselines) =>
        JsonOutput.Array(baselines.Select(ToJson));

    private static JsonObject ToJson(NGramBaseline baseline) => new()
    {
        ["model"] = $"{baseline.Order}-gram",
        ["order"] = baseline.Order,
        ["nats_per_byte"] = JsonOutput.Number(baseline.Result.NatsPerByte),
        ["bits_per_byte"] = JsonOutput.Number(baseline.Result.BitsPerByte),
    };

    private static InkedLine Row(string name, EvaluationResult result) =>
        $"  {name,-6}  {Amounts.Fixed(result.NatsPerByte, 4),11}  {Amounts.Fixed(result.BitsPerByte, 4),11}  ";
}
