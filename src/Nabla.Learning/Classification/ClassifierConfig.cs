using System.Text.Json;
using System.Text.Json.Serialization;
using Nabla.Learning.Data.Transforms;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning.Classification;

/// <summary>The kinds of <see cref="Classifier"/>.</summary>
public enum ClassifierKind
{
    /// <summary><see cref="LinearClassifier"/>.</summary>
    Linear,

    /// <summary><see cref="MlpClassifier"/>.</summary>
    Mlp,

    /// <summary><see cref="CnnClassifier"/>.</summary>
    Cnn,
}

/// <summary>Everything about a classifier but its weights: the <c>config.json</c> of its folder.</summary>
public sealed record ClassifierConfig
{
    private const int MostClasses = 100_000, MostInputs = 1 << 24, MostWidth = 1 << 16, MostLayers = 100;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        WriteIndented = true,
    };

    /// <summary>What a folder is known by.</summary>
    public string ModelType { get; init; } = "nabla-classifier";

    /// <summary>The kind of model.</summary>
    public required ClassifierKind Model { get; init; }

    /// <summary>The shape of an example.</summary>
    public required int[] Input { get; init; }

    /// <summary>The names of the classes.</summary>
    public required string[] Classes { get; init; }

    /// <summary>The names of an example's numbers, where they have names.</summary>
    public string[] Features { get; init; } = [];

    /// <summary>Widths of an MLP's hidden layers.</summary>
    public int[] Hidden { get; init; } = [];

    /// <summary>The share that dropout drops, in [0, 1).</summary>
    public float Dropout { get; init; }

    /// <summary>What is taken off an example's numbers first: one for all of them, or one for each.</summary>
    public float[] Means { get; init; } = [0];

    /// <summary>What they are divided by then.</summary>
    public float[] Deviations { get; init; } = [1];

    /// <summary>
    /// The seed by which the examples were parted, so that a later test is of those not learned from.
    /// </summary>
    public long Seed { get; init; } = 1;

    /// <summary>The config in a <c>config.json</c>.</summary>
    /// <exception cref="FormatException">It is no such JSON, or a value is out of its range.</exception>
    public static ClassifierConfig Parse(string json)
    {
        try
        {
            ClassifierConfig config = JsonSerializer.Deserialize<ClassifierConfig>(json, Json)
                ?? throw new FormatException("it says null");
            config.Validate();
            return config;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new FormatException(Foreign.OneLine(error.Message), error);
        }
    }

    /// <summary>The config as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    /// <summary>A model with random weights.</summary>
    /// <exception cref="ArgumentException">The model is for other shapes.</exception>
    public Classifier Build(Rng rng) => Model switch
    {
        ClassifierKind.Linear => new LinearClassifier(Input, Classes.Length, rng),
        ClassifierKind.Mlp => new MlpClassifier(Input, Hidden, Classes.Length, Dropout, rng),
        _ => new CnnClassifier(Input, Classes.Length, Dropout, rng),
    };

    /// <summary>What is done to an example's numbers first.</summary>
    public Standardizer Standardizer => new(Means, Deviations);

    private void Validate()
    {
        Check(ModelType == "nabla-classifier", "model_type", "nabla-classifier");
        Check(Input is { Length: > 0 and <= 4 } && Input.All(size => size is > 0 and <= MostInputs)
            && Input.Aggregate(1.0, (product, size) => product * size) <= MostInputs, "input", "1 to 4 positive sizes");
        Check(Classes is { Length: > 0 and <= MostClasses }, "classes", "a name or more");
        Check(Hidden is { Length: <= MostLayers } && Hidden.All(width => width is > 0 and <= MostWidth), "hidden",
            $"at most {MostLayers} widths from 1 to {MostWidth}");
        Check(Dropout is >= 0 and < 1, "dropout", "a number in [0, 1)");
        int numbers = Shape.Create(Input).ElementCount;
        Check(Means is not null && Deviations is not null && Means.Length == Deviations.Length
            && (Means.Length == 1 || Means.Length == numbers), "means and deviations", $"1 or {numbers} numbers each");
        Check(Features is not null && (Features.Length == 0 || Features.Length == numbers), "features",
            $"none or {numbers} names");
        _ = Standardizer;
    }

    private static void Check(bool valid, string name, string expected)
    {
        if (!valid)
            throw new FormatException($"its {name} is not {expected}");
    }
}
