using Nabla.Formulas.Spreadsheets.Layout;
using Nabla.Tensors;

namespace Nabla.Formulas.Spreadsheets.Gpt;

/// <summary>The weights of a GPT on sheets of their own.</summary>
internal static class GptWeightPages
{
    private const string Reading = "How to read this: numbers that training found. Red is below 0, blue above; "
        + "change one, and all that depends on it follows.";

    /// <summary>The vectors of tokens and positions.</summary>
    public static GptVectors Embeddings(Workbook book, GptWeights weights, IReadOnlyList<string> vocabulary)
    {
        var page = new Page(book, "Embeddings", "A vector for each character and each position", Reading);
        page.Band("Vectors", "The same vectors of characters are used again at the end, to score what comes next.");
        Block known = page.Put(new("known", "", "all characters")
        {
            Values = Grid.Column([.. vocabulary.Select(token => (CellValue)token)]),
            Role = Role.Weight,
            Rows = Labels.Of(vocabulary.Select(GptText.Shown)),
        });
        Block numbers = page.Put(new("number", "", "of each")
        {
            Values = Grid.Column([.. vocabulary.Select((_, i) => (CellValue)(i + 1.0))]),
            Role = Role.Weight,
        });
        Block characters = Matrix(page, ("characters", "E [V, C]", "a row for each character"), weights.Tokens,
            Labels.Of(vocabulary.Select(GptText.Shown)));
        page.Below();
        Block positions = page.Put(new("positions", "P [T, C]", "a row for each place in the text")
        {
            Values = Grid.Of(weights.Positions),
            Role = Role.Weight,
            Shade = Shade.Signed,
            Rows = Labels.Of(Enumerable.Range(1, weights.Context).Select(i => $"{i}")),
            Columns = Labels.Numbered("", weights.Width),
        });
        return new(known, numbers, characters, positions);
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
        Matrix(page, ("γ", "", "scale of the norm"), norm.Scale),
        Matrix(page, ("β", "", "shift of the norm"), norm.Shift));

    private static Placed<GptLinear> Linear(Page page, string name, string meaning, GptLinear linear) => new(linear,
        Matrix(page, (name, "", $"{meaning}; a row for each output"), linear.Weight,
            Labels.Of(Enumerable.Range(1, linear.Weight.Shape[0]).Select(i => $"{i}"))),
        page.Put(new($"b of {name}", "", "the biases")
        {
            Values = Grid.Column(linear.Bias),
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

/// <summary>Where the characters and the vectors are.</summary>
/// <param name="Known">All characters that the model knows.</param>
/// <param name="Numbers">Their numbers, from 1.</param>
/// <param name="Tokens">Their vectors.</param>
/// <param name="Positions">The vectors of the positions.</param>
internal sealed record GptVectors(Block Known, Block Numbers, Block Tokens, Block Positions);

/// <summary>Where the weights of a block are.</summary>
internal sealed record PlacedBlock(
    Placed<GptNorm> AttentionNorm, Placed<GptLinear> QueryKeyValue, Placed<GptLinear> Output, Placed<GptNorm> MlpNorm,
    Placed<GptLinear> Up)
{
    public required Placed<GptLinear> Down { get; init; }
}
