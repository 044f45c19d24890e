using Nabla.Tensors;

namespace Nabla.Formulas.Spreadsheets.Layout;

/// <summary>The values of a block of cells.</summary>
internal sealed class Grid
{
    private readonly CellValue[,] values;

    private Grid(CellValue[,] values) => this.values = values;

    public int Rows => values.GetLength(0);

    public int Columns => values.GetLength(1);

    public CellValue this[int row, int column] => values[row, column];

    /// <summary>One cell.</summary>
    public static Grid Of(CellValue value) => new(new[,] { { value } });

    /// <summary>A matrix as it is, a vector as a row, a number as one cell.</summary>
    public static Grid Of(Tensor tensor)
    {
        if (tensor.Rank > 2)
            throw new ArgumentException($"Grid: a sheet has rows and columns only, and {tensor.Shape} has more.");
        double[] flat = Precise.Values(tensor);
        int columns = tensor.Rank == 0 ? 1 : tensor.Shape[tensor.Rank - 1];
        return Of(tensor.Rank < 2 ? 1 : tensor.Shape[0], columns, (i, j) => flat[i * columns + j]);
    }

    /// <summary>A vector as a column.</summary>
    public static Grid Column(Tensor vector)
    {
        double[] flat = Precise.Values(vector);
        return Of(flat.Length, 1, (i, _) => flat[i]);
    }

    /// <summary>Texts or numbers below one another.</summary>
    public static Grid Column(IReadOnlyList<CellValue> values) => Of(values.Count, 1, (i, _) => values[i]);

    public static Grid Of(int rows, int columns, Func<int, int, CellValue> value)
    {
        var values = new CellValue[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                values[i, j] = value(i, j);
        return new(values);
    }

    /// <summary>Whether four decimals would show zeros where there are none.</summary>
    public bool IsTiny
    {
        get
        {
            double largest = 0;
            foreach (CellValue value in values)
                largest = value.Text is null ? Math.Max(largest, Math.Abs(value.Number)) : largest;
            return largest is > 0 and < 0.001;
        }
    }

    /// <summary>Whether all numbers are short enough to be shown as they are.</summary>
    public bool IsShort
    {
        get
        {
            foreach (CellValue value in values)
                if (value.Text is null && Math.Round(value.Number, 4) != value.Number)
                    return false;
            return true;
        }
    }
}
