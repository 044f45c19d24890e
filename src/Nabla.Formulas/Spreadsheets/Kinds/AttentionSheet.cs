using Nabla.Formulas.Spreadsheets.Layout;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Spreadsheets.Kinds;

/// <summary>
/// One attention head that computes itself: softmax(QKᵀ/√d_k)·V with Q = X·W_Q, K = X·W_K, V = X·W_V. Vaswani et al.
/// 2017, arXiv:1706.03762, section 3.2.1.
/// </summary>
/// <param name="x">X, a row for each token, [T, d].</param>
/// <param name="queryWeight">W_Q, [d, d_k].</param>
/// <param name="keyWeight">W_K, [d, d_k].</param>
/// <param name="valueWeight">W_V, [d, d_v].</param>
public sealed class AttentionSheet(Tensor x, Tensor queryWeight, Tensor keyWeight, Tensor valueWeight)
{
    private const int MostTokens = 64, MostWidth = 64;

    /// <summary>The tokens; by default 1, 2, …</summary>
    public IReadOnlyList<string>? Tokens { get; init; }

    /// <summary>
    /// Whether a token sees only itself and those before it; a cell of the sheet turns it on and off.
    /// </summary>
    public bool IsCausal { get; init; }

    private int Length => x.Shape[0];

    /// <summary>Lays it out.</summary>
    /// <exception cref="FormulaException">The shapes do not fit together, or are too large to be followed.</exception>
    public Workbook Build()
    {
        Check();
        var book = new Workbook("An attention head that computes itself");
        var page = new Page(book, "Attention", book.Title,
            "How to read this: every token asks a question (q), offers a key (k) and holds a value (v). Where "
            + "question and key fit, the value is taken over; the more they fit, the more of it.",
            "Change a blue or a yellow cell, and everything follows. Set 'causal' to 1, and no token sees those "
            + "after it, as in a GPT; with 0 each sees all.");
        (Block tokens, Block input) = PutInput(page);
        Labels rows = Labels.From(tokens);
        Projection[] projections = PutProjections(page, input, rows);
        Tensor weights = PutWeights(page, tokens, projections, out Block shares);
        PutOutput(page, rows, projections[2], (shares, weights));
        return book;
    }

    private (Block Tokens, Block X) PutInput(Page page)
    {
        page.Band("1  The tokens, each a row of numbers");
        IReadOnlyList<string> names = Tokens ?? [.. Enumerable.Range(1, Length).Select(i => $"{i}")];
        Block tokens = page.Put(new("tokens", "", "their names")
        {
            Values = Grid.Column([.. names.Select(name => (CellValue)name)]),
            Role = Role.Input,
        });
        Block input = page.Put(new("X", "[T, d]", "what each token says of itself")
        {
            Values = Grid.Of(x),
            Role = Role.Input,
            Rows = Labels.From(tokens),
            Columns = Labels.Numbered("x", x.Shape[1]),
        });
        return (tokens, input);
    }

    private Projection[] PutProjections(Page page, Block input, Labels rows)
    {
        page.Band("2  Queries, keys and values", "Each is X times a matrix of weights: a cell is a row of X times a "
            + "column of W.");
        (string Letter, string Meaning, Tensor Weight)[] parts =
        [
            ("Q", "what each token looks for", queryWeight),
            ("K", "what each token can be found by", keyWeight),
            ("V", "what each token gives", valueWeight),
        ];
        Block[] weights = [.. parts.Select(part => page.Put(new($"W_{part.Letter}", "", $"makes {part.Letter} of X")
        {
            Values = Grid.Of(part.Weight),
            Role = Role.Weight,
            Rows = Labels.Numbered("x", part.Weight.Shape[0]),
            Columns = Labels.Numbered(Small(part.Letter), part.Weight.Shape[1]),
        }))];
        page.Below();
        return [.. parts.Select((part, p) =>
        {
            Tensor product = x.MatMul(part.Weight);
            return new Projection(page.Put(new(part.Letter, $"{part.Letter} = X·W_{part.Letter}", part.Meaning)
            {
                Values = Grid.Of(product),
                Cells = (t, j) => CellFormulas.RowTimesColumn(input.Row(t), weights[p].Column(j)),
                Rows = rows,
                Columns = Labels.Numbered(Small(part.Letter), product.Shape[1]),
            }), product);
        })];
    }

    private Tensor PutWeights(Page page, Block tokens, Projection[] projections, out Block shares)
    {
        page.Band("3  How well each question fits each key", "The row is the token that asks, the column the token "
            + "that answers.");
        (Block q, Tensor queries) = projections[0];
        (Block k, Tensor keys) = projections[1];
        Labels rows = Labels.From(tokens);
        Block causal = page.Put(new("causal", "", "1: only tokens before; 0: all")
        {
            Values = Grid.Of(IsCausal ? 1.0 : 0.0),
            Role = Role.Input,
        });
        Tensor products = queries.MatMul(keys.Transpose(0, 1)), scaled = products / MathF.Sqrt(queries.Shape[1]);
        Block dots = page.Put(new("q·k", "Q·Kᵀ", "a row of Q times a row of K")
        {
            Values = Grid.Of(products),
            Cells = (t, s) => CellFormulas.Dot(q.Row(t), k.FixedRow(s)),
            Rows = rows,
            Columns = rows,
            Shade = Shade.Signed,
        });
        Tensor masked = IsCausal ? scaled.MaskedFill(Future(), CellFormulas.MinusInfinityValue) : scaled;
        Block scores = page.Put(new("scores", "Q·Kᵀ/√d_k, masked", "−∞ where a token may not look")
        {
            Values = Grid.Of(masked),
            Shade = Shade.Masked,
            Cells = (t, s) => s <= t ? $"{dots.At(t, s)}/SQRT(COLUMNS({q.All}))"
                : $"IF({causal.Only}=1,{CellFormulas.MinusInfinity},{dots.At(t, s)}/SQRT(COLUMNS({q.All})))",
            Rows = rows,
            Columns = rows,
        });
        page.Band("4  Shares: the softmax of each row", "The shares of a row add up to 1.");
        shares = SoftmaxBlocks.Put(page, scores, masked,
            new("attention A", "how much of each value is taken", rows, rows));
        page.Result("how much the last token looks at the first", shares, Length - 1, 0);
        return masked.Softmax(1);
    }

    private static void PutOutput(Page page, Labels rows, Projection values, (Block Cells, Tensor Values) shares)
    {
        page.Band("5  The output: values mixed by their shares");
        Tensor mixed = shares.Values.MatMul(values.Values);
        Block output = page.Put(new("output", "A·V", "a row for each token: what it has learned from the others")
        {
            Values = Grid.Of(mixed),
            Role = Role.Result,
            Cells = (t, j) => CellFormulas.RowTimesColumn(shares.Cells.Row(t), values.Cells.Column(j)),
            Rows = rows,
            Columns = Labels.Numbered("o", mixed.Shape[1]),
        });
        page.Result("output of the last token, first number", output, output.Rows - 1, 0);
    }

    private bool[] Future() => [.. Enumerable.Range(0, Length * Length).Select(i => i % Length > i / Length)];

    private void Check()
    {
        Tensor[] all = [x, queryWeight, keyWeight, valueWeight];
        if (Array.Exists(all, t => t.Rank != 2 || t.Count == 0 || t.Shape[1] > MostWidth)
            || Length > MostTokens || queryWeight.Shape[1] != keyWeight.Shape[1]
            || all[1..].Any(t => t.Shape[0] != x.Shape[1]))
            throw new FormulaException("an attention head takes X [T, d], W_Q [d, d_k], W_K [d, d_k] and W_V [d, "
                + "d_v] with T "
                + $"up to {MostTokens} and widths up to {MostWidth}; these are {x.Shape}, {queryWeight.Shape}, "
                + $"{keyWeight.Shape} and {valueWeight.Shape}.");
        if (Tokens is { } tokens && tokens.Count != Length)
            throw new FormulaException($"there are {tokens.Count} tokens, and X has {Length} rows.");
    }

#pragma warning disable CA1308 // the letter of a number in the row of a matrix is small
    private static string Small(string letter) => letter.ToLowerInvariant();
#pragma warning restore CA1308

    private sealed record Projection(Block Cells, Tensor Values);
}
