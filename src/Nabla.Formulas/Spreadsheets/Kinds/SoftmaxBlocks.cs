using Nabla.Formulas.Spreadsheets.Layout;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Spreadsheets.Kinds;

/// <summary>
/// The softmax of each row, step by step: the largest score, what is left of e^x without it, their sum, the shares.
/// </summary>
internal static class SoftmaxBlocks
{
    /// <summary>Puts the four blocks into a band; returns the shares.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="scores">The scores, a row of them for each softmax.</param>
    /// <param name="values">What Nabla has computed for them.</param>
    /// <param name="shares">
    /// The title, the equation and the meaning of the shares; its labels are used for all blocks.
    /// </param>
    public static Block Put(Page page, Block scores, Tensor values, SoftmaxWords shares)
    {
        Tensor largest = values.Max(1, keepDim: true);
        Tensor powers = (values - largest).Exp(), sums = powers.Sum(1, keepDim: true);
        Block max = page.Put(new("largest", "max", "of each row")
        {
            Values = Grid.Of(largest),
            Cells = (i, _) => $"MAX({scores.Row(i)})",
            Rows = shares.Rows,
        });
        Block exponentials = page.Put(new("e^(score − largest)", "eˣ⁻ᵐᵃˣ", "the largest becomes 1; no number overflows")
        {
            Values = Grid.Of(powers),
            Cells = (i, j) => $"EXP({scores.At(i, j)}-{max.InRow(i)})",
            Rows = shares.Rows,
            Columns = shares.Columns,
        });
        Block sum = page.Put(new("sum", "Σ", "of each row")
        {
            Values = Grid.Of(sums),
            Cells = (i, _) => $"SUM({exponentials.Row(i)})",
        });
        return page.Put(new(shares.Title, "eˣ⁻ᵐᵃˣ / Σ", shares.Meaning)
        {
            Values = Grid.Of(values.Softmax(1)),
            Cells = (i, j) => $"{exponentials.At(i, j)}/{sum.InRow(i)}",
            Rows = shares.Rows,
            Columns = shares.Columns,
            Shade = Shade.Share,
        });
    }
}

/// <summary>The words around a softmax.</summary>
/// <param name="Title">What the shares are.</param>
/// <param name="Meaning">What they mean.</param>
/// <param name="Rows">Names of the rows.</param>
/// <param name="Columns">Names of the columns.</param>
internal sealed record SoftmaxWords(string Title, string Meaning, Labels? Rows, Labels? Columns);
