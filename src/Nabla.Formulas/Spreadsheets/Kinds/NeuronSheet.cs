using Nabla.Formulas.Spreadsheets.Layout;
using Nabla.Tensors;
using Nabla.Tensors.Calculus;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Spreadsheets.Kinds;

/// <summary>
/// One neuron that computes itself: a = σ(Σ wᵢxᵢ + b), its loss L = ½(a − y)², the chain rule backwards, and a step of
/// gradient descent.
/// </summary>
/// <param name="inputs">x, a vector.</param>
/// <param name="weights">w, a vector of the same length.</param>
/// <param name="bias">b.</param>
public sealed class NeuronSheet(Tensor inputs, Tensor weights, float bias)
{
    private readonly Tensor x = Require(inputs, weights), w = weights, b = bias;

    /// <summary>y, what the output should be.</summary>
    public float Target { get; init; }

    /// <summary>η, how far a step of training goes.</summary>
    public float LearningRate { get; init; } = 1;

    /// <summary>Lays it out.</summary>
    public Workbook Build()
    {
        var book = new Workbook("A neuron that computes itself");
        var page = new Page(book, "Neuron", book.Title,
            "How to read this: every white cell is a formula. Click on one to see which cells it is made of, and "
            + "what for.",
            "Change a blue or a yellow cell, and everything below follows: the output, the loss, the gradients, the "
            + "step.",
            "Read downwards: forward from the inputs to the output, how wrong it is, backward by the chain rule, a "
            + "step.");
        Forward forward = PutForward(page);
        Loss loss = PutLoss(page, forward);
        Gradients gradients = PutBackward(page, forward, loss);
        PutStep(page, forward, loss, gradients);
        return book;
    }

    private Tensor Sum => (x * w).Sum() + b;

    private Tensor Output => Sum.Sigmoid();

    private Tensor LossOf(Tensor output) => (output - Target).Square() * 0.5f;

    private Forward PutForward(Page page)
    {
        page.Band("1  Forward: from the inputs to the output", "Each input is multiplied by its weight; the "
            + "products and the bias are added up; the sum is bent into a number between 0 and 1.");
        Block inputs = page.Put(new("x", "", "the inputs")
        {
            Values = Grid.Column(x),
            Role = Role.Input,
            Rows = Labels.Numbered("x", x.Count),
        });
        Block weights = page.Put(new("w", "", "how much each input counts")
        {
            Values = Grid.Column(w),
            Role = Role.Weight,
            Rows = Labels.Numbered("w", x.Count),
        });
        Block products = page.Put(new("w·x", "wᵢxᵢ", "weight times input")
        {
            Values = Grid.Column(x * w),
            Cells = (i, _) => $"{weights.InRow(i)}*{inputs.InRow(i)}",
            Rows = Labels.Of(Enumerable.Range(1, x.Count).Select(i => $"{i}")),
        });
        Block bias = page.Put(new("b", "", "the bias") { Values = Grid.Of(b), Role = Role.Weight });
        Block sum = page.Put(new("z", "z = Σᵢ wᵢxᵢ + b", "the weighted sum")
        {
            Values = Grid.Of(Sum),
            Cells = (_, _) => $"SUM({products.All})+{bias.Only}",
        });
        Block output = page.Put(new("a", "a = σ(z) = 1/(1 + e⁻ᶻ)", "the output, between 0 and 1")
        {
            Values = Grid.Of(Output),
            Cells = (_, _) => CellFormulas.Sigmoid(sum.Only),
            Role = Role.Result,
        });
        page.Result("weighted sum z", sum);
        page.Result("output a", output);
        return new(inputs, weights, bias, output);
    }

    private Loss PutLoss(Page page, Forward forward)
    {
        page.Band("2  How wrong it is");
        Block target = page.Put(new("y", "", "what it should be")
        {
            Values = Grid.Of(CellValue.AsTyped(Target)),
            Role = Role.Input,
        });
        Block loss = page.Put(new("L", "L = ½(a − y)²", "the loss: 0 where output and target agree")
        {
            Values = Grid.Of(LossOf(Output)),
            Cells = (_, _) => $"({forward.Output.Only}-{target.Only})^2/2",
            Role = Role.Result,
        });
        page.Result("loss L", loss);
        return new(target, loss);
    }

    private Gradients PutBackward(Page page, Forward forward, Loss loss)
    {
        page.Band("3  Backward: the chain rule, from the loss to each weight",
            "How much does L change when a weight does? The answers of the steps in between are multiplied.");
        Block ofOutput = page.Put(new("∂L/∂a", "a − y", "how L changes with a")
        {
            Values = Grid.Of(Autodiff.Gradient(LossOf, Output)),
            Cells = (_, _) => $"{forward.Output.Only}-{loss.Target.Only}",
            Role = Role.Gradient,
        });
        Block slope = page.Put(new("∂a/∂z", "a·(1 − a)", "the slope of σ at z")
        {
            Values = Grid.Of(Autodiff.Gradient(z => z.Sigmoid(), Sum)),
            Cells = (_, _) => $"{forward.Output.Only}*(1-{forward.Output.Only})",
            Role = Role.Gradient,
        });
        Block ofSum = page.Put(new("∂L/∂z", "∂L/∂a · ∂a/∂z", "how L changes with z")
        {
            Values = Grid.Of(Autodiff.Gradient(z => LossOf(z.Sigmoid()), Sum)),
            Cells = (_, _) => $"{ofOutput.Only}*{slope.Only}",
            Role = Role.Gradient,
        });
        Tensor[] gradients = Autodiff.Gradient(
            t => LossOf(((x * t[0]).Sum() + t[1]).Sigmoid()), [w, b]);
        Block ofWeights = page.Put(new("∂L/∂w", "∂L/∂z · xᵢ", "how L changes with each weight")
        {
            Values = Grid.Column(gradients[0]),
            Cells = (i, _) => $"{ofSum.Only}*{forward.Inputs.InRow(i)}",
            Role = Role.Gradient,
            Rows = Labels.Numbered("w", x.Count),
        });
        Block ofBias = page.Put(new("∂L/∂b", "∂L/∂z · 1", "and with the bias")
        {
            Values = Grid.Of(gradients[1]),
            Cells = (_, _) => ofSum.Only,
            Role = Role.Gradient,
        });
        page.Result("gradient of w₁", ofWeights);
        return new(ofWeights, ofBias, gradients);
    }

    private void PutStep(Page page, Forward forward, Loss loss, Gradients gradients)
    {
        page.Band("4  One step of training, and what it changed", "Each weight goes a little against its gradient. "
            + "Copy the new weights over the old ones, as values, to take the next step.");
        Block rate = page.Put(new("η", "", "the learning rate")
        {
            Values = Grid.Of(CellValue.AsTyped(LearningRate)),
            Role = Role.Input,
        });
        Tensor newW = w - gradients.Values[0] * LearningRate, newB = b - gradients.Values[1] * LearningRate;
        Block weights = page.Put(new("new w", "w ← w − η·∂L/∂w", "the weights after the step")
        {
            Values = Grid.Column(newW),
            Cells = (i, _) => $"{forward.Weights.InRow(i)}-{rate.Only}*{gradients.OfWeights.InRow(i)}",
            Role = Role.Updated,
            Rows = Labels.Numbered("w", x.Count),
        });
        Block bias = page.Put(new("new b", "b ← b − η·∂L/∂b", "the bias after the step")
        {
            Values = Grid.Of(newB),
            Cells = (_, _) => $"{forward.Bias.Only}-{rate.Only}*{gradients.OfBias.Only}",
            Role = Role.Updated,
        });
        Tensor newSum = (x * newW).Sum() + newB;
        Block sum = page.Put(new("z afterwards", "Σᵢ wᵢxᵢ + b", "with the new weights")
        {
            Values = Grid.Of(newSum),
            Cells = (_, _) => $"{CellFormulas.Dot(weights.All, forward.Inputs.All)}+{bias.Only}",
        });
        Block output = page.Put(new("a afterwards", "σ(z)", "closer to y")
        {
            Values = Grid.Of(newSum.Sigmoid()),
            Cells = (_, _) => CellFormulas.Sigmoid(sum.Only),
        });
        Block after = page.Put(new("L afterwards", "½(a − y)²", "smaller than before, unless η is too large")
        {
            Values = Grid.Of(LossOf(newSum.Sigmoid())),
            Cells = (_, _) => $"({output.Only}-{loss.Target.Only})^2/2",
            Role = Role.Result,
        });
        page.Result("loss after a step", after);
    }

    private static Tensor Require(Tensor x, Tensor w) => x.Rank == 1 && x.Shape == w.Shape && x.Count > 0 ? x
        : throw new FormulaException(
            $"a neuron has as many weights as inputs, in two lists; x is {x.Shape} and w is {w.Shape}.");

    private sealed record Forward(Block Inputs, Block Weights, Block Bias, Block Output);

    private sealed record Loss(Block Target, Block Value);

    private sealed record Gradients(Block OfWeights, Block OfBias, Tensor[] Values);
}
