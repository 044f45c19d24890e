using Nabla.Formulas.Spreadsheets.Kinds;
using Nabla.Formulas.Spreadsheets.Layout;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Spreadsheets.Gpt;

/// <summary>The layers that a GPT is made of, as cells: each takes cells and gives cells.</summary>
/// <param name="epsilon">ε of the layer norms.</param>
/// <param name="rows">The names of the rows: the characters.</param>
internal sealed class GptLayers(float epsilon, Labels rows)
{
    /// <summary>γ·(x − mean)/√(variance + ε) + β, row by row.</summary>
    public Quantity Norm(Page page, Quantity x, Placed<GptNorm> norm)
    {
        Tensor mean = x.Values.Mean(1, keepDim: true), variance = x.Values.Variance(1, keepDim: true);
        Block means = page.Put(new("mean", "μ", "of each row")
        {
            Values = Grid.Of(mean),
            Cells = (t, _) => $"AVERAGE({x.Cells.Row(t)})",
            Rows = rows,
        });
        Block variances = page.Put(new("variance", "σ²", "of each row")
        {
            Values = Grid.Of(variance),
            Cells = (t, _) => $"VARP({x.Cells.Row(t)})",
        });
        Tensor result = x.Values.LayerNorm(norm.Weights.Scale, norm.Weights.Shift, epsilon);
        string small = CellFormulas.Number(epsilon);
        return new(page.Put(new(
            "normalised", "γ·(x − μ)/√(σ² + ε) + β", "each row with mean 0 and variance 1, scaled and shifted")
        {
            Values = Grid.Of(result),
            Cells = (t, j) => $"({x.Cells.At(t, j)}-{means.InRow(t)})/SQRT({variances.InRow(t)}+{small})"
                + $"*{norm.First.InColumn(j)}+{norm.Second.InColumn(j)}",
            Rows = rows,
            Columns = Labels.Numbered("", result.Shape[1]),
            Shade = Shade.Signed,
        }), result);
    }

    /// <summary>W·x + b, row by row.</summary>
    public Quantity Linear(Page page, BlockWords words, Quantity x, Placed<GptLinear> linear)
    {
        Tensor result = x.Values.Affine(linear.Weights.Weight, linear.Weights.Bias);
        return new(page.Put(new(words.Title, words.Equation, words.Meaning)
        {
            Values = Grid.Of(result),
            Cells = (t, j) =>
                $"{CellFormulas.Dot(x.Cells.Row(t), linear.First.FixedRow(j))}+{linear.Second.At(j, 0, Anchor.Both)}",
            Rows = rows,
            Columns = words.Columns ?? Labels.Numbered("", result.Shape[1]),
            Shade = Shade.Signed,
        }), result);
    }

    /// <summary>a + b, cell by cell.</summary>
    public Quantity Add(Page page, BlockWords words, Quantity a, Quantity b)
    {
        Tensor result = a.Values + b.Values;
        return new(page.Put(new(words.Title, words.Equation, words.Meaning)
        {
            Values = Grid.Of(result),
            Cells = (t, j) => $"{a.Cells.At(t, j)}+{b.Cells.At(t, j)}",
            Rows = rows,
            Columns = Labels.Numbered("", result.Shape[1]),
            Shade = Shade.Signed,
        }), result);
    }

    /// <summary>GELU, cell by cell.</summary>
    public Quantity Gelu(Page page, Quantity x)
    {
        Tensor result = x.Values.GeluTanh();
        return new(page.Put(new(
            "gelu", "½x·(1 + tanh(√(2/π)·(x + 0.044715x³)))", "lets through what is positive, bends the rest to 0")
        {
            Values = Grid.Of(result),
            Cells = (t, j) => CellFormulas.Gelu(x.Cells.At(t, j)),
            Rows = rows,
            Columns = Labels.Numbered("", result.Shape[1]),
            Shade = Shade.Signed,
        }), result);
    }

    /// <summary>What one head finds: softmax(q·kᵀ/√d)·v, of what came before each row.</summary>
    public Quantity Head(Page page, Quantity all, int head, int width)
    {
        int dim = all.Values.Shape[1] / 3, from = head * width, length = all.Values.Shape[0];
        Tensor Part(int part) => all.Values.Slice(1, part * dim + from, width);
        Tensor scores = (Part(0).MatMul(Part(1).Transpose(0, 1)) / MathF.Sqrt(width)).MaskedFill(
            [.. Enumerable.Range(0, length * length).Select(i => i % length > i / length)],
                CellFormulas.MinusInfinityValue);
        Block cells = page.Put(new("scores", "q·kᵀ/√d", "−∞: no character sees those after it")
        {
            Values = Grid.Of(scores),
            Cells = (t, s) => s > t ? CellFormulas.MinusInfinity
                : CellFormulas.Dot(all.Cells.Row(t, from, width), all.Cells.Row(s, dim + from, width))
                    + $"/SQRT({width})",
            Rows = rows,
            Columns = rows,
            Shade = Shade.Masked,
        });
        Block shares = SoftmaxBlocks.Put(
            page, cells, scores, new("attention", "where each character looks", rows, rows));
        Tensor result = scores.Softmax(1).MatMul(Part(2));
        return new(page.Put(new("what it finds", "attention · v", "the values, mixed by their shares")
        {
            Values = Grid.Of(result),
            Cells = (t, j) => CellFormulas.RowTimesColumn(shares.Row(t), all.Cells.Column(2 * dim + from + j)),
            Rows = rows,
            Columns = Labels.Numbered("", width),
            Shade = Shade.Signed,
        }), result);
    }

    /// <summary>What all heads found, side by side.</summary>
    public Quantity Join(Page page, IReadOnlyList<Quantity> heads)
    {
        int width = heads[0].Values.Shape[1];
        Tensor result = Tensor.Concat(1, [.. heads.Select(head => head.Values)]);
        return new(page.Put(new("heads", "[head₁, head₂, …]", "what all heads found, side by side")
        {
            Values = Grid.Of(result),
            Cells = (t, j) => heads[j / width].Cells.At(t, j % width),
            Rows = rows,
            Columns = Labels.Numbered("", result.Shape[1]),
            Shade = Shade.Signed,
        }), result);
    }
}

/// <summary>The words over a block.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Equation">Its formula.</param>
/// <param name="Meaning">What it is for.</param>
/// <param name="Columns">The names of the columns; null numbers them.</param>
internal sealed record BlockWords(string Title, string Equation, string Meaning, Labels? Columns = null);

/// <summary>Two weights of a layer that have their places.</summary>
/// <param name="Weights">The weights.</param>
/// <param name="First">γ, or W.</param>
/// <param name="Second">β, or b.</param>
internal sealed record Placed<T>(T Weights, Block First, Block Second);
