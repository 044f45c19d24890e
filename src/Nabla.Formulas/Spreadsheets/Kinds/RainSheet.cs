using Nabla.Formulas.Spreadsheets.Layout;
using Nabla.Tensors;
using Nabla.Tensors.Calculus;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Spreadsheets.Kinds;

/// <summary>
/// A predictor of yes or no that computes itself: logistic regression, p = σ(w·x + b), on a table, with its
/// cross-entropy −y·ln p − (1 − y)·ln(1 − p), the gradient, a step of training, and a second sheet on which each row is
/// a step.
/// </summary>
/// <param name="features">The signs, [rows, signs].</param>
/// <param name="answers">What came of it, 1 or 0, [rows].</param>
/// <param name="weights">w, [signs].</param>
/// <param name="bias">b.</param>
public sealed class RainSheet(Tensor features, Tensor answers, Tensor weights, float bias)
{
    private const int MostRows = 100, MostSigns = 50, Steps = 100;

    private readonly Tensor x = Require(features, answers, weights), y = answers.Reshape(answers.Count, 1);
    private readonly Tensor w = weights, b = bias;

    /// <summary>The names of the signs.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What is predicted: <c>rain tomorrow</c>.</summary>
    public string Answer { get; init; } = "rain tomorrow";

    /// <summary>A new row to predict for, as many numbers as signs.</summary>
    public required Tensor New { get; init; }

    /// <summary>η, how far a step of training goes.</summary>
    public float LearningRate { get; init; } = 1;

    private int Count => x.Shape[0];

    private int Signs => x.Shape[1];

    /// <summary>Lays it out.</summary>
    public Workbook Build()
    {
        if (New.Rank != 1 || New.Count != Signs)
            throw new FormulaException($"the new input has the shape {New.Shape}; it takes {Signs} numbers, one for "
                + "each sign.");
        var book = new Workbook($"A predictor of {Answer} that computes itself");
        var page = new Page(book, "Predictor", book.Title,
            "How to read this: a sign counts as much as its weight says. Weighted and added up, squeezed between 0 "
            + "and 1, they make a probability.",
            "Change a blue or a yellow cell, and everything follows. Click on a white cell to see its formula.");
        Model model = PutPrediction(page);
        Table table = PutTable(page, model);
        Slopes slopes = PutGradient(page, table);
        Block rate = PutStep(page, model, slopes);
        PutTraining(book, model, table, rate);
        return book;
    }

    private static Tensor Logits(Tensor x, Tensor w, Tensor b) => x.MatMul(w.Reshape(w.Count, 1)) + b;

    private Tensor Loss(Tensor w, Tensor b) => Logits(x, w, b).Sigmoid().BinaryCrossEntropy(y).Mean();

    private Model PutPrediction(Page page)
    {
        page.Band("1  A prediction", "The weights are what training found; the new day is not in the table below.");
        Block weights = page.Put(new("w", "", "how much each sign counts")
        {
            Values = Grid.Column(w),
            Role = Role.Weight,
            Rows = Labels.Of(Names),
        });
        Block bias = page.Put(new("b", "", "the bias") { Values = Grid.Of(b), Role = Role.Weight });
        Block today = page.Put(new("new day", "", "1: yes, 0: no")
        {
            Values = Grid.Column(New),
            Role = Role.Input,
            Rows = Labels.Of(Names),
        });
        Block products = page.Put(new("weight × sign", "wⱼxⱼ", "")
        {
            Values = Grid.Column(w * New),
            Cells = (j, _) => $"{weights.InRow(j)}*{today.InRow(j)}",
        });
        Tensor z = (w * New).Sum() + b;
        Block sum = page.Put(new("z", "z = Σⱼ wⱼxⱼ + b", "the weighted sum")
        {
            Values = Grid.Of(z),
            Cells = (_, _) => $"SUM({products.All})+{bias.Only}",
        });
        Block probability = page.Put(new($"p, {Answer}", "p = 1/(1 + e⁻ᶻ)", "the probability")
        {
            Values = Grid.Of(z.Sigmoid()),
            Cells = (_, _) => CellFormulas.Sigmoid(sum.Only),
            Role = Role.Result,
            Format = CellStyle.Percent,
        });
        page.Result("weighted sum z of the new day", sum);
        page.Result($"probability of {Answer}", probability);
        return new(weights, bias);
    }

    private Table PutTable(Page page, Model model)
    {
        page.Band("2  The table, and how well the weights fit it", "The loss of a row is small where the "
            + "probability of what happened is large: −ln p where it was yes, −ln(1 − p) where it was no.");
        Labels rows = Labels.Of(Enumerable.Range(1, Count).Select(i => $"{i}"));
        Block signs = page.Put(new("X", "", "the signs of each day")
        {
            Values = Grid.Of(x),
            Role = Role.Input,
            Rows = rows,
            Columns = Labels.Of(Names),
        });
        Block truth = page.Put(new("y", "", Answer)
        {
            Values = Grid.Of(y),
            Role = Role.Input,
            Columns = Labels.Of("y"),
        });
        Tensor z = Logits(x, w, b), p = z.Sigmoid(), losses = p.BinaryCrossEntropy(y);
        Block sums = page.Put(new("z", "z = Σⱼ wⱼxⱼ + b", "")
        {
            Values = Grid.Of(z),
            Cells = (i, _) => string.Join('+', Enumerable.Range(0, Signs)
                .Select(j => $"{model.Weights.At(j, 0, Anchor.Both)}*{signs.At(i, j)}").Append(model.Bias.Only)),
        });
        Block predictions = page.Put(new("p", "p = 1/(1 + e⁻ᶻ)", "the prediction")
        {
            Values = Grid.Of(p),
            Cells = (i, _) => CellFormulas.Sigmoid(sums.InRow(i)),
            Shade = Shade.Share,
        });
        Block lossOfRow = page.Put(new("loss", "−y·ln p − (1 − y)·ln(1 − p)", "the cross-entropy of each row")
        {
            Values = Grid.Of(losses),
            Cells = (i, _) => $"-{truth.InRow(i)}*LN({predictions.InRow(i)})"
                + $"-(1-{truth.InRow(i)})*LN(1-{predictions.InRow(i)})",
        });
        Block loss = page.Put(new("L", "L = mean of the losses", "")
        {
            Values = Grid.Of(losses.Mean()),
            Cells = (_, _) => $"AVERAGE({lossOfRow.All})",
            Role = Role.Result,
        });
        page.Result("loss L of the table", loss);
        return new(signs, truth, predictions);
    }

    private Slopes PutGradient(Page page, Table table)
    {
        page.Band("3  Which way is better: the gradient", "p − y says how much too high each prediction is; a weight's "
            + "gradient is the mean of that times its sign.");
        Tensor z = Logits(x, w, b), errors = z.Sigmoid() - y;
        Block error = page.Put(new("p − y", "", "how much too high")
        {
            Values = Grid.Of(errors),
            Role = Role.Gradient,
            Cells = (i, _) => $"{table.Predictions.InRow(i)}-{table.Truth.InRow(i)}",
            Rows = Labels.Of(Enumerable.Range(1, Count).Select(i => $"{i}")),
        });
        Tensor[] gradient = Autodiff.Gradient(t => Loss(t[0], t[1]), [w, b]);
        Block ofWeights = page.Put(new("∂L/∂w", "1/n · Σᵢ (pᵢ − yᵢ)·xᵢⱼ", "")
        {
            Values = Grid.Column(gradient[0]),
            Role = Role.Gradient,
            Rows = Labels.Of(Names),
            Cells = (j, _) => $"{CellFormulas.Dot(error.All, table.Signs.Column(j))}/ROWS({error.All})",
        });
        Block ofBias = page.Put(new("∂L/∂b", "1/n · Σᵢ (pᵢ − yᵢ)", "")
        {
            Values = Grid.Of(gradient[1]),
            Role = Role.Gradient,
            Cells = (_, _) => $"AVERAGE({error.All})",
        });
        page.Result($"gradient of the weight of {Names[0]}", ofWeights);
        return new(ofWeights, ofBias, gradient);
    }

    private Block PutStep(Page page, Model model, Slopes slopes)
    {
        page.Band("4  One step of training", "Each weight goes a little against its gradient. The sheet 'Training' "
            + "goes on.");
        Block rate = page.Put(new("η", "", "the learning rate")
        {
            Values = Grid.Of(CellValue.AsTyped(LearningRate)),
            Role = Role.Input,
        });
        Block weights = page.Put(new("new w", "w ← w − η·∂L/∂w", "")
        {
            Values = Grid.Column(w - slopes.Values[0] * LearningRate),
            Role = Role.Updated,
            Rows = Labels.Of(Names),
            Cells = (j, _) => $"{model.Weights.InRow(j)}-{rate.Only}*{slopes.OfWeights.InRow(j)}",
        });
        Block newBias = page.Put(new("new b", "b ← b − η·∂L/∂b", "")
        {
            Values = Grid.Of(b - slopes.Values[1] * LearningRate),
            Role = Role.Updated,
            Cells = (_, _) => $"{model.Bias.Only}-{rate.Only}*{slopes.OfBias.Only}",
        });
        page.Result($"new weight of {Names[0]}", weights);
        page.Result("new bias", newBias);
        return rate;
    }

    private void PutTraining(Workbook book, Model model, Table table, Block rate)
    {
        var page = new Page(book, "Training", $"{Steps} steps of training, each row from the one above",
            "How to read this: step 0 has the weights of the first sheet. Each row predicts every day with its "
            + "weights; the row below takes a step of gradient descent from there, with the η of the first sheet.",
            "The last column is the loss: it falls. Set η to 30 on the first sheet and see what happens.");
        page.Band("The table of the first sheet, a column for each day");
        page.Skip(Signs + 1);
        Labels days = Labels.Of(Enumerable.Range(1, Count).Select(i => $"day {i}"));
        Block turned = page.Put(new("Xᵀ and y", "", "the table, turned")
        {
            Values = Grid.Of(Signs + 1, Count, (j, i) => CellValue.AsTyped(j < Signs ? x[i, j] : y[i, 0])),
            Cells = (j, i) => j < Signs ? table.Signs.At(i, j) : table.Truth.At(i, 0),
            Rows = Labels.Of([.. Names, Answer]),
            Columns = days,
            Format = CellStyle.General,
        });
        page.Band("The course of the training", "wⱼ ← wⱼ − η · 1/n · Σᵢ (pᵢ − yᵢ)·xᵢⱼ, then pᵢ = σ(Σⱼ wⱼxᵢⱼ + b) "
            + "for each day, then the mean of the losses.");
        Grid values = Course();
        Block course = page.Put(new("Step by step", "", "the weights, what they predict, and the loss")
        {
            Values = values,
            Rows = Labels.Of(Enumerable.Range(0, Steps + 1).Select(i => $"{i}")),
            Columns = Labels.Of(
                [.. Names, "bias", .. Enumerable.Range(1, Count).Select(i => $"p of day {i}"), "loss L"]),
            OwnCells = (block, step, j) =>
                j <= Signs ? Weight(block, step, j)
                : j <= Signs + Count ? Probability(block, step, j - Signs - 1)
                : $"-({CellFormulas.Dot(turned.FixedRow(Signs), $"LN({Days(block, step)})")}+SUMPRODUCT("
                    + $"1-{turned.FixedRow(Signs)},LN(1-{Days(block, step)})))/{Count}",
        });
        page.Result($"loss after {Steps} steps", course, Steps, values.Columns - 1);

        string Days(Block block, int step) => block.Row(step, Signs + 1, Count);

        string Weight(Block block, int step, int j)
        {
            if (step == 0)
                return j < Signs ? model.Weights.At(j, 0) : model.Bias.Only;
            string errors = $"{Days(block, step - 1)}-{turned.FixedRow(Signs)}";
            string slope = j < Signs ? CellFormulas.Dot(errors, turned.FixedRow(j)) : $"SUMPRODUCT({errors})";
            return $"{block.At(step - 1, j)}-{rate.Only}*{slope}/{Count}";
        }

        string Probability(Block block, int step, int day) => CellFormulas.Sigmoid("(" + string.Join('+',
            Enumerable.Range(0, Signs)
                .Select(j => $"{block.At(step, j, Anchor.Column)}*{turned.At(j, day, Anchor.Row)}")
                .Append(block.At(step, Signs, Anchor.Column))) + ")");
    }

    private Grid Course()
    {
        var rows = new List<float[]>();
        (Tensor w, Tensor b) = (this.w, this.b);
        for (int step = 0; step <= Steps; step++)
        {
            rows.Add([.. w.ToArray(), b.Item(), .. Logits(x, w, b).Sigmoid().ToArray(), Loss(w, b).Item()]);
            Tensor[] gradient = Autodiff.Gradient(t => Loss(t[0], t[1]), [w, b]);
            (w, b) = (w - gradient[0] * LearningRate, b - gradient[1] * LearningRate);
        }
        return Grid.Of(rows.Count, rows[0].Length, (i, j) => CellValue.AsTyped(rows[i][j]));
    }

    private static Tensor Require(Tensor x, Tensor y, Tensor w) =>
        x.Rank == 2 && y.Rank == 1 && w.Rank == 1 && y.Count == x.Shape[0] && w.Count == x.Shape[1]
        && x.Shape[0] is > 0 and <= MostRows && x.Shape[1] is > 0 and <= MostSigns ? x
        : throw new FormulaException(
            $"the table is {x.Shape}, its answers {y.Shape} and the weights {w.Shape}; it takes up to {MostRows} "
            + $"rows of up to {MostSigns} signs, an answer a row and a weight a sign.");

    private sealed record Model(Block Weights, Block Bias);

    private sealed record Table(Block Signs, Block Truth, Block Predictions);

    private sealed record Slopes(Block OfWeights, Block OfBias, Tensor[] Values);
}
