using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Language.Evaluation;
using Nabla.Language.Generation;
using Nabla.Text.Corpora;

namespace Nabla.Cli.Quickstart;

/// <summary>What a model expects after a prompt.</summary>
internal sealed record NextTokens(string Prompt, IReadOnlyList<NextToken> Tokens);

/// <summary>An answer of the model, and whether it is right.</summary>
internal sealed record Answer(Question Question, string Text)
{
    public bool IsRight => Question.IsRight(Text);
}

/// <summary>What the tour found out about the trained model.</summary>
internal sealed record Findings(WorldScore Score, NGramBaseline Baseline)
{
    public required NextTokens Before { get; init; }

    public required NextTokens After { get; init; }

    public required IReadOnlyList<Answer> Answers { get; init; }

    public required string Story { get; init; }

    public JsonObject AddTo(JsonObject document)
    {
        document["held_out_bits_per_byte"] = JsonOutput.Number(Score.HeldOut.BitsPerByte);
        document["baselines"] = LossBars.ToJson([Baseline]);
        document["sums_right"] = Rate(Score.Sums);
        document["facts_recalled"] = Rate(Score.Facts);
        document["answers_invented"] = Rate(Score.Invented);
        document["next_tokens"] = new JsonObject
        {
            ["prompt"] = After.Prompt,
            ["before"] = Tokens(Before),
            ["after"] = Tokens(After),
        };
        document["story"] = Story;
        return document;
    }

    private static JsonObject Rate(Tally tally) =>
        new() { ["count"] = tally.Count, ["total"] = tally.Total, ["rate"] = JsonOutput.Number(tally.Rate) };

    private static JsonArray Tokens(NextTokens next) => JsonOutput.Array(next.Tokens.Select(token => new JsonObject
    {
        ["text"] = token.Text,
        ["probability"] = JsonOutput.Number(token.Probability),
    }));
}
