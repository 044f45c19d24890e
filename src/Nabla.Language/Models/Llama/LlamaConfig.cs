namespace Nabla.Language.Models.Llama;

/// <summary>The sizes and settings of a Llama.</summary>
/// <param name="Dimensions">The sizes.</param>
public sealed record LlamaConfig(ModelDimensions Dimensions)
{
    /// <summary>Size of the feed-forward layer.</summary>
    public int Intermediate { get; init; } = DefaultIntermediate(Dimensions.Dim);

    /// <summary>ε of the norms.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <summary>The base of the rotary embedding's frequencies.</summary>
    public float RopeTheta { get; init; } = 10000;

    /// <summary>Whether the output layer is the embedding.</summary>
    public bool TieEmbeddings { get; init; }

    /// <summary>Dropout after the attention and the feed-forward layer while training.</summary>
    public float Dropout { get; init; }

    /// <summary>
    /// 8/3 of the width, so that three matrices cost what two of 4C would, rounded up to a multiple of 32.
    /// </summary>
    public static int DefaultIntermediate(int dim) => checked((int)((8L * dim / 3 + 31) / 32 * 32));

    /// <summary>Numbers in a model of these sizes, in a type that no configuration overflows.</summary>
    internal Int128 ParameterCount
    {
        get
        {
            Int128 dim = Dimensions.Dim, keyDim = (Int128)Dimensions.KeyValueHeads * Dimensions.HeadDim;
            Int128 attention = 2 * dim * dim + 2 * dim * keyDim, mlp = 3 * dim * Intermediate;
            return (TieEmbeddings ? 1 : 2) * Dimensions.Vocabulary * dim
                + Dimensions.Layers * (attention + mlp + 2 * dim) + dim;
        }
    }
}
