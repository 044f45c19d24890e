using Nabla.Formulas.Spreadsheets.Layout;

namespace Nabla.Formulas.Spreadsheets.Graphs;

/// <summary>Writes sums over cells that stand side by side as sums over ranges.</summary>
internal static class Neighbours
{
    private const int Fewest = 3; // two terms are clearer written out

    /// <summary>SUM, SUMSQ, SUMPRODUCT or MMULT of ranges, or null where the terms are no neighbours.</summary>
    public static string? Total(CellExpression.Plus sum)
    {
        List<(CellExpression Term, bool IsMinus)> terms = sum.Terms();
        if (terms.Count < Fewest || terms.Exists(term => term.IsMinus))
            return null;
        if (terms.TrueForAll(term => term.Term is CellExpression.Reference))
            return RangeOf([.. terms.Select(term => (CellExpression.Reference)term.Term)])?.Written("SUM");
        return terms.TrueForAll(term => term.Term is CellExpression.Times
        {
            Left: CellExpression.Reference, Right: CellExpression.Reference,
        })
            ? OfProducts([.. terms.Select(term => (CellExpression.Times)term.Term)]) : null;
    }

    /// <summary>The range of several cells that stand side by side; null of anything else.</summary>
    public static string? Range(CellExpression[] cells) =>
        cells.Length < Fewest || !Array.TrueForAll(cells, cell => cell is CellExpression.Reference) ? null
            : RangeOf([.. cells.Cast<CellExpression.Reference>()])?.Text;

    private static string? OfProducts(CellExpression.Times[] products)
    {
        if (RangeOf([.. products.Select(product => (CellExpression.Reference)product.Left)]) is not { } left
            || RangeOf([.. products.Select(product => (CellExpression.Reference)product.Right)]) is not { } right)
            return null;
        if (left == right)
            return left.Written("SUMSQ");
        if ((left.Rows, left.Columns) == (right.Rows, right.Columns))
            return CellFormulas.Dot(left.Text, right.Text);
        if (left.Rows == 1 && right.Columns == 1)
            return CellFormulas.RowTimesColumn(left.Text, right.Text);
        return left.Columns == 1 && right.Rows == 1 ? CellFormulas.RowTimesColumn(right.Text, left.Text) : null;
    }

    /// <summary>The rectangle that these cells fill, row by row; null if they fill none.</summary>
    private static Rectangle? RangeOf(CellExpression.Reference[] cells)
    {
        CellExpression.Reference first = cells[0];
        int width = 1;
        while (width < cells.Length && cells[width].Row == first.Row)
            width++;
        if (cells.Length % width != 0)
            return null;
        for (int k = 0; k < cells.Length; k++)
            if (!ReferenceEquals(cells[k].Block, first.Block) || cells[k].Row != first.Row + k / width
                || cells[k].Column != first.Column + k % width)
                return null;
        return new(first.Block, first.Row, first.Column, cells.Length / width, width);
    }

    private sealed record Rectangle(Block Block, int Row, int Column, int Rows, int Columns)
    {
        public string Text => Block.Range(Row, Column, Rows, Columns);

        public string Written(string function) => $"{function}({Text})";
    }
}
