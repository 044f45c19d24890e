using Nabla.Formulas.Spreadsheets.Layout;
using Nabla.Tensors;
using Nabla.Tensors.Calculus;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Spreadsheets.Kinds;

/// <summary>
/// A network of two layers that computes itself on a batch: h = tanh(W₁x + b₁), z = W₂h + b₂, and p = σ(z) with the
/// binary cross-entropy where there is one output, or p = softmax(z) with the cross-entropy where there are several;
/// then the gradients of all weights by the chain rule, and a step of gradient descent.
/// </summary>
/// <param name="data">What goes in, and what should come out.</param>
/// <param name="weights">W₁ [h, d], b₁ [h], W₂ [k, h], b₂ [k].</param>
public sealed class MlpSheet(MlpData data, MlpWeights weights)
{
    private readonly Tensor x = data.X, y = data.Y;

    /// <summary>η, how far a step of training goes.</summary>
    public float LearningRate { get; init; } = 1;

    private bool IsBinary => y.Shape[1] == 1;

    /// <summary>Lays it out.</summary>
    /// <exception cref="FormulaException">The shapes do not fit together, or are too large to be followed.</exception>
    public Workbook Build()
    {
        Shapes.Check(data, weights);
        var book = new Workbook($"A network that learns {data.What}, and computes itself");
        var page = new Page(book, "Forward", book.Title,
            "How to read this: a row of the table goes through two layers. Each neuron is a row of weights: it "
            + "multiplies, adds up, adds its bias, and bends the sum.",
            "Change a blue or a yellow cell, and everything follows, down to the sheets 'Backward' and 'After a "
            + "step'.");
        page.Band("1  The table", $"One row is one example of {data.What}.");
        Labels rows = Labels.Of(Enumerable.Range(1, x.Shape[0]).Select(i => $"{i}"));
        Block inputs = page.Put(new("X", "[N, d]", "what goes in")
        {
            Values = Grid.Of(x),
            Role = Role.Input,
            Rows = rows,
            Columns = Labels.Of(data.Inputs),
        });
        Block targets = page.Put(new("Y", "[N, k]", "what should come out")
        {
            Values = Grid.Of(y),
            Role = Role.Input,
            Columns = Labels.Of(data.Outputs),
        });
        page.Band("2  The weights", "Trained by Nabla; each row of a matrix is one neuron.");
        Parts<Block> given = PutWeights(page);
        Forward forward = PutForward(page, (inputs, targets, rows), (given, weights.ToParts()), 3);
        page.Result("loss L", forward.Loss);

        var back = new Page(book, "Backward", "Backward: the gradient of every weight, and a step against it",
            "How to read this: from the loss back to the weights. Each block multiplies what came from behind by "
            + "its own slope.");
        Gradients gradients = PutBackward(back, (inputs, targets, rows), given, forward);
        Parts<Block> updated = PutStep(back, given, gradients);

        var after = new Page(book, "After a step", "The same forward pass with the new weights",
            "How to read this: as the first sheet, with the weights that the sheet 'Backward' has computed. The "
            + "loss is smaller, unless η is too large.");
        Forward next = PutForward(after, (inputs, targets, rows), (updated, NewWeights()), 1);
        after.Result("loss after a step", next.Loss);
        return book;
    }

    private static Tensor Hidden(Tensor x, Parts<Tensor> w) => x.Affine(w.W1, w.B1).Tanh();

    private Tensor Loss(Tensor logits) => IsBinary
        ? logits.Sigmoid().BinaryCrossEntropy(y).Mean()
        : -(y * logits.LogSoftmax(1)).Sum() / x.Shape[0];

    private Tensor Loss(Parts<Tensor> w) => Loss(Hidden(x, w).Affine(w.W2, w.B2));

    private Parts<Tensor> GradientsOfWeights()
    {
        Tensor[] all = Autodiff.Gradient(
            t => Loss(new Parts<Tensor>(t[0], t[1], t[2], t[3])), [.. weights.ToParts().All]);
        return new(all[0], all[1], all[2], all[3]);
    }

    private Parts<Tensor> NewWeights() =>
        weights.ToParts().Zip(GradientsOfWeights(), (w, gradient) => w - gradient * LearningRate);

    private Labels Neurons => Labels.Numbered("h", weights.W1.Shape[0]);

    private Parts<BlockSpec> Specs(string prefix, Func<Tensor, Grid> values) => weights.ToParts().Zip(
        new Parts<BlockSpec>(
            new($"{prefix}W₁", "", "of the hidden layer")
            {
                Values = values(weights.W1),
                Rows = Neurons,
                Columns = Labels.Of(data.Inputs),
            },
            new($"{prefix}b₁", "", "its biases") { Values = values(weights.B1), Columns = Neurons },
            new($"{prefix}W₂", "", "of the output layer")
            {
                Values = values(weights.W2),
                Rows = Labels.Of(data.Outputs),
                Columns = Neurons,
            },
            new($"{prefix}b₂", "", "its biases") { Values = values(weights.B2), Columns = Labels.Of(data.Outputs) }),
        (_, spec) => spec);

    private Parts<Block> PutWeights(Page page) =>
        Specs("", Grid.Of).Select(spec => page.Put(spec with { Role = Role.Weight, Shade = Shade.Signed }));

    private Forward PutForward(
        Page page, (Block X, Block Y, Labels Rows) table, (Parts<Block> Cells, Parts<Tensor> Values) w, int number)
    {
        page.Band($"{number}  The hidden layer", "Weights times inputs, plus the bias; bent by tanh into −1 … 1.");
        Tensor sums = x.Affine(w.Values.W1, w.Values.B1), hidden = sums.Tanh();
        Block z1 = page.Put(new("z₁", "z₁ = W₁x + b₁", "the weighted sums")
        {
            Values = Grid.Of(sums),
            Rows = table.Rows,
            Columns = Neurons,
            Cells = (i, j) =>
                $"{CellFormulas.Dot(table.X.Row(i), w.Cells.W1.FixedRow(j))}+{w.Cells.B1.At(0, j, Anchor.Both)}",
        });
        Block h = page.Put(new("h", "h = tanh(z₁)", "what the neurons say")
        {
            Values = Grid.Of(hidden),
            Rows = table.Rows,
            Columns = Neurons,
            Shade = Shade.Signed,
            Cells = (i, j) => $"TANH({z1.At(i, j)})",
        });
        page.Band($"{number + 1}  The output layer");
        Tensor logits = hidden.Affine(w.Values.W2, w.Values.B2);
        Labels names = Labels.Of(data.Outputs);
        Block z2 = page.Put(new("z₂", "z₂ = W₂h + b₂", "the scores")
        {
            Values = Grid.Of(logits),
            Rows = table.Rows,
            Columns = names,
            Cells = (i, k) =>
                $"{CellFormulas.Dot(h.Row(i), w.Cells.W2.FixedRow(k))}+{w.Cells.B2.At(0, k, Anchor.Both)}",
        });
        Block p = IsBinary
            ? page.Put(new("p", "p = 1/(1 + e^−z₂)", "the probability")
            {
                Values = Grid.Of(logits.Sigmoid()),
                Columns = names,
                Shade = Shade.Share,
                Cells = (i, k) => CellFormulas.Sigmoid(z2.At(i, k)),
            })
            : SoftmaxBlocks.Put(page, z2, logits, new("p, the probabilities", "p = softmax(z₂)", null, names));
        page.Below();
        Tensor losses = IsBinary
            ? logits.Sigmoid().BinaryCrossEntropy(y) : -(y * logits.LogSoftmax(1)).Sum(1, keepDim: true);
        Block each = page.Put(new("loss of each row", IsBinary ? "−y·ln p − (1 − y)·ln(1 − p)" : "−Σ y·ln p", "")
        {
            Values = Grid.Of(losses),
            Rows = table.Rows,
            Cells = (i, _) => IsBinary
                ? $"-{table.Y.InRow(i)}*LN({p.InRow(i)})-(1-{table.Y.InRow(i)})*LN(1-{p.InRow(i)})"
                : $"-{CellFormulas.Dot(table.Y.Row(i), $"LN({p.Row(i)})")}",
        });
        Block loss = page.Put(new("L", "the mean", "the loss of the batch")
        {
            Values = Grid.Of(losses.Mean()),
            Cells = (_, _) => $"AVERAGE({each.All})",
            Role = Role.Result,
        });
        return new(h, p, loss);
    }

    private Gradients PutBackward(Page page, (Block X, Block Y, Labels Rows) table, Parts<Block> w, Forward forward)
    {
        page.Band("1  From the loss to the output layer", "Of softmax or σ with the cross-entropy the slope is what "
            + "was said less what should have been said; N is the number of rows.");
        Parts<Tensor> of = GradientsOfWeights();
        Parts<Tensor> values = weights.ToParts();
        Tensor hidden = Hidden(x, values), logits = hidden.Affine(values.W2, values.B2);
        Labels names = Labels.Of(data.Outputs);
        Block dz2 = page.Put(new("∂L/∂z₂", "(p − y)/N", "")
        {
            Values = Grid.Of(Autodiff.Gradient(Loss, logits)),
            Rows = table.Rows,
            Columns = names,
            Role = Role.Gradient,
            Cells = (i, k) => $"({forward.Probabilities.At(i, k)}-{table.Y.At(i, k)})/ROWS({table.Y.All})",
        });
        Parts<BlockSpec> specs = Specs("∂L/∂", Grid.Of);
        Block dw2 = page.Put(Slope(specs.W2, of.W2, "Σ over the rows: ∂L/∂z₂ · h",
            (k, j) => CellFormulas.Dot(dz2.Column(k), forward.Hidden.Column(j))));
        Block db2 = page.Put(Slope(specs.B2, of.B2, "Σ over the rows", (_, k) => $"SUM({dz2.Column(k)})"));
        page.Band("2  Through the hidden layer");
        Tensor ofHidden = Autodiff.Gradient(h => Loss(h.Affine(values.W2, values.B2)), hidden);
        Block dh = page.Put(new("∂L/∂h", "∂L/∂z₂ · W₂", "what each neuron has to answer for")
        {
            Values = Grid.Of(ofHidden),
            Rows = table.Rows,
            Columns = Neurons,
            Role = Role.Gradient,
            Cells = (i, j) => CellFormulas.RowTimesColumn(dz2.Row(i), w.W2.Column(j)),
        });
        Block dz1 = page.Put(new("∂L/∂z₁", "∂L/∂h · (1 − h²)", "1 − h² is the slope of tanh")
        {
            Values = Grid.Of(ofHidden * (1 - hidden.Square())),
            Rows = table.Rows,
            Columns = Neurons,
            Role = Role.Gradient,
            Cells = (i, j) => $"{dh.At(i, j)}*(1-{forward.Hidden.At(i, j)}^2)",
        });
        page.Below();
        Block dw1 = page.Put(Slope(specs.W1, of.W1, "Σ over the rows: ∂L/∂z₁ · x",
            (j, i) => CellFormulas.Dot(dz1.Column(j), table.X.Column(i))));
        Block db1 = page.Put(Slope(specs.B1, of.B1, "Σ over the rows", (_, j) => $"SUM({dz1.Column(j)})"));
        return new(new(dw1, db1, dw2, db2), of);
    }

    private static BlockSpec Slope(BlockSpec spec, Tensor values, string equation, Func<int, int, string> cells) =>
        spec with
        {
            Equation = equation,
            Values = Grid.Of(values),
            Cells = cells,
            Role = Role.Gradient,
            Format = CellStyle.Fine,
        };

    private Parts<Block> PutStep(Page page, Parts<Block> w, Gradients gradients)
    {
        page.Band("3  One step", "Each weight goes a little against its gradient: w ← w − η·∂L/∂w.");
        Block rate = page.Put(new("η", "", "the learning rate")
        {
            Values = Grid.Of(CellValue.AsTyped(LearningRate)),
            Role = Role.Input,
        });
        Parts<BlockSpec> specs = Specs("new ", Grid.Of);
        return specs.Zip(w.Zip(gradients.Cells, (old, slope) => (old, slope)), (spec, pair) => (spec, pair)).Zip(
            NewWeights(), (part, values) => page.Put(part.spec with
            {
                Values = Grid.Of(values),
                Role = Role.Updated,
                Cells = (i, j) => $"{part.pair.old.At(i, j)}-{rate.Only}*{part.pair.slope.At(i, j)}",
            }));
    }

    private sealed record Forward(Block Hidden, Block Probabilities, Block Loss);

    private sealed record Gradients(Parts<Block> Cells, Parts<Tensor> Values);
}
