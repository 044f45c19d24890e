using Nabla.Formulas.Spreadsheets.Layout;
using Nabla.Tensors;

namespace Nabla.Formulas.Spreadsheets.Gpt;

/// <summary>The weights of a GPT on sheets of their own.</summary>
internal static class GptWeightPages
{
    private const string Reading = "How to read this: numbers that training found. Red is below 0, blue above; change one, and all "
        + "that depends on it follows.";

    /// <summary>The vectors of tokens and positions.</summary>
    public static (Block Tokens, Block Positions) Embeddings(Workbook book, GptWeights weights, Labels tokens)
    {
        var page = new Page(book, "Embeddings", "A vector for each character and each position", Reading);
        page.Band("Vectors", "The same vectors of characters are used again at the end, to score what comes next.");
        Labels columns = Labels.Numbered("", weights.Width);
        Block characters = Matrix(page, ("characters", "E [V, C]", "a row for each character"), weights.Tokens, tokens);
        Block positions = page.Put(new("positions", "P [T, C]", "a row for each place in the text")
        {
            Values = Grid.Of(weights.Positions),
            Role = Role.Weight,
            Shade = Shade.Signed,
            Rows = Labels.Of(Enumerable.Range(1, weights.Context).Select(i => $"{i}")),
            Columns = columns,
        });
        return (characters, positions);
    }

    /// <summary>The weights of a block.</summary>
    public static PlacedBlock Block(Workbook book, int number, GptBlockWeights block)
    {
        var page = new Page(book, $"Block {number} weights", $"The weights of block {number}", Reading);
        page.Band("Attention");
        Placed<GptNorm> attentionNorm = Norm(page, block.AttentionNorm);
        page.Below();
        Placed<GptLinear> queryKeyValue =
            Linear(page, "W_QKV", "queries, keys and values of all heads", block.QueryKeyValue);
        Placed<GptLinear> output = Linear(page, "W_O", "mixes what the heads found", block.Output);
        page.Band("Feed-forward layer");
        Placed<GptNorm> mlpNorm = Norm(page, block.MlpNorm);
        page.Below();
        Placed<GptLinear> up = Linear(page, "W_1", "up to four times the width", block.Up);
        Placed<GptLinear> down = Linear(page, "W_2", "and down again", block.Down);
        return new(attentionNorm, queryKeyValue, output, mlpNorm, up) { Down = down };
    }

    /// <summary>The weights of a layer norm.</summary>
    public static Placed<GptNorm> Norm(Page page, GptNorm norm) => new(norm,
        Matrix(page, ("γ", "", "scale of the norm"), norm.Scale), Matrix(page, ("β", "", "shift of the norm"), norm.Shift));

    private static Placed<GptLinear> Linear(Page page, string name, string meaning, GptLinear linear) => new(linear,
        Matrix(page, (name, "", $"{meaning}; a row for each output"), linear.Weight,
            Labels.Of(Enumerable.Range(1, linear.Weight.Shape[0]).Select(i => $"{i}"))),
        page.Put(new($"b of {name}", "", "the biases")
        {
            Values = Grid.Of(linear.Bias),
            Role = Role.Weight,
            Shade = Shade.Signed,
        }));

    private static Block Matrix(
        Page page, (string Title, string Equation, string Meaning) words, Tensor values, Labels? rows = null) =>
        page.Put(new(words.Title, words.Equation, words.Meaning)
        {
            Values = Grid.Of(values),
            Role = Role.Weight,
            Shade = Shade.Signed,
            Rows = rows,
            Columns = Labels.Numbered("", values.Shape[values.Rank - 1]),
        });
}

/// <summary>Where the weights of a block are.</summary>
internal sealed record PlacedBlock(
    Placed<GptNorm> AttentionNorm, Placed<GptLinear> QueryKeyValue, Placed<GptLinear> Output, Placed<GptNorm> MlpNorm,
    Placed<GptLinear> Up)
{
    public required Placed<GptLinear> Down { get; init; }
}
