namespace Nabla.Language.Models.Gpt2;

/// <summary>The sizes and settings of a GPT-2.</summary>
/// <param name="Dimensions">The sizes; key-value heads equal the heads.</param>
public sealed record Gpt2Config(ModelDimensions Dimensions)
{
    /// <summary>Size of the feed-forward layer.</summary>
    public int Intermediate { get; init; } = 4 * Dimensions.Dim;

    /// <summary>ε of the layer norms.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <summary>Dropout after the embedding, the attention and the feed-forward layer while training.</summary>
    public float Dropout { get; init; }

    /// <summary>Numbers in a model of these sizes, in a type that no configuration overflows.</summary>
    internal Int128 ParameterCount
    {
        get
        {
            Int128 dim = Dimensions.Dim, inner = Intermediate;
            Int128 attention = 4 * dim * dim + 4 * dim, mlp = 2 * dim * inner + inner + dim, norm = 2 * dim;
            return (Dimensions.Vocabulary + (Int128)Dimensions.Context) * dim
                + Dimensions.Layers * (attention + mlp + 2 * norm) + norm;
        }
    }
}
