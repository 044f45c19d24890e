using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Spreadsheets.Kinds;
using Nabla.Formulas.Spreadsheets.Layout;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Formulas.Spreadsheets.Graphs;

/// <summary>
/// Lays out what the engine has computed: a tensor that has its block is referred to by its cells, all others are
/// written out inside the formulas of those that need them, unless that would be long.
/// </summary>
/// <param name="page">Where blocks go.</param>
/// <param name="budget">What it may take.</param>
internal sealed class GraphCells(Page page, Budget budget)
{
    private const int LongestFormula = 160, MostCells = 17_000, WidestBand = 14;

    // What it takes to multiply two cells and add the product, and to write so many characters, in kept numbers.
    private const int NumbersOfTerm = 6, CharactersOfNumber = 4;
    private const string Work = "laying out a sheet";

    private readonly Dictionary<Tensor, NdArray<CellNumber>> known = new(ReferenceEqualityComparer.Instance);
    private int cells;

    /// <summary>The cells of a tensor, as far as they are laid out; its formulas otherwise.</summary>
    public NdArray<CellNumber> this[Tensor tensor]
    {
        get
        {
            if (known.TryGetValue(tensor, out NdArray<CellNumber>? numbers))
                return numbers;
            RequireFew(tensor.Count);
            numbers = tensor.Creator switch
            {
                null => NdArray<CellNumber>.From(tensor),
                SoftmaxOp op => Softmax(op),
                DecisionOp { Decision: ExtremePlace place } op when place.Dim == op.Inputs[0].Rank - 1 =>
                    Place(op.Inputs[0], place, tensor.Shape),
                { } op => Isolated(tensor, op, Computed(tensor, op)),
            };
            known[tensor] = numbers;
            return numbers;
        }
    }

    /// <summary>Whether a tensor's numbers are cells of other blocks, rearranged, or constants.</summary>
    public bool IsPlain(Tensor tensor) => Array.TrueForAll(this[tensor].Values, number =>
        number.Expression is CellExpression.Reference or CellExpression.Constant);

    /// <summary>Gives a tensor its block.</summary>
    public Block Put(Tensor tensor, BlockSpec spec)
    {
        bool isGiven = tensor.Creator is null && !known.ContainsKey(tensor);
        NdArray<CellNumber>? numbers = isGiven ? null : this[tensor];
        int columns = spec.Values.Columns;
        Count(spec.Values.Rows * columns);
        if (page.Taken + columns > WidestBand && page.Taken > 0)
            page.Below();
        Block block = page.Put(spec with
        {
            Cells = numbers is null ? null : (i, j) => Written(numbers.Values[i * columns + j]),
        });
        known[tensor] = Cells(block, tensor.Shape);
        return block;
    }

    private static NdArray<CellNumber> Cells(Block block, Shape shape)
    {
        var numbers = new NdArray<CellNumber>(shape);
        for (int i = 0; i < numbers.Values.Length; i++)
            numbers.Values[i] = new(new CellExpression.Reference(block, i / block.Columns, i % block.Columns));
        return numbers;
    }

    private NdArray<CellNumber> Computed(Tensor tensor, Op op)
    {
        NdArray<CellNumber>[] inputs = [.. op.Inputs.Select(input => this[input])];
        // m·n numbers of m·k and k·n others have m·k·n terms; of most operations there are as many as numbers.
        double product = inputs.Aggregate(
            (double)tensor.Count, (size, input) => size * Math.Max(1, input.Values.Length));
        double terms = Math.Max(tensor.Count, Math.Pow(product, 1.0 / Math.Max(2, inputs.Length)));
        budget.Charge(Work, 0, NumbersOfTerm * (long)Math.Min(terms, int.MaxValue));
        return op.Reference(inputs);
    }

    private string Written(CellNumber number)
    {
        string text = number.Expression.Text();
        budget.Charge(Work, 0, text.Length / CharactersOfNumber);
        return text;
    }

    // A formula that is long is no help: what is in it gets cells of its own.
    private NdArray<CellNumber> Isolated(Tensor tensor, Op op, NdArray<CellNumber> numbers)
    {
        if (Array.TrueForAll(numbers.Values, number => Written(number).Length <= LongestFormula))
            return numbers;
        Grid values = GridOf(tensor.Shape, Precise.Values(tensor));
        Count(numbers.Values.Length);
        if (page.Taken + values.Columns > WidestBand)
            page.Below();
        Block block = page.Put(new(op.Name, op.Formula, "")
        {
            Values = values,
            Cells = (i, j) => Written(numbers.Values[i * values.Columns + j]),
        });
        return Cells(block, numbers.Shape);
    }

    /// <summary>Along the last dimension, with the largest taken away first.</summary>
    private NdArray<CellNumber> Softmax(SoftmaxOp op)
    {
        Tensor x = op.Inputs[0];
        int width = x.Shape[-1];
        if (width == 0)
            throw new FormulaException("the softmax of an empty list has no cells.");
        Tensor rows = x.Reshape(x.Count / width, width);
        Block scores = AsBlock(x, rows);
        Count(4 * x.Count);
        page.Below();
        Block shares = SoftmaxBlocks.Put(page, scores, rows, new("softmax", "the shares of each row", null, null));
        page.Below();
        return Cells(shares, x.Shape);
    }

    /// <summary>Along the last dimension, where the largest number is.</summary>
    private NdArray<CellNumber> Place(Tensor x, ExtremePlace place, Shape shape)
    {
        Tensor lines = x.Reshape(x.Count / x.Shape[-1], x.Shape[-1]);
        Block numbers = AsBlock(x, lines);
        var places = new NdArray<CellNumber>(shape);
        for (int i = 0; i < places.Values.Length; i++)
        {
            var line = new CellExpression.Area(numbers.Row(i));
            var found = new CellNumber(new CellExpression.Call("MATCH",
                new CellExpression.Call(place.IsLargest ? "MAX" : "MIN", line), line, new CellExpression.Constant(0)));
            double first = place.Indices[0];
            bool isRun = place.Indices.Index().All(index => index.Item == first + index.Index);
            places.Values[i] = isRun ? found + (first - 1) : new(new CellExpression.Call("CHOOSE",
                [found.Expression, .. place.Indices.Select(index => new CellExpression.Constant(index))]));
        }
        return places;
    }

    // The cells of a tensor, if they are one block already; else a new one.
    private Block AsBlock(Tensor x, Tensor rows)
    {
        CellNumber[] numbers = this[x].Values;
        if (numbers[0].Expression is CellExpression.Reference { Row: 0, Column: 0, Block: var block }
            && (block.Rows, block.Columns) == (rows.Shape[0], rows.Shape[1])
            && numbers.Index().All(at => at.Item.Expression is CellExpression.Reference cell && cell.Block == block
                && (cell.Row, cell.Column) == (at.Index / block.Columns, at.Index % block.Columns)))
            return block;
        Count(x.Count);
        return page.Put(new("scores")
        {
            Values = Grid.Of(rows),
            Cells = (i, j) => Written(numbers[i * rows.Shape[1] + j]),
        });
    }

    /// <summary>Rows and columns of any shape: the last dimension runs along the row.</summary>
    public static Grid GridOf(Shape shape, IReadOnlyList<double> values)
    {
        int columns = shape.Rank == 0 ? 1 : shape[-1];
        return Grid.Of(columns == 0 ? 0 : values.Count / columns, columns, (i, j) => values[i * columns + j]);
    }

    private void Count(int more)
    {
        cells += more;
        RequireFew(cells);
    }

    private static void RequireFew(int count)
    {
        if (count > MostCells)
            throw new FormulaException(
                $"a sheet of more than {MostCells} cells cannot be followed; give smaller lists or matrices.");
    }
}
