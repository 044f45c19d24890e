using Nabla.Language.Models;
using Nabla.Learning.Training;

namespace Nabla.Language.Training;

/// <summary>The model part of a recipe.</summary>
public sealed record ModelConfig
{
    /// <summary>The model family: <c>gpt2</c> or <c>llama</c>.</summary>
    public string Family { get; init; } = "gpt2";

    /// <summary>Number of blocks.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Query heads.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Key and value heads, for families with grouped queries; by default as many as heads.</summary>
    public int? KeyValueHeads { get; init; }

    /// <summary>Size of the hidden state.</summary>
    public int Dim { get; init; } = 128;

    /// <summary>Tokens in a training sequence, and the most the model can look back.</summary>
    public int Context { get; init; } = 64;

    /// <summary>Size of the feed-forward layer; by default the family's.</summary>
    public int? Intermediate { get; init; }

    /// <summary>Whether the output layer is the embedding; by default the family's answer.</summary>
    public bool? TieEmbeddings { get; init; }

    /// <summary>Dropout while training.</summary>
    public float Dropout { get; init; }

    /// <summary>The model for a vocabulary of this size.</summary>
    public NewModel ForVocabulary(int vocabulary) =>
        new(new ModelDimensions(vocabulary, Context, Layers, Dim, Heads, KeyValueHeads ?? Heads))
        {
            Dropout = Dropout,
            Intermediate = Intermediate,
            TieEmbeddings = TieEmbeddings,
        };

    internal void Validate()
    {
        TrainingConfig.Require(Dropout is >= 0 and < 1, "model.dropout", Dropout, "in [0, 1)");
        TrainingConfig.Require(Intermediate is null or >= 1, "model.intermediate", Intermediate ?? 0, "1 or more");
        try
        {
            ModelFamilies.Named(Family);
            ForVocabulary(1).Dimensions.Validated();
        }
        catch (Exception error) when (error is ArgumentException or ModelException)
        {
            throw new TrainingException($"Recipe: {error.Message}", error);
        }
    }
}
