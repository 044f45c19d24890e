namespace Nabla.Language.Models;

/// <summary>What a recipe says of a model that is trained from nothing.</summary>
/// <param name="Dimensions">The sizes.</param>
public sealed record NewModel(ModelDimensions Dimensions)
{
    /// <summary>Dropout probability while training.</summary>
    public float Dropout { get; init; }

    /// <summary>Size of the feed-forward layer; null takes the family's usual one.</summary>
    public int? Intermediate { get; init; }

    /// <summary>
    /// Whether the output layer shares the embedding's weights; null takes the family's usual answer.
    /// </summary>
    public bool? TieEmbeddings { get; init; }
}
