using Nabla.Tensors;

namespace Nabla.Formulas.Spreadsheets.Gpt;

/// <summary>
/// The weights of a GPT-2, as <see cref="GptSheet"/> lays them out. Matrices have a row for each output.
/// </summary>
/// <param name="Tokens">A vector for each token, [V, C]; also the output layer.</param>
/// <param name="Positions">A vector for each position, [T, C].</param>
/// <param name="Blocks">The blocks, first to last.</param>
/// <param name="FinalNorm">After the last block.</param>
public sealed record GptWeights(
    Tensor Tokens, Tensor Positions, IReadOnlyList<GptBlockWeights> Blocks, GptNorm FinalNorm)
{
    /// <summary>Heads of each attention.</summary>
    public required int Heads { get; init; }

    /// <summary>ε of the layer norms.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <summary>
    /// The same with weights that record what is computed from them, see <see cref="Layout.Precise"/>.
    /// </summary>
    internal GptWeights Recorded() => this with
    {
        Tokens = new Parameter(Tokens),
        Positions = new Parameter(Positions),
        Blocks = [.. Blocks.Select(block => new GptBlockWeights(
            Recorded(block.AttentionNorm), Recorded(block.QueryKeyValue), Recorded(block.Output),
            Recorded(block.MlpNorm), Recorded(block.Up))
        {
            Down = Recorded(block.Down),
        })],
        FinalNorm = Recorded(FinalNorm),
    };

    private static GptNorm Recorded(GptNorm norm) => new(new Parameter(norm.Scale), new Parameter(norm.Shift));

    private static GptLinear Recorded(GptLinear linear) =>
        new(new Parameter(linear.Weight), new Parameter(linear.Bias));

    internal int Context => Positions.Shape[0];

    internal int Width => Tokens.Shape[1];

    internal int HeadWidth => Width / Heads;
}

/// <summary>The weights of one block.</summary>
/// <param name="AttentionNorm">Before the attention.</param>
/// <param name="QueryKeyValue">Queries, keys and values of all heads, [3C, C].</param>
/// <param name="Output">Mixes what the heads found, [C, C].</param>
/// <param name="MlpNorm">Before the feed-forward layer.</param>
/// <param name="Up">Its first half, [4C, C].</param>
public sealed record GptBlockWeights(
    GptNorm AttentionNorm, GptLinear QueryKeyValue, GptLinear Output, GptNorm MlpNorm, GptLinear Up)
{
    /// <summary>The second half of the feed-forward layer, [C, 4C].</summary>
    public required GptLinear Down { get; init; }
}

/// <summary>The weights of a layer norm, [C] each.</summary>
/// <param name="Scale">γ.</param>
/// <param name="Shift">β.</param>
public sealed record GptNorm(Tensor Scale, Tensor Shift);

/// <summary>The weights of a linear layer.</summary>
/// <param name="Weight">W, a row for each output.</param>
/// <param name="Bias">b, [outputs].</param>
public sealed record GptLinear(Tensor Weight, Tensor Bias);
