using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Cli.Runs;
using Nabla.Formulas.Configurations;
using Nabla.Formulas.Configurations.Models;

namespace Nabla.Cli.Explain;

/// <summary>What settings, a model's sizes or a line of a log say, as JSON.</summary>
internal static class ConfigurationDocument
{
    private static readonly JsonSerializerOptions OneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // η stays η
    };

    private static readonly JsonSerializerOptions Readable = new(OneLine) { WriteIndented = true };

    public static string Write(ConfigurationExplanation explained, bool onOneLine = false) =>
        Of(explained).ToJsonString(onOneLine ? OneLine : Readable);

    /// <summary>What became of a run.</summary>
    public static string Write(ReportedRun run, string reading)
    {
        JsonObject document = RunsDocument.Of(run);
        document.Remove("kind");
        document.Insert(0, "ok", true);
        document.Insert(1, "kind", "run");
        document.Insert(2, "title", "A training run");
        document.Insert(3, "reading", reading);
        return document.ToJsonString(Readable);
    }

    private static JsonObject Of(ConfigurationExplanation explained) => new()
    {
        ["ok"] = true,
        ["kind"] = explained.Kind switch
        {
            ConfigurationKind.Model => "model",
            ConfigurationKind.LogLine => "log_line",
            _ => "settings",
        },
        ["title"] = explained.Title,
        ["reading"] = explained.Reading,
        ["values"] = JsonOutput.Array(explained.Values.Select(value => new JsonObject
        {
            ["name"] = value.Name,
            ["value"] = value.Value,
            ["title"] = value.Title,
            ["meaning"] = value.Meaning,
            ["amounts"] = value.Amounts,
        })),
        ["model"] = explained.Model is { } size ? Of(size) : null,
        ["warnings"] = Texts(explained.Warnings),
        ["related"] = Texts(explained.Related),
    };

    private static JsonObject Of(ModelSize size) => new()
    {
        ["family"] = size.Family,
        ["parameters"] = Whole(size.Parameters),
        ["active_parameters"] = Whole(size.ActiveParameters),
        ["context"] = size.Context,
        ["matrices"] = JsonOutput.Array(size.Weights.Select(weight => new JsonObject
        {
            ["name"] = weight.Name,
            ["shape"] = weight.Columns > 1 ? new JsonArray(weight.Rows, weight.Columns) : new JsonArray(weight.Rows),
            ["count"] = weight.Count,
            ["parameters"] = Whole(weight.Parameters),
            ["share"] = JsonOutput.Number((double)weight.Parameters / (double)size.Parameters),
            ["meaning"] = weight.Meaning,
        })),
        ["flops_per_token"] = new JsonObject
        {
            ["forward"] = JsonOutput.Number(size.ForwardFlops(0)),
            ["forward_at_full_context"] = JsonOutput.Number(size.ForwardFlops(size.Context)),
            ["training"] = JsonOutput.Number(size.TrainingFlops(size.Context)),
        },
        ["kv_cache_bytes_per_token"] = JsonOutput.Number(size.Cache.Bytes(1, 16)),
        ["kv_cache_bytes"] = JsonOutput.Number(size.Cache.Bytes(size.Context, 16)),
        ["kv_cache_formula"] = size.Cache.Formula,
        ["memory"] = Memory(size),
    };

    private static JsonObject Memory(ModelSize size)
    {
        var memory = new JsonObject();
        foreach ((string precision, double weights, double cache) in ModelTables.Memory(size))
            memory[precision.Split(',')[0].Replace(' ', '_')] = new JsonObject
            {
                ["weights_bytes"] = JsonOutput.Number(weights),
                ["kv_cache_bytes"] = JsonOutput.Number(cache),
            };
        memory["training_with_adamw_bytes"] = JsonOutput.Number(ModelTables.TrainingBytes(size));
        return memory;
    }

    // JSON's numbers have no longest, but .NET's nodes do.
    private static JsonNode? Whole(Int128 value) => JsonNode.Parse(value.ToString(CultureInfo.InvariantCulture));

    private static JsonArray Texts(IEnumerable<string> texts) =>
        JsonOutput.Array(texts.Select(text => (JsonNode?)text));
}
