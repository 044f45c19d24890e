using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning.Data.Formats;

/// <summary>Columns of equal length with names: what a CSV file holds.</summary>
/// <example><code>
/// Table table = new([new NumericColumn("x", [1, 2]), new CategoricalColumn("kind", ["b", "a"])]);
/// table.Rows;                        // = 2
/// table.ToTensor().Shape[1];         // = 3
/// table.ToTensor();                  // = [1, 0, 1, 2, 1, 0]
/// </code></example>
public sealed class Table
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>A table of these columns.</summary>
    /// <exception cref="ArgumentException">Two have the same name, or their lengths differ.</exception>
    public Table(IReadOnlyList<Column> columns, string source = "")
    {
        (Columns, Source) = (columns, source);
        foreach ((int i, Column column) in columns.Index())
        {
            if (column.Count != columns[0].Count)
                throw new ArgumentException($"Table: column {Foreign.Quote(column.Name)} has {column.Count} rows and "
                    + $"{Foreign.Quote(columns[0].Name)} {columns[0].Count}; give all columns the same length.");
            if (!places.TryAdd(column.Name, i))
                throw new ArgumentException(
                    $"Table: two columns are called {Foreign.Quote(column.Name)}; rename one of them.");
        }
    }

    /// <summary>The columns in their order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The file that it comes from, for messages; may be empty.</summary>
    public string Source { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Columns.Count == 0 ? 0 : Columns[0].Count;

    /// <summary>The column of this name.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public Column this[string name] => places.TryGetValue(name, out int place)
        ? Columns[place]
        : throw new DataException($"{Named}there is no column {Foreign.Quote(name)}; expected one of "
            + $"{string.Join(", ", Columns.Take(20).Select(column => Foreign.Quote(column.Name)))}"
            + (Columns.Count > 20 ? " …" : "") + ".");

    private string Named => Source.Length == 0 ? "Table: " : $"{Foreign.Quote(Source)}: ";

    /// <summary>Whether there is a column of this name.</summary>
    public bool Contains(string name) => places.ContainsKey(name);

    /// <summary>These columns, in this order.</summary>
    /// <exception cref="DataException">One is not there.</exception>
    public Table Select(params IEnumerable<string> names) => new([.. names.Select(name => this[name])], Source);

    /// <summary>All other columns.</summary>
    /// <exception cref="DataException">One is not there.</exception>
    public Table Without(params IEnumerable<string> names)
    {
        Column[] left = [.. names.Select(name => this[name])];
        return new([.. Columns.Except(left)], Source);
    }

    /// <summary>These rows, in this order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not there.</exception>
    public Table Take(params ReadOnlySpan<int> rows)
    {
        var columns = new Column[Columns.Count];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = Columns[i].Rows(rows);
        return new(columns, Source);
    }

    /// <summary>The rows in which no value is missing.</summary>
    public Table Complete() => Columns.All(column => column.Missing == 0)
        ? this
        : Take([.. Enumerable.Range(0, Rows).Where(row => !Columns.Any(column => column.IsMissing(row)))]);

    /// <summary>The names of the columns of <see cref="ToTensor"/>: <c>age</c>, <c>colour=red</c>, …</summary>
    public IReadOnlyList<string> FeatureNames => [.. Columns.SelectMany(column => column is CategoricalColumn words
        ? words.Categories.Select(word => $"{column.Name}={word}") : [column.Name])];

    /// <summary>
    /// The table as numbers, [N, D]: a number is itself, and a word is one-hot over the column's categories.
    /// </summary>
    /// <exception cref="DataException">A value is missing and none may be, or is no number of a float.</exception>
    public Tensor ToTensor(MissingValues missing = MissingValues.Refuse) => missing == MissingValues.DropRows
        ? Complete().ToTensor()
        : new Tensor(ToFloats(missing, out Shape shape), shape);

    private float[] ToFloats(MissingValues missing, out Shape shape)
    {
        int width = Columns.Sum(column => column is CategoricalColumn words ? words.Categories.Count : 1);
        shape = [Rows, width];
        var values = new float[shape.ElementCount];
        int at = 0;
        foreach (Column column in Rows == 0 ? [] : Columns)
        {
            if (missing == MissingValues.Refuse && column.Missing > 0)
                throw new DataException(
                    $"{Named}column {Foreign.Quote(column.Name)} has {column.Missing:N0} "
                    + $"missing value{(column.Missing == 1 ? "" : "s")}, the first in "
                    + $"row {Enumerable.Range(0, Rows).First(column.IsMissing) + 1}; expected none. Drop such rows "
                    + $"({nameof(MissingValues.DropRows)}) or fill them in ({nameof(MissingValues.Impute)}).");
            at += column is NumericColumn numbers
                ? Fill(numbers, values.AsSpan(at), width)
                : Fill((CategoricalColumn)column, values.AsSpan(at), width);
        }
        return values;
    }

    private int Fill(NumericColumn column, Span<float> values, int width)
    {
        double mean = column.Missing > 0 ? column.Mean : 0;
        for (int row = 0; row < column.Count; row++)
        {
            double value = column.IsMissing(row) ? mean : column.Values[row];
            if (!float.IsFinite((float)value))
                throw new DataException($"{Named}column {Foreign.Quote(column.Name)} has {value} in row {row + 1}; "
                    + "expected a finite number of at most 3.4e38.");
            values[row * width] = (float)value;
        }
        return 1;
    }

    private static int Fill(CategoricalColumn column, Span<float> values, int width)
    {
        int usual = column.MostFrequent;
        for (int row = 0; row < column.Count && column.Categories.Count > 0; row++)
            values[row * width + (column.IsMissing(row) ? usual : column.Codes[row])] = 1;
        return column.Categories.Count;
    }
}
