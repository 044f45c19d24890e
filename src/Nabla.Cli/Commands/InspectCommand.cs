using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Language.Evaluation;
using Nabla.Language.Models;
using Nabla.Learning;
using Nabla.Text.Tokenizers;

namespace Nabla.Cli.Commands;

/// <summary>Shows what a model is made of and what it costs.</summary>
internal sealed class InspectCommand : NablaCommand
{
    private readonly Argument<string> folder = ModelArgument.Create();

    public InspectCommand() : base("inspect", "Show what a model is made of and what it costs") =>
        Arguments.Add(folder);

    public override int Place => 7;

    public override IReadOnlyList<string> Examples => ["nabla inspect models/shakespeare"];

    public override int Run(Session session)
    {
        string path = session.Get(folder);
        LoadedModel loaded = ModelFolder.Load(path);
        var cost = new ModelStatistics(loaded.Model);
        session.Result(Document(path, loaded, cost), () => Print(session.Screen, path, loaded, cost));
        return 0;
    }

    private static JsonObject Document(string path, LoadedModel loaded, ModelStatistics cost)
    {
        ModelDimensions size = loaded.Model.Dimensions;
        return new JsonObject
        {
            ["model"] = path,
            ["family"] = ModelArgument.FamilyOf(loaded.Model),
            ["parameters"] = cost.Parameters,
            ["layers"] = size.Layers,
            ["dim"] = size.Dim,
            ["heads"] = size.Heads,
            ["key_value_heads"] = size.KeyValueHeads,
            ["context"] = size.Context,
            ["vocabulary"] = size.Vocabulary,
            ["tokenizer"] = loaded.Tokenizer.Kind,
            ["flops_per_token"] = cost.ForwardFlopsPerToken,
            ["training_flops_per_token"] = cost.TrainingFlopsPerToken,
            ["kv_cache_bytes_per_token"] = size.CacheBytesPerToken,
            ["kv_cache_bytes"] = cost.CacheBytes,
            ["weight_bytes"] = WeightBytes(cost),
            ["training_bytes"] = TrainingBytes(cost),
            ["tensors"] = JsonOutput.Array(loaded.Model.Parameters().Select(Describe)),
        };
    }

    private static JsonObject Describe(NamedParameter parameter) => new()
    {
        ["name"] = parameter.Path,
        ["stored_name"] = parameter.StoredName,
        ["shape"] = JsonOutput.Array(
            Enumerable.Range(0, parameter.Parameter.Rank).Select(axis => (JsonNode?)parameter.Parameter.Shape[axis])),
    };

    private static void Print(Screen screen, string path, LoadedModel loaded, ModelStatistics cost)
    {
        ModelDimensions size = loaded.Model.Dimensions;
        Tokenizer tokenizer = loaded.Tokenizer;
        string shared = size.KeyValueHeads == size.Heads ? "" : $", {size.KeyValueHeads} for keys and values";
        screen.Line(new InkedLine(path, Ink.Model).Add($"  {ModelArgument.FamilyOf(loaded.Model)}", Ink.Strong));
        screen.Line();
        var facts = new TextTable("", "", "");
        facts.Row(Dim("parameters"), Amounts.Count(cost.Parameters),
            Dim($"{Amounts.Count(cost.MatrixParameters)} of them multiply every token"));
        facts.Row(Dim("blocks"), $"{size.Layers}",
            Dim($"width {size.Dim}, {size.Heads} heads of {size.HeadDim}{shared}"));
        facts.Row(Dim("vocabulary"), Amounts.Count(tokenizer.VocabularySize), Dim(tokenizer.Kind));
        facts.Row(Dim("context"), Amounts.Count(size.Context), Dim("tokens it can look back"));
        facts.Row(Dim("to generate"), $"{Amounts.Flops(cost.ForwardFlopsPerToken)}",
            Dim("a token with a full context behind it"));
        facts.Row(Dim("to train"), $"{Amounts.Flops(cost.TrainingFlopsPerToken)}",
            Dim("a token, forward and backward"));
        facts.Row(Dim("KV cache"), Amounts.Bytes(cost.CacheBytes),
            Dim($"for a full context, {Amounts.Bytes(size.CacheBytesPerToken)} a token"));
        facts.Row(Dim("memory"), Amounts.Bytes(WeightBytes(cost)),
            Dim($"for the weights; {Amounts.Bytes(TrainingBytes(cost))} to train with AdamW, without activations"));
        screen.Lines(facts.Draw());
        screen.Line();
        screen.Lines(ModelTree.Of(loaded.Model.GetType().Name, loaded.Model.Parameters()).Draw(screen.Width));
    }

    private static long WeightBytes(ModelStatistics cost) => cost.WeightBytes(WeightFormat.Float32);

    // Weights, gradients and AdamW's two moments.
    private static long TrainingBytes(ModelStatistics cost) => 4 * WeightBytes(cost);

    private static InkedLine Dim(string text) => new(text, Ink.Dim);
}
