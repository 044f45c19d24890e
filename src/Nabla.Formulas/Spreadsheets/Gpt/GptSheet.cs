using Nabla.Formulas.Spreadsheets.Kinds;
using Nabla.Formulas.Spreadsheets.Layout;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Spreadsheets.Gpt;

/// <summary>
/// A whole GPT-2 that computes itself: a text goes in, the next character comes out, and every number in between is a
/// cell. Radford et al. 2019, "Language Models are Unsupervised Multitask Learners".
/// </summary>
/// <param name="weights">Its weights.</param>
/// <param name="vocabulary">Its characters, by number.</param>
public sealed class GptSheet(GptWeights weights, IReadOnlyList<string> vocabulary)
{
    private readonly GptWeights weights = weights.Recorded();

    /// <summary>The most weights that are laid out.</summary>
    public const int MostParameters = 60_000;

    private const int Likeliest = 5;

    /// <summary>What has been written so far.</summary>
    public required string Text { get; init; }

    /// <summary>Lays it out.</summary>
    /// <exception cref="FormulaException">The model is too large, or does not know a character of the text.</exception>
    public Workbook Build()
    {
        Check();
        var text = new GptText(Text, vocabulary, weights.Context);
        var book = new Workbook("A GPT that computes itself");
        var page = new Page(book, "Text", book.Title,
            "How to read this: type a text into the blue cell, and the whole model computes what comes next; the "
            + "answer is below, every step on a sheet of its own.",
            "Each sheet takes what the one before has computed. Click on a cell to see how it is made. Nothing is "
            + "hidden: this is all that a GPT does.");
        GptVectors vectors = GptWeightPages.Embeddings(book, weights, vocabulary);
        GptTextCells cells = text.Put(page, vectors);
        var layers = new GptLayers(weights.Epsilon, cells.Rows);
        Quantity x = Embed(book, text.Ids, cells, vectors);
        for (int i = 0; i < weights.Blocks.Count; i++)
        {
            PlacedBlock placed = GptWeightPages.Block(book, i + 1, weights.Blocks[i]);
            x = Attend(book, layers, x, (placed, i + 1));
            x = Think(book, layers, x, (placed, i + 1));
        }
        Quantity chances = Predict(book, layers, x, (vectors.Tokens, cells.Rows));
        Answer(page, (text, cells), vectors, chances);
        Contents(page, book);
        return book;
    }

    private Quantity Embed(Workbook book, int[] ids, GptTextCells text, GptVectors vectors)
    {
        var page = new Page(book, "Embedding", "From characters to vectors",
            "How to read this: the number of a character picks a row of the sheet 'Embeddings'; the vector of its "
            + "place is added.");
        page.Band("The input of the first block");
        Tensor characters = weights.Tokens.Embedding(ids, [ids.Length]), sum = characters + weights.Positions;
        Block picked = page.Put(new("characters", "E[number]", "the vector of each character")
        {
            Values = Grid.Of(characters),
            Cells = (t, j) => $"INDEX({vectors.Tokens.Column(j)},{text.Ids.InRow(t)})",
            Rows = text.Rows,
            Columns = Labels.Numbered("", weights.Width),
            Shade = Shade.Signed,
        });
        return new(page.Put(new("x", "x = E[number] + P[place]", "the vector of each place added")
        {
            Values = Grid.Of(sum),
            Cells = (t, j) => $"{picked.At(t, j)}+{vectors.Positions.At(t, j)}",
            Rows = text.Rows,
            Columns = Labels.Numbered("", weights.Width),
            Shade = Shade.Signed,
        }), sum);
    }

    private Quantity Attend(Workbook book, GptLayers layers, Quantity x, (PlacedBlock Weights, int Number) block)
    {
        var page = new Page(
            book, $"Block {block.Number} attention", $"Block {block.Number}: characters look at those before them",
            "How to read this: each row is a character. It asks (q), and where its question fits the key (k) of an "
            + "earlier one, it takes over that one's value (v).");
        page.Band("1  Layer norm");
        Quantity normed = layers.Norm(page, x, block.Weights.AttentionNorm);
        page.Band("2  Queries, keys and values of all heads");
        Labels names = Labels.Of(new[] { "q", "k", "v" }.SelectMany(
            part => Enumerable.Range(1, weights.Width).Select(j => $"{part}{j}")));
        Quantity all = layers.Linear(
            page, new("q, k, v", "W_QKV·x + b", "first all queries, then all keys, then all values", names),
            normed, block.Weights.QueryKeyValue);
        var heads = new List<Quantity>();
        for (int head = 0; head < weights.Heads; head++)
        {
            page.Band($"{head + 3}  Head {head + 1}", "The row is the character that asks, the column the one that "
                + "answers.");
            heads.Add(layers.Head(page, all, head, weights.HeadWidth));
        }
        page.Band($"{weights.Heads + 3}  Back to the stream");
        Quantity joined = layers.Join(page, heads);
        page.Below();
        Quantity mixed = layers.Linear(
            page, new("mixed", "W_O·heads + b", "what goes back"), joined, block.Weights.Output);
        return layers.Add(page, new("x", "x ← x + mixed", "each character, and what it has learned"), x, mixed);
    }

    private static Quantity Think(Workbook book, GptLayers layers, Quantity x, (PlacedBlock Weights, int Number) block)
    {
        var page = new Page(
            book, $"Block {block.Number} MLP", $"Block {block.Number}: each character thinks for itself",
            "How to read this: each row goes through two layers with a bend in between, as in the sheet of 'nabla "
            + "sheet mlp'.");
        page.Band("1  Layer norm");
        Quantity normed = layers.Norm(page, x, block.Weights.MlpNorm);
        page.Band("2  Up, bend");
        Quantity up = layers.Linear(page, new("up", "W₁·x + b₁", "four times as wide"), normed, block.Weights.Up);
        page.Below();
        Quantity bent = layers.Gelu(page, up);
        page.Band("3  Down, and back to the stream");
        Quantity down = layers.Linear(page, new("down", "W₂·gelu + b₂", "what goes back"), bent, block.Weights.Down);
        return layers.Add(page, new("x", "x ← x + down", "the output of the block"), x, down);
    }

    private Quantity Predict(Workbook book, GptLayers layers, Quantity x, (Block Cells, Labels Rows) tokens)
    {
        Labels names = Labels.Of(vocabulary.Select(GptText.Shown));
        var page = new Page(book, "Output", "From vectors to the next character",
            "How to read this: the more the vector of a place points the way of a character's vector, the likelier "
            + "that character comes next.");
        page.Band("1  The last layer norm");
        Placed<GptNorm> norm = GptWeightPages.Norm(page, weights.FinalNorm);
        page.Below();
        Quantity normed = layers.Norm(page, x, norm);
        page.Band("2  Scores", "x · Eᵀ: each row times the vector of every character.");
        Tensor logits = normed.Values.Affine(weights.Tokens);
        Block scores = page.Put(new("scores", "x·Eᵀ", "one for each character that could come next")
        {
            Values = Grid.Of(logits),
            Cells = (t, v) => CellFormulas.Dot(normed.Cells.Row(t), tokens.Cells.FixedRow(v)),
            Rows = tokens.Rows,
            Columns = names,
            Shade = Shade.Signed,
        });
        page.Band("3  Probabilities: the softmax of each row");
        Block shares = SoftmaxBlocks.Put(page, scores, logits,
            new("probabilities", "how likely each character comes next", tokens.Rows, names));
        return new(shares, logits.Softmax(1));
    }

    private void Answer(Page page, (GptText Text, GptTextCells Cells) given, GptVectors vectors, Quantity chances)
    {
        int length = Math.Max(1, given.Text.Used.Length), count = vocabulary.Count;
        double[] last = Precise.Values(chances.Values.Slice(0, length - 1, 1));
        int[] order = [.. Enumerable.Range(0, count).OrderByDescending(id => last[id]).Take(Likeliest)];
        string row = $"INDEX({chances.Cells.All},{given.Cells.Length.Only},0)";
        page.Band("3  The answer", "The row of the last character on the sheet 'Output', largest first.");
        Block chance = page.Put(new("probability", "", "of the likeliest")
        {
            Values = Grid.Column([.. order.Select(id => (CellValue)last[id])]),
            Cells = (k, _) => $"LARGE({row},{k + 1})",
            Rows = Labels.Of(Enumerable.Range(1, order.Length).Select(k => $"{k}")),
            Shade = Shade.Share,
        });
        Block next = page.Put(new("next", "", "the characters")
        {
            Values = Grid.Column([.. order.Select(id => (CellValue)vocabulary[id])]),
            Cells = (k, _) => $"INDEX({vectors.Known.All},MATCH({chance.InRow(k)},{row},0))",
            Role = Role.Result,
        });
        Block written = page.Put(new("written", "text & next", "the text with the likeliest")
        {
            Values = Grid.Of(Text + vocabulary[order[0]]),
            Cells = (_, _) => $"{given.Cells.Typed.Only}&{next.At(0, 0)}",
            Role = Role.Result,
        });
        page.Result("next character", next);
        page.Result("its probability", chance);
        page.Result("text", written);
    }

    private static void Contents(Page page, Workbook book)
    {
        page.Band("The sheets", "Click on a name.");
        foreach (Sheet sheet in book.Sheets.Skip(1))
            page.Link(sheet, sheet.Cells[new(0, 1)].Value.Text!);
    }

    private void Check()
    {
        int count = weights.Tokens.Count + weights.Positions.Count + weights.Blocks.Sum(
            block => block.QueryKeyValue.Weight.Count + block.Output.Weight.Count + block.Up.Weight.Count
                + block.Down.Weight.Count);
        if (count > MostParameters)
            throw new FormulaException($"the model has more than {count} weights, and a sheet of more than "
                + $"{MostParameters} "
                + "cannot be followed. Train a smaller one: 2 layers, 2 heads, dim 16, context 12, characters.");
        if (vocabulary.Count != weights.Tokens.Shape[0] || vocabulary.Any(token => token.Length != 1))
            throw new FormulaException("a sheet takes a text apart character by character; this model has other "
                + "tokens. Train one whose tokenizer is 'characters'.");
    }
}
