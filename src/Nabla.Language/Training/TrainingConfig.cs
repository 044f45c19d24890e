using System.Text.Json;
using System.Text.Json.Serialization;
using Nabla.Learning.Training;

namespace Nabla.Language.Training;

/// <summary>
/// Everything that determines a training run but the data and the seed. A recipe is one of these as JSON.
/// </summary>
/// <example><code>
/// { "model": { "family": "llama", "layers": 4, "heads": 4, "dim": 128, "context": 64 }, "steps": 2000, "batch": 12 }
/// </code></example>
public sealed record TrainingConfig
{
    private const long MostTokens = 1 << 24;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>What the recipe is for, in a line.</summary>
    public string Description { get; init; } = "";

    /// <summary>The model.</summary>
    public ModelConfig Model { get; init; } = new();

    /// <summary>The tokenizer.</summary>
    public TokenizerConfig Tokenizer { get; init; } = new();

    /// <summary>The optimizer and its schedule.</summary>
    public OptimizerConfig Optimizer { get; init; } = new();

    /// <summary>Optimizer steps.</summary>
    public int Steps { get; init; } = 2000;

    /// <summary>Sequences in a forward pass.</summary>
    public int Batch { get; init; } = 12;

    /// <summary>Forward and backward passes whose gradients are averaged for one step.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>
    /// Computes each block twice instead of keeping what it computed: less memory, more time, the same result.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ActivationCheckpointing { get; init; }

    /// <summary>The last part of the data that is held out, in (0, 1).</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Steps between looks at the validation loss.</summary>
    public int EvaluateEvery { get; init; } = 250;

    /// <summary>Tokens of the validation part that are looked at along the way; at the end all of it is.</summary>
    public int EvaluationTokens { get; init; } = 20_000;

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 250;

    /// <summary>Steps between samples; 0 for none.</summary>
    public int SampleEvery { get; init; } = 500;

    /// <summary>What samples begin with; without one they begin as a new text does.</summary>
    public string SamplePrompt { get; init; } = "";

    internal long TokensPerPass => (long)Batch * Model.Context;

    internal long TokensPerStep => TokensPerPass * Accumulate;

    /// <summary>Reads a recipe and checks every value.</summary>
    /// <exception cref="TrainingException">It is not JSON, has an unknown key, or a value is out of range.</exception>
    public static TrainingConfig Parse(string json)
    {
        try
        {
            TrainingConfig config = JsonSerializer.Deserialize<TrainingConfig>(json, Json)
                ?? throw new TrainingException(
                    "Recipe: the file holds null, not a recipe. See 'nabla recipes' for examples.");
            return config.Validated();
        }
        catch (JsonException error)
        {
            throw new TrainingException(
                $"Recipe: {error.Message.Split(" Path: ")[0].TrimEnd('.')} (at {error.Path ?? "$"}, " +
                $"line {error.LineNumber + 1}). See 'nabla recipes' for examples.", error);
        }
    }

    /// <summary>The recipe as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="TrainingException">Names the key, its value and what is expected.</exception>
    public TrainingConfig Validated()
    {
        Model.Validate();
        Tokenizer.Validate();
        Require(Steps >= 1, "steps", Steps, "1 or more");
        Require(Batch >= 1, "batch", Batch, "1 or more");
        Require(Accumulate >= 1, "accumulate", Accumulate, "1 or more");
        Require(ValidationFraction is > 0 and < 1, "validation_fraction", ValidationFraction, "between 0 and 1");
        Require(EvaluateEvery >= 1, "evaluate_every", EvaluateEvery, "1 or more");
        Require(EvaluationTokens >= 1, "evaluation_tokens", EvaluationTokens, "1 or more");
        Require(CheckpointEvery >= 1, "checkpoint_every", CheckpointEvery, "1 or more");
        Require(TokensPerPass <= MostTokens, "batch", Batch,
            $"at most {MostTokens / Model.Context} with a context of {Model.Context}");
        Require(SampleEvery >= 0, "sample_every", SampleEvery, "0 (never) or more");
        Optimizer.Validate();
        return this;
    }

    internal static void Require(bool valid, string key, object value, string expected)
    {
        if (!valid)
            throw new TrainingException(
                FormattableString.Invariant($"Recipe: '{key}' is {value}; it must be {expected}."));
    }
}
